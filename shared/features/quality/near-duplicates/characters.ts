/** What a UTF-16 unit is for word shingles: between words, part of a word, or a word by itself. */
export const separator = 0;
export const wordPart = 1;
export const wordByItself = 2;

const units = 65_536;
const wordUnit = /[\p{L}\p{N}\p{M}_]/u;
/** Scripts written without spaces: every character counts as a word. */
const unspacedUnit =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

function classOf(unit: number, char: string): number {
  // A character of the upper planes (rare Han, emoji) is a word by itself; its second half carries it.
  if (unit >= 0xdc00 && unit < 0xe000) return wordByItself;
  if (unit >= 0xd800 && unit < 0xdc00) return separator;
  if (!wordUnit.test(char)) return separator;
  return unit > 0x0e00 && unspacedUnit.test(char) ? wordByItself : wordPart;
}

function buildTable(): Uint32Array {
  const table = new Uint32Array(units);
  for (let unit = 0; unit < units; unit += 1) {
    const char = String.fromCharCode(unit);
    const lower = char.toLowerCase();
    table[unit] = (classOf(unit, char) << 16) | (lower.length === 1 ? lower.charCodeAt(0) : unit);
  }
  return table;
}

let table: Uint32Array | null = null;

/**
 * For every UTF-16 unit its class in the upper and its lower case in the lower 16 bits; built at the first call (some
 * milliseconds), then shared.
 */
export function characterTable(): Uint32Array {
  table ??= buildTable();
  return table;
}
