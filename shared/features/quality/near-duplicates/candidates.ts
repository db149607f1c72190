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
  isLeftOut(row: number): boolean;
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
  let size = 1024;
  while (size < table.rows * 2) size *= 2;
  const buckets = { keys: new Uint32Array(size), heads: new Int32Array(size) };
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
    buckets.heads.fill(-1);
    for (let row = 0; row < table.rows; row += 1) {
      const chunk = table.chunkOf(row);
      const at = table.at(row);
      if (shinglesIn(plan, chunk, at) === 0 || search.isLeftOut(row)) continue;
      const slot = slotOf(buckets, chunk[at + band] ?? 0);
      const head = buckets.heads[slot] ?? -1;
      if (head >= 0 && compare(row, head)) continue;
      nexts[row] = head;
      buckets.heads[slot] = row;
    }
    search.onBand?.(band + 1, plan.bands);
  }
}

/** Place of a key in an open-addressing table: where it is, or the free place where it belongs. */
function slotOf({ keys, heads }: { keys: Uint32Array; heads: Int32Array }, key: number): number {
  const mask = heads.length - 1;
  let slot = key & mask;
  while ((heads[slot] ?? -1) >= 0 && keys[slot] !== key) slot = (slot + 1) & mask;
  keys[slot] = key;
  return slot;
}
