import { toFtsQuery } from '../../../shared/features/datasets/search-text.ts';
import { areNamed, firstMatching } from './examples.sql.ts';
import { conditionsOf, requiredApprovals } from './filter.sql.ts';
import { hasMoreHits, matchingAmong } from './search-shards.sql.ts';
import { type Ids, idsOfQuery, mostRanked, type Sources, type ViewQuery } from './view-query.ts';
import { asksForNames, firstIds } from './view-requests.ts';

/** Where the first examples of a view are looked for alone; a filter that has so few of them there is worked out at once. */
const lookedThrough = 40_000;
/** The examples looked through for a word: some, then more. */
const searchedAtOnce = [2000, 14_000];
/** A word that fewer contents have is looked up in all of them. */
const commonHits = 8000;

/** What is known of a view first: its first {@link firstIds}, or, when it is quickly done, all of it. */
export type FirstPage = Ids & { readonly isWhole: boolean };

/**
 * The first ids of what matches, in the order asked for: by position, or by relevance. Null when it must be found out first
 * which roles and tools the examples name, which `areNamesKnown` says was done. Blocks until they are found.
 */
export function firstPageOf(sources: Sources, query: ViewQuery, areNamesKnown: boolean): FirstPage | null {
  const { db } = sources;
  const { key, filter } = query;
  if (filter.text.trim() !== '') return firstWithText(sources, query);
  const range = { dataset: key, from: 1, upTo: lookedThrough, limit: firstIds };
  const conditions = conditionsOf(filter, { key, required: requiredApprovals(db, key) });
  const rows = firstMatching(db, range, conditions);
  const isFull = rows.length >= firstIds;
  const isNamed = areNamesKnown || !asksForNames(filter);
  if (!isNamed && !(isFull && areNamed(db, key, rows.at(-1)?.position ?? 0))) return null;
  if (!isFull) return { ...idsOfQuery(sources, query), isWhole: true };
  return { ids: Uint32Array.from(rows, ({ id }) => id), total: rows.length, isRanked: true, isWhole: false };
}

function firstWithText(sources: Sources, query: ViewQuery): FirstPage {
  const { shards } = sources;
  const words = toFtsQuery(query.filter.text);
  const isByRelevance = query.order.by === 'relevance';
  const hits = { firstId: query.firstContentId, limit: isByRelevance ? mostRanked : commonHits };
  const isCommon = words !== null && hasMoreHits(shards, words, hits);
  const ids = isCommon ? firstHits(sources, query, words) : null;
  if (ids === null) return { ...idsOfQuery(sources, query), isWhole: true };
  // Too many to be weighed: then they come by position in every case.
  return { ids, total: ids.length, isRanked: !isByRelevance, isWhole: false };
}

/** The first examples that show a word many have; null when there are too few where one looks first. */
function firstHits(
  { db, shards }: Sources,
  { key, filter }: ViewQuery,
  words: string,
): Uint32Array<ArrayBuffer> | null {
  const conditions = conditionsOf(filter, { key, required: requiredApprovals(db, key) });
  const found: number[] = [];
  let from = 1;
  for (const limit of searchedAtOnce) {
    const rows = firstMatching(db, { dataset: key, from, upTo: lookedThrough, limit }, conditions);
    const contents = rows.map(({ content }) => content);
    const hits = matchingAmong(shards, words, contents);
    if (hits === null) return null;
    for (const { id, content } of rows) if (hits.has(content)) found.push(id);
    if (found.length >= firstIds) return Uint32Array.from(found.slice(0, firstIds));
    from = (rows.at(-1)?.position ?? lookedThrough) + 1;
  }
  return null;
}
