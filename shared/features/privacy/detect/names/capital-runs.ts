import { folded } from './gazetteer.ts';

/** A word that begins with a capital. `key` is its folded form without a possessive, `end` is before the possessive. */
export type CapitalWord = {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly key: string;
  /** An initial (`J.`) or an abbreviation with a full stop. */
  readonly hasStop: boolean;
  readonly isUpper: boolean;
};

/** Capitalised words in a row, parted by one space or by the particles of names (`van der`, `de la`). */
export type CapitalRun = {
  readonly words: readonly CapitalWord[];
  /** True when a sentence, a line or a quotation begins here, where any word has a capital. */
  readonly isOpening: boolean;
};

const word = /\p{Lu}[\p{L}\p{M}]{0,40}(?:['-]\p{L}[\p{L}\p{M}]{0,40}){0,4}(?:\.(?:\p{Lu}\.){0,3})?/gu;
const gap =
  /^(?:[ \t]{1,2}|-)(?:(?:(?:van|von|der|den|de|del|della|dell|da|das|do|dos|di|du|la|le|las|los|bin|ibn|bint|al|el|ter|ten|ap|zu|zum|zur|af|av|y|e|san|st)\.?[ \t]|(?:al|el|ul|as|ad|ar|an|ben)-){1,3})?$/;

/** All runs of capitalised words of a text, in order; at most six words each. */
export function* capitalRuns(text: string): Generator<CapitalRun> {
  let words: CapitalWord[] = [];
  let isOpening = false;
  const expression = new RegExp(word);
  for (let match = expression.exec(text); match; match = expression.exec(text)) {
    const start = match.index;
    const previous = words.at(-1);
    if (!previous || !joins(text, previous, start) || words.length > 5) {
      if (words.length > 0) yield { words, isOpening };
      if (start > 0 && /[\p{L}\p{N}_@#/\\]/u.test(text[start - 1] ?? '')) {
        words = [];
        continue;
      }
      words = [];
      if (/[\d_@/\\=]/.test(text[start + match[0].length] ?? '')) continue;
      isOpening = opens(text, start);
    }
    words.push(toWord(match[0], start));
  }
  if (words.length > 0) yield { words, isOpening };
}

function toWord(found: string, start: number): CapitalWord {
  const possessive = /'[sS]$/.exec(found);
  const bare = possessive ? found.slice(0, -2) : found;
  const hasStop = bare.endsWith('.');
  const text = hasStop && !/^\p{Lu}\.|\.\p{Lu}\.$/u.test(bare) ? bare.slice(0, -1) : bare;
  const letters = bare.replace(/[^\p{L}]/gu, '');
  return {
    start,
    end: start + text.length,
    text,
    key: folded(text.replace(/\.$/, '')),
    hasStop,
    isUpper: letters.length > 1 && letters === letters.toUpperCase(),
  };
}

function joins(text: string, previous: CapitalWord, start: number): boolean {
  const { end, hasStop } = previous;
  if (start - end > 16) return false;
  const between = text.slice(end, start);
  if (hasStop && between.startsWith('.'))
    return isAbbreviation(previous) && (between === '.' || gap.test(between.slice(1)));
  return gap.test(between);
}

const abbreviations =
  /^(?:mr|mrs|ms|mx|dr|prof|st|sr|jr|sra|srta|mme|mlle|rev|hon|capt|lt|col|gen|sgt|fr|ing|dipl|mag|phd|drs|ir)$/;

function isAbbreviation({ key, text }: CapitalWord): boolean {
  return text.length === 1 || abbreviations.test(key);
}

function opens(text: string, start: number): boolean {
  let at = start - 1;
  while (at >= 0 && (text[at] === ' ' || text[at] === '\t')) at -= 1;
  return at < 0 || /[.!?:;\n\r"'“”‘«»([{•*>|#-]/.test(text[at] ?? '');
}
