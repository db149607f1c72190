import { mayBeAlike, type SketchPlan, shinglesIn } from './sketch.ts';
import type { SketchTable } from './sketch-table.ts';
import type { UnionFind } from './union-find.ts';

/** Rows of one bucket that a row is compared with, newest first: bounds the work on texts that all look alike. */
const maxWalk = 32;
/** Texts read in vain for one row. */
const maxMisses = 8;
const rememberedMisses = 1 << 18;

export type PairSearch = {
  readonly plan: SketchPlan;
  readonly table: SketchTable;
  /** Rows already known to be alike are joined in it before the search, and found ones by it. */
  readonly sets: UnionFind;
  /** Rows that are not looked at: repeats of another row, without text. */
  readonly isLeftOut: (row: number) => boolean;
  /** Whether two rows reach the threshold, by their texts. */
  areAlike(one: number, other: number): boolean;
  /** Called after each band; may throw to stop. */
  onBand?(done: number, total: number): void;
};

/**
 * Joins all rows whose texts are alike enough: rows that share the key of one band are candidates (locality-sensitive
 * hashing), turned away by their signatures or decided by their texts.
 */
export function joinAlikeRows(search: PairSearch): void {
  const { plan, table } = search;
  const rows = comparedRows(search);
  let size = 1024;
  while (size < rows.length * 1.5) size *= 2;
  // Key and newest row of a bucket side by side: one look into memory finds both. Rows count from 1, 0 is free.
  const buckets = new Uint32Array(2 * size);
  const nexts = new Int32Array(table.rows);
  const misses = new Uint8Array(table.rows);
  const known = new Float64Array(rememberedMisses);

  const isAlike = (one: number, other: number): boolean => {
    const pair = other * 4_294_967_296 + one + 1;
    const slot = (Math.imul(one, 0x9e3779b1) ^ Math.imul(other, 0x85ebca6b)) >>> 14;
    if (known[slot] === pair || (misses[one] ?? 0) >= maxMisses) return false;
    const isPossible = mayBeAlike(
      plan,
      { chunk: table.chunkOf(one), at: table.at(one) },
      { chunk: table.chunkOf(other), at: table.at(other) },
    );
    if (!isPossible) return false;
    if (search.areAlike(one, other)) return true;
    known[slot] = pair;
    misses[one] = (misses[one] ?? 0) + 1;
    return false;
  };

  /** Compares a row with its bucket; true when it was joined with one of it, which then stands for it. */
  const compare = (row: number, head: number): boolean => {
    let other = head;
    for (let walked = 0; other >= 0 && walked < maxWalk; walked += 1) {
      if (search.sets.find(other) === search.sets.find(row)) return true;
      if (isAlike(row, other)) {
        search.sets.join(row, other);
        return true;
      }
      other = nexts[other] ?? -1;
    }
    return false;
  };

  for (let band = 0; band < plan.bands; band += 1) {
    buckets.fill(0);
    for (let place = 0; place < rows.length; place += 1) {
      const row = rows[place] ?? 0;
      const slot = slotOf(buckets, table.chunkOf(row)[table.at(row) + band] ?? 0);
      const head = (buckets[slot + 1] ?? 0) - 1;
      if (head >= 0 && compare(row, head)) continue;
      nexts[row] = head;
      buckets[slot + 1] = row + 1;
    }
    search.onBand?.(band + 1, plan.bands);
  }
}

/** Rows that have words and are not left out. */
function comparedRows({ plan, table, isLeftOut }: PairSearch): Uint32Array {
  const rows = new Uint32Array(table.rows);
  let count = 0;
  for (let row = 0; row < table.rows; row += 1) {
    if (shinglesIn(plan, table.chunkOf(row), table.at(row)) === 0 || isLeftOut(row)) continue;
    rows[count] = row;
    count += 1;
  }
  return rows.subarray(0, count);
}

/** Place of a key in an open-addressing table of pairs: where it is, or the free place where it now stands. */
function slotOf(buckets: Uint32Array, key: number): number {
  const mask = buckets.length - 2;
  let slot = (key << 1) & mask;
  while ((buckets[slot + 1] ?? 0) > 0 && buckets[slot] !== key) slot = (slot + 2) & mask;
  buckets[slot] = key;
  return slot;
}
