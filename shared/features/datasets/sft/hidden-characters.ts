/** A character that shows nothing or turns the reading order: where it is and what it is called. */
export type HiddenCharacter = {
  /** UTF-16 index and length. */
  readonly index: number;
  readonly length: number;
  readonly name: string;
  /** False where ordinary writing needs it: joiners inside words or emoji, direction marks beside right-to-left text. */
  readonly isSuspicious: boolean;
};

const names = new Map<number, string>([
  [0x00ad, 'soft hyphen'],
  [0x061c, 'Arabic letter mark'],
  [0x180e, 'Mongolian vowel separator'],
  [0x200b, 'zero width space'],
  [0x200c, 'zero width non-joiner'],
  [0x200d, 'zero width joiner'],
  [0x200e, 'left-to-right mark'],
  [0x200f, 'right-to-left mark'],
  [0x202a, 'left-to-right embedding'],
  [0x202b, 'right-to-left embedding'],
  [0x202c, 'pop directional formatting'],
  [0x202d, 'left-to-right override'],
  [0x202e, 'right-to-left override'],
  [0x2060, 'word joiner'],
  [0x2061, 'function application'],
  [0x2062, 'invisible times'],
  [0x2063, 'invisible separator'],
  [0x2064, 'invisible plus'],
  [0x2066, 'left-to-right isolate'],
  [0x2067, 'right-to-left isolate'],
  [0x2068, 'first strong isolate'],
  [0x2069, 'pop directional isolate'],
  [0xfeff, 'zero width no-break space'],
]);

const candidates =
  /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u{e0000}-\u{e0fff}]/gu;
const joiners = new Set([0x200c, 0x200d]);
const marks = new Set([0x200e, 0x200f, 0x061c]);
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
const flagBase = '\u{1f3f4}';

/** Every hidden character of a text, in order (security reference 4.2: bidi controls, zero width, tag characters). */
export function hiddenCharacters(text: string): HiddenCharacter[] {
  const found: HiddenCharacter[] = [];
  let isTagRunInFlag = false;
  let end = -1;
  for (const match of text.matchAll(candidates)) {
    const point = match[0].codePointAt(0) ?? 0;
    const isTag = point >= 0xe0000 && point <= 0xe007f;
    // Flags of England, Scotland and Wales are a black flag followed by tags; elsewhere tags smuggle text.
    if (isTag && match.index !== end) isTagRunInFlag = text.slice(0, match.index).endsWith(flagBase);
    end = match.index + match[0].length;
    found.push({
      index: match.index,
      length: match[0].length,
      name: nameOf(point),
      isSuspicious: isTag ? !isTagRunInFlag : isSuspicious(text, match.index, point),
    });
  }
  return found;
}

function isSuspicious(text: string, index: number, point: number): boolean {
  const before = text.slice(Math.max(0, index - 3), index);
  const after = text.slice(index + 1, index + 3);
  if (joiners.has(point)) {
    const joins = /[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}]\ufe0f?$/u.test(before);
    const next = /^[\p{L}\p{M}\p{Extended_Pictographic}\u2640\u2642\u2695]/u.test(after);
    return !(joins && next && /[\u0250-\u{10ffff}]/u.test(before + after));
  }
  if (marks.has(point)) return !rightToLeft.test(text);
  return point !== 0x00ad;
}

function nameOf(point: number): string {
  const code = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
  if (point >= 0xe0000 && point <= 0xe007f) return `tag character ${code}`;
  if (point >= 0xe0100 && point <= 0xe01ef) return `variation selector ${code}`;
  const name = names.get(point);
  return name ? `${name} ${code}` : code;
}
