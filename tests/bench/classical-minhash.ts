import { createJaccard } from '../../shared/features/quality/near-duplicates/jaccard.ts';
import { createShingler } from '../../shared/features/quality/near-duplicates/shingles.ts';

const permutations = 128;
const bands = 21;
const rows = 6;

/**
 * What the engine is measured against: MinHash as in the textbooks, 128 permutations (multiply and add modulo 2^32), the
 * same shingles, 21 bands of 6 rows, pairs checked on their signatures and then on their texts. Answers how many passed.
 */
export function classicalPairs(texts: readonly string[], threshold: number): number {
  const signatures = signaturesOf(texts);
  const jaccard = createJaccard(5);
  const similarity = (one: number, other: number): number =>
    jaccard.of(jaccard.set(texts[one] ?? ''), jaccard.set(texts[other] ?? ''));
  const needed = Math.ceil(threshold * permutations);
  const parents = Int32Array.from(texts, (_, at) => at);
  const find = (one: number): number => {
    let at = one;
    while (parents[at] !== at) at = parents[at] ?? at;
    return at;
  };
  let accepted = 0;
  for (let band = 0; band < bands; band += 1) {
    const heads = new Map<number, number>();
    for (let text = 0; text < texts.length; text += 1) {
      let key = band;
      for (let row = 0; row < rows; row += 1) {
        key = Math.imul(key ^ (signatures[text * permutations + band * rows + row] ?? 0), 0x01000193);
        key ^= key >>> 15;
      }
      const head = heads.get(key);
      if (head === undefined) {
        heads.set(key, text);
        continue;
      }
      if (find(head) === find(text)) continue;
      let equal = 0;
      for (let at = 0; at < permutations; at += 1) {
        if (signatures[head * permutations + at] === signatures[text * permutations + at]) equal += 1;
      }
      if (equal < needed || similarity(head, text) < threshold) continue;
      parents[find(text)] = find(head);
      accepted += 1;
    }
  }
  return accepted;
}

function signaturesOf(texts: readonly string[]): Int32Array {
  const shingler = createShingler(5);
  const [factors, offsets] = [new Int32Array(permutations), new Int32Array(permutations)];
  let state = 12_345;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state | 0;
  };
  for (let at = 0; at < permutations; at += 1) {
    factors[at] = next() | 1;
    offsets[at] = next();
  }
  const signatures = new Int32Array(texts.length * permutations);
  for (const [text, content] of texts.entries()) {
    const hashes = shingler.hashes(content);
    for (let at = 0; at < permutations; at += 1) {
      const [factor, offset] = [factors[at] ?? 1, offsets[at] ?? 0];
      let least = 0x7fff_ffff;
      for (let one = 0; one < hashes.length; one += 1) {
        const value = (Math.imul(hashes[one] ?? 0, factor) + offset) | 0;
        if (value < least) least = value;
      }
      signatures[text * permutations + at] = least;
    }
  }
  return signatures;
}
