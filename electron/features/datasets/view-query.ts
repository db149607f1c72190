import type { ExampleFilter, ExampleOrder } from '../../../shared/features/datasets/filter.model.ts';
import { toFtsQuery } from '../../../shared/features/datasets/search-text.ts';
import type { Db } from '../../core/ports.ts';
import { extentOf, firstMatching, idsMatching, idsShowing } from './examples.sql.ts';
import { type Condition, conditionsOf, requiredApprovals } from './filter.sql.ts';
import { matchingContents } from './search-shards.sql.ts';
import type { SortColumns } from './sort-columns.ts';
import { sortByKey } from './sort-ids.ts';
import { firstIds } from './view-requests.ts';

/** A data set's filter and order, to be answered from the store and the search index. */
export type ViewQuery = {
  readonly key: number;
  readonly firstContentId: number;
  readonly revision: number;
  readonly filter: ExampleFilter;
  readonly order: ExampleOrder;
};

type Sources = { readonly db: Db; readonly shards: readonly Db[]; readonly columns: SortColumns };
type Ids = { ids: Uint32Array<ArrayBuffer> | null; total: number };

/** Matches of a text that are looked up at once. */
const matchedAtOnce = 50_000;

/** The first ids of what matches, in order of position; not for searches. Blocks until they are found. */
export function firstIdsOfQuery(db: Db, { key, filter }: Pick<ViewQuery, 'key' | 'filter'>): Uint32Array {
  return Uint32Array.from(
    firstMatching(db, { dataset: key, limit: firstIds }, conditionsOf(filter, requiredApprovals(db, key))),
  );
}

/** The ids of what matches, in order; `ids` is null for a whole data set in order of position. Blocks. */
export function idsOfQuery({ db, shards, columns }: Sources, query: ViewQuery): Ids {
  const { key, filter, order } = query;
  const isText = filter.text.trim() !== '';
  const conditions = conditionsOf(filter, { key, required: requiredApprovals(db, key) });
  const isByPosition = order.by === 'position';
  if (!isText && conditions.length === 0) {
    const { last, deleted } = extentOf(db, key);
    if (deleted === 0 && isByPosition && !order.isDescending) return { ids: null, total: last };
  }
  const found = isText
    ? idsWithText({ db, shards }, query, conditions)
    : conditions.length > 0
      ? idsMatching(db, key, conditions)
      : columns.of(query).ids.slice();
  if (isByPosition) {
    const ids = order.isDescending ? found.reverse() : found;
    return { ids, total: ids.length };
  }
  const ids = sortByKey(found, columns.keys(query, order.by, found), order.isDescending);
  return { ids, total: ids.length };
}

function idsWithText(
  { db, shards }: Pick<Sources, 'db' | 'shards'>,
  { key, firstContentId, filter }: ViewQuery,
  conditions: readonly Condition[],
): Uint32Array<ArrayBuffer> {
  const query = toFtsQuery(filter.text);
  // Something was typed that no text can contain, such as punctuation only.
  if (query === null) return new Uint32Array(0);
  const found: number[] = [];
  let afterId = firstContentId - 1;
  for (;;) {
    const contentIds = matchingContents(shards, query, { afterId, limit: matchedAtOnce });
    for (const id of idsShowing(db, { dataset: key, contentIds }, conditions)) found.push(id);
    if (contentIds.length < matchedAtOnce) break;
    afterId = contentIds.at(-1) ?? afterId;
  }
  // Contents come in the order in which they were written, examples in that of the file.
  return Uint32Array.from(found).sort();
}
