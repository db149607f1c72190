import { createShingler } from './shingles.ts';

/** The shingles of a text, repeats among them, kept to be compared many times. */
export type TextSet = { readonly hashes: Int32Array };

/** Exact Jaccard similarity of texts as sets of word shingles (equality of shingles by 32-bit hash). */
export function createJaccard(shingle: number) {
  const shingler = createShingler(shingle);
  const table = createPairTable();
  return {
    set: (text: string): TextSet => ({ hashes: shingler.hashes(text).slice() }),
    /** Shared shingles divided by all; 0 when there are none. */
    of(one: TextSet, other: TextSet): number {
      table.begin(one.hashes.length + other.hashes.length);
      const [left] = table.add(one.hashes, firstText);
      const [right, shared] = table.add(other.hashes, secondText);
      const all = left + right;
      return all === 0 ? 0 : shared / all;
    },
  };
}

const firstText = 1;
const secondText = 2;

/** A hash table of the shingles of two texts; a mark says in which comparison and of which text each was put in. */
function createPairTable() {
  let size = 1024;
  let keys = new Int32Array(size);
  let marks = new Uint32Array(size);
  let comparison = 0;
  return {
    begin(entries: number): void {
      comparison += 4;
      if (entries * 2 <= size && comparison < 0xffff_fff0) return;
      while (entries * 2 > size) size *= 2;
      keys = new Int32Array(size);
      marks = new Uint32Array(size);
      comparison = 4;
    },
    /** Answers how many are new to the table, and how many are there from the other text (each counted once). */
    add(hashes: Int32Array, text: number): readonly [fresh: number, shared: number] {
      const mask = size - 1;
      let [fresh, shared] = [0, 0];
      for (let at = 0; at < hashes.length; at += 1) {
        const hash = hashes[at] ?? 0;
        let slot = hash & mask;
        while ((marks[slot] ?? 0) > comparison && keys[slot] !== hash) slot = (slot + 1) & mask;
        const mark = marks[slot] ?? 0;
        if (mark <= comparison) {
          keys[slot] = hash;
          marks[slot] = comparison + text;
          fresh += 1;
        } else if (mark - comparison < text) {
          marks[slot] = comparison + text;
          shared += 1;
        }
      }
      return [fresh, shared];
    },
  };
}
