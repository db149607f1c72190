import { characterTable, separator, wordPart } from './characters.ts';

/** Words of one text that count: what lies beyond does not change whether two texts are alike enough. */
export const maxWords = 1 << 20;

export type Shingler = {
  /**
   * Hashes of the text's shingles (runs of `length` words), in order and with repeats. A view into memory that the next
   * call overwrites. A text with fewer words has one shingle; a text without words has none.
   */
  hashes(text: string): Int32Array;
};

/** Spreads the bits of a 32-bit hash (the finaliser of MurmurHash3, public domain). */
export function mixed(hash: number): number {
  let value = hash;
  value ^= value >>> 16;
  value = Math.imul(value, 0x85ebca6b);
  value ^= value >>> 13;
  value = Math.imul(value, 0xc2b2ae35);
  value ^= value >>> 16;
  return value | 0;
}

/** Writes the hash of every word of a text, as many as fit, and answers how many there are. */
function readWords(text: string, words: Int32Array): number {
  const table = characterTable();
  const limit = words.length;
  let count = 0;
  let hash = 0;
  let isInWord = false;
  for (let at = 0; at < text.length && count < limit; at += 1) {
    const unit = text.charCodeAt(at);
    const entry = table[unit] ?? 0;
    const kind = entry >>> 16;
    if (kind === wordPart) {
      if (!isInWord) hash = 0x811c9dc5 | 0;
      isInWord = true;
      hash = Math.imul(hash ^ (entry & 0xffff), 0x01000193);
      continue;
    }
    if (isInWord) {
      words[count] = hash;
      count += 1;
      isInWord = false;
    }
    if (kind !== separator && count < limit) {
      words[count] = wordOfUnit(text, at, unit);
      count += 1;
    }
  }
  if (!isInWord || count === limit) return count;
  words[count] = hash;
  return count + 1;
}

/** A character that is a word; of the upper planes both halves count. */
function wordOfUnit(text: string, at: number, unit: number): number {
  const isSecondHalf = unit >= 0xdc00 && unit < 0xe000 && at > 0;
  const before = isSecondHalf ? text.charCodeAt(at - 1) : 0;
  return Math.imul(unit ^ Math.imul(before, 0x85ebca6b), 0x9e3779b1);
}

/**
 * Cuts texts into word shingles: letters, digits, marks and `_` make words, case is ignored, punctuation separates, a
 * character of a script without spaces is a word.
 */
export function createShingler(length: number): Shingler {
  let words = new Int32Array(1 << 12);
  return {
    hashes(text) {
      const needed = Math.min(text.length + 1, maxWords);
      if (needed > words.length) words = new Int32Array(Math.min(2 * needed, maxWords));
      const count = readWords(text, words);
      if (count === 0) return words.subarray(0, 0);
      const width = Math.min(length, count);
      const shingles = count - width + 1;
      // Shingle i needs words i and later only, so that it can take the place of word i.
      for (let at = 0; at < shingles; at += 1) {
        let hash = words[at] ?? 0;
        for (let next = 1; next < width; next += 1) {
          hash = (Math.imul(hash, 0x5bd1e995) + (words[at + next] ?? 0)) | 0;
        }
        words[at] = mixed(hash);
      }
      return words.subarray(0, shingles);
    },
  };
}
