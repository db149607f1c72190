import { createHash, hash } from 'node:crypto';
import { createMerkleRoot } from '../../../shared/proofs/merkle-root.ts';
import type { Method, SplitCounts } from '../../../shared/features/datasets/datasets.model.ts';
import { EventLog } from '../../core/event-log.ts';
import type { DatasetState, DatasetStates } from '../../core/dataset-ports.ts';
import type { Db, DbAddress, WorkerContext } from '../../core/ports.ts';
import { insertVersion, newestVersion, setRevision, type VersionRow } from './versions.sql.ts';

/** What the worker jobs of this feature need from outside; wired in create-worker.ts. */
export type VersionWorkerParts = { openStore(address: DbAddress): Db; states: DatasetStates };

export type FreezeInput = {
  readonly store: DbAddress;
  readonly datasetId: string;
  readonly versionId: string;
  readonly origin: VersionRow['origin'];
  readonly message: string;
  readonly at: number;
};
/** `isNew` is false when the newest version holds exactly this already. */
export type FreezeResult = { versionId: string; isNew: boolean };

const mostReadings = 3;

/** SHA-256 as this feature hashes: nodes of a tree and leaves. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return hash('sha256', bytes, 'buffer');
}

/** A data set's state with what identifies it. */
export type Snapshot = {
  state: DatasetState;
  root: Uint8Array;
  splitsSha256: Uint8Array;
  tokenTotal: number;
  revision: number;
  method: Method;
};

/** Reads a data set and works out its root; about 3 s for a million examples. */
export function takeSnapshot(db: Db, states: DatasetStates, datasetId: string): Snapshot {
  const revision = states.revisionOf(db, datasetId);
  if (revision === null) throw new Error(`no data set ${datasetId}`);
  const tree = createMerkleRoot(sha256);
  let tokenTotal = 0;
  const state = states.read(db, datasetId, (identity, tokens) => {
    tree.add(identity);
    tokenTotal += tokens;
  });
  const splitsSha256 = createHash('sha256').update(state.splits).digest();
  const method = states.methodOf(db, datasetId);
  return { state, root: tree.root(), splitsSha256, tokenTotal, revision, method };
}

/** Freezes a data set as it is. Job `versions.freeze`. */
export function createFreezeJob(parts: VersionWorkerParts) {
  const { states } = parts;
  return async (input: FreezeInput, context: WorkerContext): Promise<FreezeResult> => {
    const db = parts.openStore(input.store);
    try {
      for (let reading = 1; ; reading += 1) {
        // The last reading holds the lock, so that somebody who edits all the time cannot keep a version from being made.
        const isLocked = reading === mostReadings;
        const early = isLocked ? null : takeSnapshot(db, states, input.datasetId);
        const unlock = await context.lockWriter();
        try {
          const snapshot = early ?? takeSnapshot(db, states, input.datasetId);
          if (states.revisionOf(db, input.datasetId) !== snapshot.revision) continue;
          return db.transaction(() => keep(db, input, snapshot));
        } finally {
          unlock();
        }
      }
    } finally {
      db.close();
    }
  };
}

function isSame(row: VersionRow, snapshot: Snapshot): boolean {
  return (
    Buffer.compare(row.root, snapshot.root) === 0 &&
    Buffer.compare(row.splits_sha256, snapshot.splitsSha256) === 0 &&
    (row.method === null || row.method === snapshot.method)
  );
}

function keep(db: Db, input: FreezeInput, snapshot: Snapshot): FreezeResult {
  const newest = newestVersion(db, input.datasetId);
  if (newest && isSame(newest, snapshot)) {
    setRevision(db, newest.key, snapshot.revision);
    return { versionId: newest.id, isNew: false };
  }
  const number = insertVersion(db, rowOf(input, snapshot), snapshot.state);
  new EventLog({ now: () => input.at }).append(db, {
    feature: 'versions',
    kind: 'versions.frozen',
    label: `freeze version ${number ?? 0}`,
    forward: {
      kind: 'versions.freeze',
      args: { versionId: input.versionId, root: Buffer.from(snapshot.root).toString('hex') },
    },
    inverse: null,
  });
  return { versionId: input.versionId, isNew: true };
}

/** The row of a version that holds a snapshot. */
export function rowOf(
  input: Omit<FreezeInput, 'store'>,
  snapshot: Snapshot,
): Parameters<typeof insertVersion>[1] {
  return {
    id: input.versionId,
    dataset_id: input.datasetId,
    message: input.message,
    origin: input.origin,
    root: snapshot.root,
    splits_sha256: snapshot.splitsSha256,
    example_count: snapshot.state.exampleIds.length,
    token_total: snapshot.tokenTotal,
    splitCounts: countSplits(snapshot.state),
    revision: snapshot.revision,
    created_at: input.at,
    method: snapshot.method,
  };
}

function countSplits({ splits }: DatasetState): SplitCounts {
  const counts = [0, 0, 0, 0];
  for (const split of splits) counts[split] = (counts[split] ?? 0) + 1;
  const [unassigned = 0, train = 0, validation = 0, test = 0] = counts;
  return { train, validation, test, unassigned };
}
