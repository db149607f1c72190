/** What a UTF-16 unit is for word shingles: between words, part of a word, or a word by itself. */
export const separator = 0;
export const wordPart = 1;
export const wordByItself = 2;

type CharacterTables = { readonly classes: Uint8Array; readonly folded: Uint16Array };

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

function buildTables(): CharacterTables {
  const classes = new Uint8Array(units);
  const folded = new Uint16Array(units);
  for (let unit = 0; unit < units; unit += 1) {
    const char = String.fromCharCode(unit);
    const lower = char.toLowerCase();
    classes[unit] = classOf(unit, char);
    folded[unit] = lower.length === 1 ? lower.charCodeAt(0) : unit;
  }
  return { classes, folded };
}

let tables: CharacterTables | null = null;

/** Class and lower case of every UTF-16 unit; built at the first call (some milliseconds), then shared. */
export function characterTables(): CharacterTables {
  tables ??= buildTables();
  return tables;
}
