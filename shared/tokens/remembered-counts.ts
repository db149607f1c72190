import type { CountText } from './encodings.ts';

const slots = 4096;
/** Longer texts rarely come again word for word, and would hold much memory. */
const longest = 4096;

/**
 * A counter that remembers texts: roles, names and system prompts come again in nearly every example. One text a slot,
 * compared in full, so that a count is never another text's.
 */
export function rememberCounts(countText: CountText): CountText {
  const texts: string[] = Array.from({ length: slots }, () => '');
  const counts = new Uint32Array(slots);
  return (text) => {
    const { length } = text;
    if (length > longest || length === 0) return countText(text);
    const slot = slotOf(text, length);
    if (texts[slot] === text) return counts[slot] ?? 0;
    const count = countText(text);
    texts[slot] = text;
    counts[slot] = count;
    return count;
  };
}

/** From the length and some characters: texts that differ elsewhere only take each other's place. */
function slotOf(text: string, length: number): number {
  let hash = length;
  const step = Math.max(1, length >> 3);
  for (let at = 0; at < length; at += step) hash = Math.imul(hash, 31) + text.charCodeAt(at);
  return (hash ^ (hash >>> 12)) & (slots - 1);
}
