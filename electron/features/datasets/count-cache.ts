import type { Db } from '../../core/ports.ts';
import { countExamples, type DatasetCounts, type DatasetRow } from './datasets.sql.ts';

/** Counts that hold for one state of a data set. */
export type RevisionCounts = { readonly revision: number; readonly counts: DatasetCounts };

/** Data sets of more lines than this are counted in a thread when there is time to wait for it. */
const manyLines = 20_000;

/** Counts of data sets, worked out once per change of one. */
export type CountCache = {
  /** The counts now; of a large data set that changed this blocks, unless they were counted ahead. */
  of(db: Db, row: DatasetRow): DatasetCounts;
  /** Counts a large data set in the thread behind `count`, so that `of` does not block. */
  countAhead(db: Db, row: DatasetRow): Promise<void>;
};

/** Creates the cache; it forgets a store's counts together with the store. */
export function createCountCache(count: (row: DatasetRow) => Promise<RevisionCounts>): CountCache {
  const known = new WeakMap<Db, Map<number, RevisionCounts>>();
  const inStore = (db: Db): Map<number, RevisionCounts> => {
    const found = known.get(db) ?? new Map<number, RevisionCounts>();
    known.set(db, found);
    return found;
  };
  return {
    of(db, row) {
      const cached = inStore(db).get(row.key);
      if (cached?.revision === row.revision) return cached.counts;
      const counts = countExamples(db, row);
      inStore(db).set(row.key, { revision: row.revision, counts });
      return counts;
    },
    async countAhead(db, row) {
      if (row.line_count <= manyLines || inStore(db).get(row.key)?.revision === row.revision) return;
      inStore(db).set(row.key, await count(row));
    },
  };
}
