import { joinAlikeRows } from './candidates.ts';
import { createJaccard, type TextSet } from './jaccard.ts';
import type { SketchPlan } from './sketch.ts';
import type { SketchTable } from './sketch-table.ts';
import { createUnionFind } from './union-find.ts';

/**
 * Rows that say nearly the same, ascending; `similarity` is the smallest exact Jaccard of a row with the first, which
 * stands for the group.
 */
export type NearGroup = { readonly rows: number[]; readonly similarity: number };

export type NearSearch = {
  readonly plan: SketchPlan;
  readonly table: SketchTable;
  /** The row that a row repeats exactly, itself when it is the first of its kind. */
  firstOf(row: number): number;
  /** The text whose sketch is in the table. */
  textOf(row: number): string;
  /** May throw to stop. */
  onProgress?(done: number, total: number): void;
};

/** How far below the threshold rows of a group may be from each other when a row between them links the two. */
const linkSlack = 0.1;
/** Rows of a group that a further one is compared with. */
const maxWitnesses = 16;
const comparisonsPerRow = 64;
/** Similarities kept from the search for the cutting of groups, so that most texts are read once. */
const keptSimilarities = 200_000;
/** Texts kept ready for comparing, since the rows of a bucket are compared again and again. */
const heldSets = 256;

/** Groups of near duplicates, by their first row, exact repeats among them; exact repeats alone are no such group. */
export function findNearGroups(search: NearSearch): NearGroup[] {
  const { plan, table } = search;
  const firstOf = (row: number): number => search.firstOf(row);
  const jaccard = createJaccard(plan.shingle);
  const setOf = createSetCache((row) => jaccard.set(search.textOf(row)));
  const similarity: Similarity = (one, other) => jaccard.of(setOf(one), setOf(other));
  const union = createUnionFind(table.rows);
  const known = new Map<number, number>();
  joinAlikeRows({
    plan,
    table,
    sets: union,
    isLeftOut: (row) => firstOf(row) !== row,
    areAlike(one, other) {
      const alike = similarity(one, other);
      if (alike >= plan.threshold && known.size < keptSimilarities) known.set(pairOf(one, other), alike);
      return alike >= plan.threshold;
    },
    onBand: (done, total) => search.onProgress?.(done, total),
  });
  const repeats = new Map<number, number[]>();
  const linked = new Map<number, number[]>();
  for (let row = 0; row < table.rows; row += 1) {
    const first = firstOf(row);
    if (first !== row) addTo(repeats, first, row);
    else if (union.find(row) !== row) addTo(linked, union.find(row), row);
  }
  const floor = Math.max(plan.threshold - linkSlack, 0);
  return [...linked]
    .flatMap(([first, others]) =>
      aroundFirst(
        [first, ...others],
        floor,
        (one, other) => known.get(pairOf(one, other)) ?? similarity(one, other),
      ),
    )
    .map(({ rows, similarity: least }) => ({
      rows: rows.flatMap((row) => [row, ...(repeats.get(row) ?? [])]).toSorted((a, b) => a - b),
      similarity: least,
    }))
    .toSorted((a, b) => (a.rows[0] ?? 0) - (b.rows[0] ?? 0));
}

/** A pair of rows as one number, whatever the order. */
function pairOf(one: number, other: number): number {
  return Math.max(one, other) * 4_294_967_296 + Math.min(one, other);
}

type Similarity = (one: number, other: number) => number;

/**
 * Cuts linked rows into groups whose rows are alike to the first and to each other, so that a chain of small steps is
 * not one group. Rows left when the budget is used up are alike to none closely enough to be worth more.
 */
function aroundFirst(rows: readonly number[], floor: number, similarity: Similarity): NearGroup[] {
  const groups: NearGroup[] = [];
  let left = rows;
  let budget = comparisonsPerRow * rows.length;
  while (left.length > 1 && budget > 0) {
    const [first = 0, ...others] = left;
    const ranked = others
      .map((row) => ({ row, alike: similarity(first, row) }))
      .toSorted((a, b) => b.alike - a.alike || a.row - b.row);
    budget -= others.length;
    const members = [first];
    let least = 1;
    for (const { row, alike } of ranked) {
      if (alike < floor) break;
      const witnesses = members.slice(1).slice(-maxWitnesses);
      budget -= witnesses.length;
      if (!witnesses.every((member) => similarity(member, row) >= floor)) continue;
      members.push(row);
      least = alike;
    }
    if (members.length > 1) groups.push({ rows: members, similarity: least });
    const taken = new Set(members);
    left = left.filter((row) => !taken.has(row));
  }
  return groups;
}

function addTo(lists: Map<number, number[]>, key: number, value: number): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** Keeps the sets that were asked for last. */
function createSetCache(make: (row: number) => TextSet): (row: number) => TextSet {
  const held = new Map<number, TextSet>();
  return (row) => {
    const found = held.get(row);
    if (found) {
      held.delete(row);
      held.set(row, found);
      return found;
    }
    const made = make(row);
    held.set(row, made);
    const oldest = held.size > heldSets ? held.keys().next().value : undefined;
    if (oldest !== undefined) held.delete(oldest);
    return made;
  };
}
