import type { Method, SplitCounts } from '../../../shared/features/datasets/datasets.model.ts';
import type { BranchOrigin, Version } from '../../../shared/features/versions/versions.model.ts';
import type { DatasetState } from '../../core/dataset-ports.ts';
import type { Db } from '../../core/ports.ts';

/** A version as it is stored; `number` is null for what a restore keeps to be undone. */
export type VersionRow = {
  key: number;
  id: string;
  dataset_id: string;
  number: number | null;
  message: string;
  origin: Version['origin'] | 'restore';
  root: Uint8Array;
  splits_sha256: Uint8Array;
  example_count: number;
  token_total: number;
  split_counts: string;
  revision: number;
  created_at: number;
  /** Null in versions from before methods were noted. */
  method: Method | null;
};

const membersAtOnce = 32_768;

/** Writes a version down with its members; answers its number. */
export function insertVersion(
  db: Db,
  one: Omit<VersionRow, 'key' | 'number' | 'split_counts'> & { splitCounts: SplitCounts },
  state: DatasetState,
): number | null {
  const number = one.origin === 'restore' ? null : lastNumber(db, one.dataset_id) + 1;
  const { lastInsertRowid } = db
    .prepare(
      `INSERT INTO versions (id, dataset_id, number, message, origin, root, splits_sha256, example_count, token_total,
                             split_counts, revision, created_at, method)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      one.id,
      one.dataset_id,
      number,
      one.message,
      one.origin,
      one.root,
      one.splits_sha256,
      one.example_count,
      one.token_total,
      JSON.stringify(one.splitCounts),
      one.revision,
      one.created_at,
      one.method,
    );
  const insert = db.prepare(
    'INSERT INTO version_members (version, chunk, example_ids, content_ids, splits) VALUES (?, ?, ?, ?, ?)',
  );
  for (let chunk = 0; chunk * membersAtOnce < state.exampleIds.length; chunk += 1) {
    const [from, to] = [chunk * membersAtOnce, (chunk + 1) * membersAtOnce];
    const bytes = (ids: Uint32Array): Uint8Array => {
      const part = ids.subarray(from, to);
      return new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
    };
    insert.run(
      lastInsertRowid,
      chunk,
      bytes(state.exampleIds),
      bytes(state.contentIds),
      state.splits.subarray(from, to),
    );
  }
  return number;
}

function lastNumber(db: Db, datasetId: string): number {
  const row = db
    .prepare<{ number: number | null }>(
      'SELECT MAX(number) AS number FROM versions WHERE dataset_id = ? AND number IS NOT NULL',
    )
    .get(datasetId);
  return row?.number ?? 0;
}

/** A version by its id, also one that only a restore keeps. */
export function findVersion(db: Db, versionId: string): VersionRow | undefined {
  return db.prepare<VersionRow>('SELECT * FROM versions WHERE id = ?').get(versionId);
}

/** The numbered versions of a data set, newest first. */
export function listVersions(db: Db, datasetId: string): VersionRow[] {
  return db
    .prepare<VersionRow>(
      'SELECT * FROM versions WHERE dataset_id = ? AND number IS NOT NULL ORDER BY number DESC',
    )
    .all(datasetId);
}

/** The newest numbered version of a data set. */
export function newestVersion(db: Db, datasetId: string): VersionRow | undefined {
  return db
    .prepare<VersionRow>(
      'SELECT * FROM versions WHERE dataset_id = ? AND number IS NOT NULL ORDER BY number DESC LIMIT 1',
    )
    .get(datasetId);
}

/** Remembers that the newest version also holds what the data set is at a later revision. */
export function setRevision(db: Db, key: number, revision: number): void {
  db.prepare('UPDATE versions SET revision = ? WHERE key = ?').run(revision, key);
}

type Members = { example_ids: Uint8Array; content_ids: Uint8Array; splits: Uint8Array };

/** The members of a version. */
export function stateOfVersion(db: Db, version: VersionRow): DatasetState {
  const size = version.example_count;
  const state = {
    exampleIds: new Uint32Array(size),
    contentIds: new Uint32Array(size),
    splits: new Uint8Array(size),
  };
  const chunks = db
    .prepare<Members>(
      'SELECT example_ids, content_ids, splits FROM version_members WHERE version = ? ORDER BY chunk',
    )
    .iterate(version.key);
  let at = 0;
  for (const chunk of chunks) {
    // A blob may begin at any byte; a copy of its own is aligned for 32-bit numbers.
    state.exampleIds.set(new Uint32Array(chunk.example_ids.slice().buffer), at);
    state.contentIds.set(new Uint32Array(chunk.content_ids.slice().buffer), at);
    state.splits.set(chunk.splits, at);
    at += chunk.splits.length;
  }
  return state;
}

/** Remembers that a data set was branched from a version. */
export function insertBranch(db: Db, datasetId: string, versionId: string): void {
  db.prepare('INSERT INTO dataset_branches (dataset_id, version_id) VALUES (?, ?)').run(datasetId, versionId);
}

/** The version a data set was branched from, without the name of its data set. */
export function branchOf(
  db: Db,
  datasetId: string,
): (Omit<BranchOrigin, 'datasetName'> & { datasetId: string }) | null {
  const row = db
    .prepare<{ versionId: string; number: number; datasetId: string }>(
      `SELECT v.id AS versionId, v.number, v.dataset_id AS datasetId
       FROM dataset_branches b JOIN versions v ON v.id = b.version_id WHERE b.dataset_id = ?`,
    )
    .get(datasetId);
  return row ?? null;
}

/** A version as the contract shows it. */
export function toVersion(row: VersionRow): Version {
  return {
    versionId: row.id,
    datasetId: row.dataset_id,
    number: row.number ?? 1,
    message: row.message,
    origin: row.origin === 'restore' ? 'person' : row.origin,
    root: Buffer.from(row.root).toString('hex'),
    splitsSha256: Buffer.from(row.splits_sha256).toString('hex'),
    exampleCount: row.example_count,
    tokenTotal: row.token_total,
    splitCounts: JSON.parse(row.split_counts) as SplitCounts,
    createdAt: row.created_at,
  };
}
