import { createShingler, mixed } from './shingles.ts';

/** Hash minima of one permutation that a text is reduced to. */
const bins = 128;
/** Words that keep a byte each of four minima, to turn away unlike pairs without reading their texts. */
const usualSignature = 16;

/** How alike two texts must be (Jaccard of their word shingles), and how sketches are cut to find such pairs. */
export type SketchPlan = {
  readonly shingle: number;
  readonly threshold: number;
  readonly bands: number;
  readonly rows: number;
  /** Words of minima beside the band keys, four to a word. */
  readonly signature: number;
  /** Length of a sketch: band keys, a short signature, the number of shingles. */
  readonly words: number;
};

export const usualShingle = 5;
export const usualThreshold = 0.7;

/**
 * The bands for a threshold: as many rows as still find 99 of 100 pairs whose Jaccard is 0.1 above it
 * (probability 1 − (1 − J^rows)^bands; 21 × 6 for the usual 0.7).
 */
export function planSketches(
  asked: { shingle?: number; threshold?: number; signature?: number } = {},
): SketchPlan {
  const { shingle = usualShingle, threshold = usualThreshold, signature = usualSignature } = asked;
  const wanted = Math.min(threshold + 0.1, 0.99);
  let rows = 16;
  while (rows > 2 && 1 - (1 - wanted ** rows) ** Math.floor(bins / rows) < 0.99) rows -= 1;
  const bands = Math.floor(bins / rows);
  return { shingle, threshold, bands, rows, signature, words: bands + signature + 1 };
}

export type Sketcher = {
  /** Writes the sketch of a text to `into` at word `at`; answers its number of shingles, 0 for a text without words. */
  sketch(text: string, into: Uint32Array, at: number): number;
};

const empty = 0x7fff_ffff;
const maxAttempts = 32;

/**
 * Sketches texts by one-permutation MinHash: each shingle goes to one of 128 bins by its upper bits, each bin keeps its
 * smallest hash, empty bins borrow from a bin their number leads to (optimal densification, Shrivastava 2017).
 */
export function createSketcher(plan: SketchPlan): Sketcher {
  const shingler = createShingler(plan.shingle);
  const minima = new Int32Array(bins);
  const filled = new Int32Array(bins);

  const densify = (): void => {
    for (let bin = 0; bin < bins; bin += 1) {
      let from = bin;
      for (let attempt = 1; minima[from] === empty && attempt <= maxAttempts + bins; attempt += 1) {
        // A text of few shingles has few bins to find: after some attempts the next one that is filled will do.
        from =
          attempt > maxAttempts
            ? (from + 1) % bins
            : mixed(Math.imul(bin + 1, 0x9e3779b1) ^ Math.imul(attempt, 0x85ebca6b)) >>> 25;
      }
      filled[bin] = minima[from] ?? 0;
    }
  };

  return {
    sketch(text, into, at) {
      const hashes = shingler.hashes(text);
      if (hashes.length === 0) {
        into.fill(0, at, at + plan.words);
        return 0;
      }
      minima.fill(empty);
      for (let index = 0; index < hashes.length; index += 1) {
        const hash = hashes[index] ?? 0;
        const bin = hash >>> 25;
        // One hash in two thousand million looks like an empty bin, and the bin then borrows like one.
        const value = Math.imul(hash, 0x9e3779b1) >>> 1;
        minima[bin] = Math.min(value, minima[bin] ?? empty);
      }
      densify();
      for (let band = 0; band < plan.bands; band += 1) {
        let key = Math.imul(band, 0x9e3779b1);
        for (let row = 0; row < plan.rows; row += 1) {
          key = Math.imul(key ^ (filled[band * plan.rows + row] ?? 0), 0x01000193);
          key ^= key >>> 15;
        }
        into[at + band] = mixed(key);
      }
      for (let word = 0; word < plan.signature; word += 1) {
        let packed = 0;
        for (let byte = 0; byte < 4; byte += 1) {
          packed |= ((filled[2 * (4 * word + byte)] ?? 0) & 0xff) << (8 * byte);
        }
        into[at + plan.bands + word] = packed;
      }
      into[at + plan.words - 1] = hashes.length;
      return hashes.length;
    },
  };
}

/** Number of shingles of a sketch. */
export function shinglesIn(plan: SketchPlan, chunk: Uint32Array, at: number): number {
  return chunk[at + plan.words - 1] ?? 0;
}

/** Whether two sketches leave it possible that their texts reach the threshold; wrong for about 1 in 50 at the threshold. */
export function mayBeAlike(
  plan: SketchPlan,
  one: { chunk: Uint32Array; at: number },
  other: { chunk: Uint32Array; at: number },
): boolean {
  const shingles = Math.min(shinglesIn(plan, one.chunk, one.at), shinglesIn(plan, other.chunk, other.at));
  const minima = 4 * plan.signature;
  const spread = Math.sqrt(0.25 / Math.min(Math.max(shingles, 1), minima));
  const needed = (plan.threshold - 2 * spread) * minima;
  let equal = 0;
  for (let word = 0; word < plan.signature; word += 1) {
    const differing =
      (one.chunk[one.at + plan.bands + word] ?? 0) ^ (other.chunk[other.at + plan.bands + word] ?? 0);
    if ((differing & 0xff) === 0) equal += 1;
    if ((differing & 0xff00) === 0) equal += 1;
    if ((differing & 0xff0000) === 0) equal += 1;
    if (differing >>> 24 === 0) equal += 1;
  }
  return equal >= needed;
}
