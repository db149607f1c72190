import { createShingler } from './shingles.ts';

export type TextSet = { readonly sorted: Int32Array };

/** Exact Jaccard similarity of texts as sets of word shingles (equality of shingles by 32-bit hash). */
export function createJaccard(shingle: number) {
  const shingler = createShingler(shingle);
  return {
    /** The set of a text, to be compared many times. */
    set(text: string): TextSet {
      const sorted = shingler.hashes(text).slice().sort();
      let distinct = 0;
      for (let at = 0; at < sorted.length; at += 1) {
        if (at > 0 && sorted[at] === sorted[at - 1]) continue;
        sorted[distinct] = sorted[at] ?? 0;
        distinct += 1;
      }
      return { sorted: sorted.subarray(0, distinct) };
    },
    /** Shared shingles divided by all; 0 when there are none. */
    of(one: TextSet, other: TextSet): number {
      const [a, b] = [one.sorted, other.sorted];
      let [i, j, shared] = [0, 0, 0];
      while (i < a.length && j < b.length) {
        const [left, right] = [a[i] ?? 0, b[j] ?? 0];
        if (left === right) shared += 1;
        if (left <= right) i += 1;
        if (right <= left) j += 1;
      }
      const all = a.length + b.length - shared;
      return all === 0 ? 0 : shared / all;
    },
  };
}
