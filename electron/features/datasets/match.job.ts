import type { TextPattern } from '../../../shared/features/datasets/text-pattern.ts';
import { messagesOf, namesIn, roleBits, textsOf } from '../../../shared/features/datasets/text-changes.ts';
import type { NameFacets } from '../../../shared/features/datasets/review.rules.ts';
import { filterRoles } from '../../../shared/features/datasets/text-changes.ts';
import type { Db, DbAddress, WorkerContext } from '../../core/ports.ts';
import { cancelled, type DatasetWorkerParts } from './import.job.ts';
import { linesOf } from './lines-of.ts';
import { objectOf } from './previews.ts';
import { requireDataset } from './reader.ts';
import { createRowWriter } from './row-writer.ts';
import { createSafePattern } from './safe-pattern.ts';

type Parts = Pick<DatasetWorkerParts, 'openStore'>;

export type MatchInput = {
  readonly store: DbAddress;
  readonly datasetId: string;
  readonly ids: Uint32Array | 'all';
  /** Any of these must be found (when there are some), and none of those. */
  readonly any: readonly TextPattern[];
  readonly none: readonly TextPattern[];
};

/** The examples whose texts hold the patterns, in the order given. Job `datasets.match`. */
export function createMatchJob(parts: Parts) {
  return async (input: MatchInput, context: WorkerContext): Promise<Uint32Array> => {
    const any = input.any.map(createSafePattern);
    const none = input.none.map(createSafePattern);
    const db = parts.openStore(input.store);
    const kept: number[] = [];
    try {
      for (const page of linesOf(db, input)) {
        if (context.isCancelled()) throw cancelled();
        const texts: string[] = [];
        const owners: number[] = [];
        for (const [index, { bytes }] of page.entries()) {
          for (const text of messagesOf(objectOf(bytes)).flatMap(textsOf)) {
            texts.push(text);
            owners.push(index);
          }
        }
        const holding = (patterns: typeof any): Set<number | undefined> =>
          new Set(
            patterns.flatMap((pattern) =>
              pattern.test(texts).flatMap((isFound, place) => (isFound ? [owners[place]] : [])),
            ),
          );
        const wanted = holding(any);
        const unwanted = holding(none);
        for (const [index, { exampleId }] of page.entries()) {
          const isIn = any.length === 0 || wanted.has(index);
          if (isIn && !unwanted.has(index)) kept.push(exampleId);
        }
      }
      return Uint32Array.from(kept);
    } finally {
      db.close();
    }
  };
}

export type NamesInput = { readonly store: DbAddress; readonly datasetId: string };

/** Works out which roles and tools the contents of a data set name, where that is not known yet, and counts them. Job `datasets.names`. */
export function createNamesJob(parts: Parts) {
  return async (
    { store, datasetId }: NamesInput,
    context: WorkerContext,
  ): Promise<Pick<NameFacets, 'roles' | 'tools'>> => {
    const db = parts.openStore(store);
    try {
      await fillNames(db, datasetId, context);
      return countNames(db, requireDataset(db, datasetId).key);
    } finally {
      db.close();
    }
  };
}

const idsAtOnce = 20_000;

async function fillNames(db: Db, datasetId: string, context: WorkerContext): Promise<void> {
  const { key } = requireDataset(db, datasetId);
  const missing = db
    .prepare<{ id: number }>(
      `SELECT e.id FROM examples e LEFT JOIN content_names n ON n.content_id = e.content_id
       WHERE e.dataset = ? AND e.deleted_at IS NULL AND n.content_id IS NULL`,
    )
    .all(key)
    .map(({ id }) => id);
  const names = createRowWriter(
    db,
    'INSERT OR REPLACE INTO content_names (content_id, roles, tools)',
    '(?, CAST(? AS INTEGER), ?)',
  );
  for (let from = 0; from < missing.length; from += idsAtOnce) {
    if (context.isCancelled()) throw cancelled();
    const ids = Uint32Array.from(missing.slice(from, from + idsAtOnce));
    const found: [number, number, string | null][] = [];
    for (const page of linesOf(db, { datasetId, ids })) {
      for (const { contentId, bytes } of page) {
        const { roles, tools } = namesIn(objectOf(bytes));
        found.push([contentId, roleBits(roles), tools.length > 0 ? JSON.stringify(tools) : null]);
      }
    }
    const unlock = await context.lockWriter();
    try {
      db.transaction(() => {
        for (const one of found) names.put(...one);
        names.flush();
      });
    } finally {
      unlock();
    }
  }
}

function countNames(db: Db, key: number): Pick<NameFacets, 'roles' | 'tools'> {
  const sets = db
    .prepare<{ roles: number; tools: string | null; count: number }>(
      `SELECT n.roles, n.tools, COUNT(*) AS count FROM examples e JOIN content_names n ON n.content_id = e.content_id
       WHERE e.dataset = ? AND e.deleted_at IS NULL GROUP BY n.roles, n.tools`,
    )
    .all(key);
  const tools = new Map<string, number>();
  for (const set of sets) {
    for (const tool of JSON.parse(set.tools ?? '[]') as string[]) {
      tools.set(tool, (tools.get(tool) ?? 0) + set.count);
    }
  }
  const roles = filterRoles.map((name, bit) => ({
    name,
    count: sets.reduce((sum, set) => sum + ((set.roles >> bit) & 1) * set.count, 0),
  }));
  return {
    roles: roles.filter(({ count }) => count > 0),
    tools: [...tools].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count),
  };
}
