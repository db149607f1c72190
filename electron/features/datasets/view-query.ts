import type { ExampleFilter, ExampleOrder } from '../../../shared/features/datasets/filter.model.ts';
import { toFtsQuery } from '../../../shared/features/datasets/search-text.ts';
import type { Db } from '../../core/ports.ts';
import { extentOf, firstMatching, idsMatching, idsShowing } from './examples.sql.ts';
import { type Condition, conditionsOf, requiredApprovals } from './filter.sql.ts';
import { bestContents, matchingContents } from './search-shards.sql.ts';
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
type Ids = { ids: Uint32Array<ArrayBuffer> | null; total: number; isRanked: boolean };

/** Matches of a text that are looked up at once. */
const matchedAtOnce = 50_000;

/** The first ids of what matches, in order of position; not for searches. Blocks until they are found. */
export function firstIdsOfQuery(db: Db, { key, filter }: Pick<ViewQuery, 'key' | 'filter'>): Uint32Array {
  const conditions = conditionsOf(filter, { key, required: requiredApprovals(db, key) });
  return Uint32Array.from(firstMatching(db, { dataset: key, limit: firstIds }, conditions));
}

/** More hits of a search than this are not weighed against each other. */
const mostRanked = 50_000;

/** The ids of what matches, in order; `ids` is null for a whole data set in order of position. Blocks. */
export function idsOfQuery({ db, shards, columns }: Sources, query: ViewQuery): Ids {
  const { key, filter, order } = query;
  const isText = filter.text.trim() !== '';
  const conditions = conditionsOf(filter, { key, required: requiredApprovals(db, key) });
  const isByRelevance = order.by === 'relevance';
  const ranked = isText && isByRelevance ? rankedIds({ db, shards }, query, conditions) : null;
  if (ranked) return { ids: ranked, total: ranked.length, isRanked: true };
  const isByPosition = order.by === 'position' || isByRelevance;
  const isDescending = order.isDescending && !isByRelevance;
  const isRanked = !(isText && isByRelevance);
  if (!isText && conditions.length === 0) {
    const { last, deleted } = extentOf(db, key);
    if (deleted === 0 && isByPosition && !isDescending) return { ids: null, total: last, isRanked };
  }
  const found = isText
    ? idsWithText({ db, shards }, query, conditions)
    : conditions.length > 0
      ? idsMatching(db, key, conditions)
      : columns.of(query).ids.slice();
  const ids =
    order.by === 'tokens' || order.by === 'findings'
      ? sortByKey(found, columns.keys(query, order.by, found), isDescending)
      : isDescending
        ? found.reverse()
        : found;
  return { ids, total: ids.length, isRanked };
}

/** Ids of what a text fits best, first; null when nothing searchable was typed or too much fits. */
function rankedIds(
  { db, shards }: Pick<Sources, 'db' | 'shards'>,
  { key, firstContentId, filter }: ViewQuery,
  conditions: readonly Condition[],
): Uint32Array<ArrayBuffer> | null {
  const query = toFtsQuery(filter.text);
  if (query === null) return null;
  const contentIds = bestContents(shards, query, { firstId: firstContentId, limit: mostRanked });
  return contentIds && Uint32Array.from(idsShowing(db, { dataset: key, contentIds }, conditions));
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
