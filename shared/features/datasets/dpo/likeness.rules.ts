const minWords = 8;
const nearLikeness = 0.95;

/** How two answers compare: the same text, the same but for case, spaces and punctuation, or nearly all word pairs shared. */
export function compareSides(preferred: string, other: string): 'same' | 'alike' | 'different' {
  if (preferred === other) return 'same';
  const [left, right] = [wordsOf(preferred), wordsOf(other)];
  if (left.join(' ') === right.join(' ') && left.length > 0) return 'alike';
  if (Math.min(left.length, right.length) < minWords) return 'different';
  const shorter = Math.min(left.length, right.length) / Math.max(left.length, right.length);
  if (shorter < nearLikeness) return 'different';
  return dice(pairsOf(left), pairsOf(right)) >= nearLikeness ? 'alike' : 'different';
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function pairsOf(words: readonly string[]): Map<string, number> {
  const pairs = new Map<string, number>();
  for (const [index, word] of words.entries()) {
    const pair = `${word} ${words[index + 1] ?? ''}`;
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}

/** Sørensen–Dice coefficient of two bags: 1 when they hold the same. */
function dice(left: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>): number {
  let [shared, total] = [0, 0];
  for (const [key, count] of left) {
    shared += Math.min(count, right.get(key) ?? 0);
    total += count;
  }
  for (const count of right.values()) total += count;
  return total === 0 ? 0 : (2 * shared) / total;
}
