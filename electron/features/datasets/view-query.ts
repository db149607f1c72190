import type { ExampleFilter, ExampleOrder } from '../../../shared/features/datasets/filter.model.ts';
import { toFtsQuery } from '../../../shared/features/datasets/search-text.ts';
import type { Db } from '../../core/ports.ts';
import { areMostMet, byPosition, extentOf, idsMatching, idsShowing } from './examples.sql.ts';
import { type Condition, conditionsOf, requiredApprovals } from './filter.sql.ts';
import { bestContents, matchingContents } from './search-shards.sql.ts';
import { alongside, type SortColumns } from './sort-columns.ts';
import { sortByKey } from './sort-ids.ts';

/** A data set's filter and order, to be answered from the store and the search index. */
export type ViewQuery = {
  readonly key: number;
  readonly firstContentId: number;
  readonly revision: number;
  readonly filter: ExampleFilter;
  readonly order: ExampleOrder;
};

/** What a view is worked out from. */
export type Sources = { readonly db: Db; readonly shards: readonly Db[]; readonly columns: SortColumns };
/** The ids of a view; null for a whole data set in order of position. */
export type Ids = { ids: Uint32Array<ArrayBuffer> | null; total: number; isRanked: boolean };

/** So few hits of a search are looked up one by one; for more, all examples are gone through. */
const fewHits = 500;

/** More hits of a search than this are not weighed against each other. */
export const mostRanked = 50_000;

/** The ids of what matches, in order; `ids` is null for a whole data set in order of position. Blocks. */
export function idsOfQuery(sources: Sources, query: ViewQuery): Ids {
  const { db, columns } = sources;
  const { key, filter, order } = query;
  const isText = filter.text.trim() !== '';
  const conditions = conditionsOf(filter, { key, required: requiredApprovals(db, key) });
  const isByRelevance = order.by === 'relevance';
  const ranked = isText && isByRelevance ? rankedIds(sources, query, conditions) : null;
  if (ranked) return { ids: ranked, total: ranked.length, isRanked: true };
  const isByPosition = order.by === 'position' || isByRelevance;
  const isDescending = order.isDescending && !isByRelevance;
  const isRanked = !(isText && isByRelevance);
  if (!isText && conditions.length === 0) {
    const { last, deleted } = extentOf(db, key);
    if (deleted === 0 && isByPosition && !isDescending) return { ids: null, total: last, isRanked };
  }
  const found = isText
    ? idsWithText(sources, query, conditions)
    : conditions.length > 0
      ? idsMeeting(sources, query, conditions)
      : columns.of(query).ids.slice();
  const ids =
    order.by === 'tokens' || order.by === 'findings'
      ? sortByKey(found, columns.keys(query, order.by, found), isDescending)
      : isDescending
        ? found.reverse()
        : found;
  return { ids, total: ids.length, isRanked };
}

/** Of a filter that most examples pass, what it leaves out is quicker found: all that come through cost time, one by one. */
function idsMeeting(
  { db, columns }: Sources,
  query: ViewQuery,
  conditions: readonly Condition[],
): Uint32Array<ArrayBuffer> {
  const all = columns.known(query);
  if (!all || !areMostMet(db, query.key, conditions)) return idsMatching(db, query.key, conditions);
  const met = conditions.map(({ sql }) => `(${sql})`).join(' AND ');
  const parameters = conditions.flatMap((one) => one.parameters);
  const leftOut = idsMatching(db, query.key, [{ sql: `NOT COALESCE(${met}, 0)`, parameters }]);
  return without(all.ids, leftOut);
}

/** Ids but for some of them, both in the same order. */
function without(ids: Uint32Array<ArrayBuffer>, leftOut: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const kept = new Uint32Array(ids.length);
  let [count, at] = [0, 0];
  for (let index = 0; index < ids.length; index += 1) {
    const id = ids[index] ?? 0;
    if (leftOut[at] === id) at += 1;
    else {
      kept[count] = id;
      count += 1;
    }
  }
  return kept.slice(0, count);
}

/** Ids of what a text fits best, first; null when nothing searchable was typed or too much fits. */
function rankedIds(
  sources: Sources,
  query: ViewQuery,
  conditions: readonly Condition[],
): Uint32Array<ArrayBuffer> | null {
  const { key, firstContentId, filter } = query;
  const words = toFtsQuery(filter.text);
  if (words === null) return null;
  const hits = bestContents(sources.shards, words, { firstId: firstContentId, limit: mostRanked });
  if (hits === null || hits.length <= fewHits) {
    return hits && Uint32Array.from(idsShowing(sources.db, { dataset: key, contentIds: hits }, conditions));
  }
  const { ids, contents } = matchingRows(sources, query, conditions);
  const last = hits.reduce((highest, one) => Math.max(highest, one), 0);
  const shownBy = new Uint32Array(last + 1 - firstContentId);
  for (let row = 0; row < ids.length; row += 1) {
    shownBy[(contents[row] ?? 0) - firstContentId] = ids[row] ?? 0;
  }
  return Uint32Array.from(hits, (content) => shownBy[content - firstContentId] ?? 0).filter((id) => id > 0);
}

function idsWithText(
  sources: Sources,
  query: ViewQuery,
  conditions: readonly Condition[],
): Uint32Array<ArrayBuffer> {
  const { key, firstContentId, filter } = query;
  const words = toFtsQuery(filter.text);
  // Something was typed that no text can contain, such as punctuation only.
  if (words === null) return new Uint32Array(0);
  const hits = matchingContents(sources.shards, words, firstContentId);
  if (hits.length <= fewHits) {
    const shown = idsShowing(sources.db, { dataset: key, contentIds: [...hits] }, conditions);
    return Uint32Array.from(byPosition(sources.db, shown));
  }
  const isHit = new Uint8Array((hits.at(-1) ?? 0) + 1 - firstContentId);
  for (let at = 0; at < hits.length; at += 1) isHit[(hits[at] ?? 0) - firstContentId] = 1;
  const { ids, contents } = matchingRows(sources, query, conditions);
  return ids.filter((_, row) => isHit[(contents[row] ?? 0) - firstContentId] === 1);
}

/** The examples that meet the conditions, by position, with what they show. */
function matchingRows({ db, columns }: Sources, query: ViewQuery, conditions: readonly Condition[]) {
  const { ids: all } = columns.of(query);
  const contents = columns.contents(query);
  if (conditions.length === 0) return { ids: all, contents };
  const ids = idsMatching(db, query.key, conditions);
  return { ids, contents: alongside(ids, { ids: all, values: contents }) };
}
