import { splitsByCode } from '../../../shared/features/datasets/split.rules.ts';
import { randomUUID } from 'node:crypto';
import { diffConversations } from '../../../shared/features/versions/conversation-diff.rules.ts';
import type { versionsContract } from '../../../shared/features/versions/versions.contract.ts';
import type {
  ChangeKind,
  DiffRow,
  DiffSide,
  StateRef,
} from '../../../shared/features/versions/versions.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { DatasetStates } from '../../core/dataset-ports.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import type { Db } from '../../core/ports.ts';
import { changeKinds, type DiffInput, type Differences } from './diff.job.ts';
import { requireVersion } from './version-lookup.ts';

type DiffHandlers = Pick<Handlers<typeof versionsContract>, 'openDiff' | 'diffPage' | 'diffExample'>;

const keptDiffs = 8;

/** Comparing two states; the newest comparisons are kept for paging until the workspace closes. */
export function createDiffHandlers(kit: Kit, states: DatasetStates): DiffHandlers {
  const diffs = new Map<string, Differences>();
  kit.workspace.onOpen(() => diffs.clear());
  const require = (diffId: string): Differences => {
    const found = diffs.get(diffId);
    if (found) return found;
    throw new AppFailure('VIEW_EXPIRED', {
      what: 'This comparison is no longer kept.',
      todo: 'Compare the two again.',
      retry: 'now',
    });
  };
  return {
    async openDiff({ before, after }, { signal }) {
      const session = kit.workspace.require();
      for (const ref of [before, after]) requireState(session.db, states, ref);
      const input: DiffInput = { store: session.address, before, after };
      const found = await kit.workers.run<Differences>('versions.diff', input, { signal });
      const diffId = randomUUID();
      diffs.set(diffId, found);
      for (const oldest of diffs.keys()) {
        if (diffs.size <= keptDiffs) break;
        diffs.delete(oldest);
      }
      return { diffId, summary: found.summary };
    },
    diffPage({ diffId, kind, start, limit }) {
      const found = require(diffId);
      const indices = indicesOf(found, kind, { start, limit });
      const total = kind === null ? found.kinds.length : found.summary[kind];
      return { rows: rowsOf(kit.workspace.require().db, states, { found, indices }), total };
    },
    diffExample({ diffId, index }) {
      const found = require(diffId);
      const { db } = kit.workspace.require();
      const [row] = rowsOf(db, states, { found, indices: [index] });
      if (!row) throw new AppFailure('VIEW_EXPIRED', expired);
      const value = (contentId: number): unknown => {
        if (contentId === 0) return null;
        const [bytes] = states.bytesOf(db, Uint32Array.of(contentId));
        return bytes ? JSON.parse(Buffer.from(bytes).toString('utf8')) : null;
      };
      const diff = diffConversations(value(found.before[index] ?? 0), value(found.after[index] ?? 0));
      return { kind: row.kind, before: row.before, after: row.after, diff };
    },
  };
}

const expired = {
  what: 'This place is not in the comparison.',
  todo: 'Compare the two again.',
  retry: 'now' as const,
};

function requireState(db: Db, states: DatasetStates, ref: StateRef): void {
  if ('versionId' in ref) requireVersion(db, ref.versionId);
  else if (states.revisionOf(db, ref.datasetId) === null) {
    throw new AppFailure('DATASET_NOT_FOUND', {
      what: 'This data set is not in the workspace.',
      todo: 'Choose another.',
      retry: 'never',
    });
  }
}

function indicesOf(
  { kinds }: Differences,
  kind: ChangeKind | null,
  { start, limit }: { start: number; limit: number },
): number[] {
  if (kind === null) {
    const end = Math.min(kinds.length, start + limit);
    return Array.from({ length: Math.max(0, end - start) }, (_, at) => start + at);
  }
  const wanted = changeKinds.indexOf(kind);
  const indices: number[] = [];
  let seen = 0;
  for (const [index, one] of kinds.entries()) {
    if (one !== wanted) continue;
    if (seen >= start) indices.push(index);
    seen += 1;
    if (indices.length === limit) break;
  }
  return indices;
}

function rowsOf(
  db: Db,
  states: DatasetStates,
  { found, indices }: { found: Differences; indices: readonly number[] },
): DiffRow[] {
  const contents = indices.flatMap((index) => [found.before[index] ?? 0, found.after[index] ?? 0]);
  const previews = states.previewsOf(
    db,
    contents.filter((id) => id > 0),
  );
  const side = (contentId: number, split: number): DiffSide | null => {
    const preview = previews.get(contentId);
    if (!preview) return null;
    const { exampleId, position, tokens, prompt, answer, label } = preview;
    return { exampleId, position, split: splitsByCode[split] ?? null, tokens, prompt, answer, label };
  };
  return indices.flatMap((index) => {
    const kind = changeKinds[found.kinds[index] ?? -1];
    if (!kind) return [];
    const before = side(found.before[index] ?? 0, found.splitsBefore[index] ?? 0);
    const after = side(found.after[index] ?? 0, found.splitsAfter[index] ?? 0);
    return [{ index, kind, before, after }];
  });
}
