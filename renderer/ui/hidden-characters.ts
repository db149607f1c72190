export type HiddenCharacter = { code: string; short: string; name: string };

export type TextPart =
  | { kind: 'text'; start: number; text: string; isMarked: boolean }
  | { kind: 'hidden'; start: number; hidden: HiddenCharacter };

const known: Record<number, [short: string, name: string]> = {
  173: ['SHY', 'soft hyphen'],
  1564: ['ALM', 'Arabic letter mark'],
  6158: ['MVS', 'Mongolian vowel separator'],
  8203: ['ZWSP', 'zero-width space'],
  8204: ['ZWNJ', 'zero-width non-joiner'],
  8205: ['ZWJ', 'zero-width joiner'],
  8206: ['LRM', 'left-to-right mark'],
  8207: ['RLM', 'right-to-left mark'],
  8232: ['LS', 'line separator'],
  8233: ['PS', 'paragraph separator'],
  8234: ['LRE', 'left-to-right embedding'],
  8235: ['RLE', 'right-to-left embedding'],
  8236: ['PDF', 'end of embedding'],
  8237: ['LRO', 'left-to-right override'],
  8238: ['RLO', 'right-to-left override'],
  8288: ['WJ', 'word joiner'],
  8294: ['LRI', 'left-to-right isolate'],
  8295: ['RLI', 'right-to-left isolate'],
  8296: ['FSI', 'first-strong isolate'],
  8297: ['PDI', 'end of isolate'],
  12644: ['HF', 'Hangul filler'],
  65279: ['BOM', 'byte order mark'],
  65532: ['OBJ', 'object replacement character'],
};

/** Control and format characters, lone surrogates, private use, tags, fillers; not tab, line feed and emoji parts. */
const hiddenPattern = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029\u3164\uFFFC]|[\u{E0100}-\u{E01EF}]/gu;

const emojiBefore = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier})\uFE0F?$/u;
const emojiAfter = /^\p{Extended_Pictographic}/u;
const flagTagBefore = /\u{1F3F4}[\u{E0020}-\u{E007E}]*$/u;

/** A joiner inside a family or profession emoji, or the tags of a flag, is part of a visible character. */
function isPartOfEmoji(text: string, place: number, code: number): boolean {
  const before = text.slice(Math.max(0, place - 24), place);
  if (code === 8205) return emojiBefore.test(before) && emojiAfter.test(text.slice(place + 1, place + 5));
  if (code >= 0xe0020 && code <= 0xe007f) return flagTagBefore.test(before);
  return false;
}

function characterOf(code: number): HiddenCharacter {
  const hex = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const [short, name] = known[code] ?? [];
  if (short && name) return { code: hex, short, name };
  if (code >= 0xe0000 && code <= 0xe007f) return { code: hex, short: 'TAG', name: 'tag character' };
  if (code >= 0xd800 && code <= 0xdfff) return { code: hex, short: 'LONE', name: 'half of a character' };
  if (code < 32 || (code >= 127 && code < 160))
    return { code: hex, short: hex.slice(2), name: 'control character' };
  return { code: hex, short: hex, name: 'invisible character' };
}

const isPlain = (code: number): boolean => code === 9 || code === 10;

type Mark = { start: number; end: number };

function pushText(parts: TextPart[], piece: { text: string; start: number }, mark: Mark | undefined): void {
  const end = piece.start + piece.text.length;
  const cuts = mark ? [mark.start, mark.end].filter((cut) => cut > piece.start && cut < end) : [];
  let from = piece.start;
  for (const to of [...cuts, end]) {
    if (to === from) continue;
    const isMarked = mark !== undefined && from >= mark.start && to <= mark.end;
    parts.push({
      kind: 'text',
      start: from,
      text: piece.text.slice(from - piece.start, to - piece.start),
      isMarked,
    });
    from = to;
  }
}

/** Cuts `text` into what can be seen and what cannot; the parts joined again are the text. Offsets are UTF-16. */
export function hiddenParts(text: string, mark?: Mark): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(hiddenPattern)) {
    const code = match[0].codePointAt(0) ?? 0;
    if (isPlain(code) || isPartOfEmoji(text, match.index, code)) continue;
    pushText(parts, { text: text.slice(from, match.index), start: from }, mark);
    parts.push({ kind: 'hidden', start: match.index, hidden: characterOf(code) });
    from = match.index + match[0].length;
  }
  pushText(parts, { text: text.slice(from), start: from }, mark);
  return parts;
}
