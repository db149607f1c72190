import { characterTable, separator } from '../near-duplicates/characters.ts';
import { patterns, scanned } from './patterns.ts';

/** Says whether an English word is spelt right, in this case; also names and words of the workspace. */
export type IsWord = (word: string) => boolean;

const [shortestWord, longestWord] = [4, 40];
const [basis, prime] = [0x811c9dc5 | 0, 0x01000193];
/** Different unknown words that are taken up; later ones are passed over. */
const maxUnknown = 20_000;

/**
 * Unknown lower-case words of English texts: code, links, names and anything with a digit are left out, because a
 * dictionary knows nothing about them. Words are cut by hand and known ones told by their hash: a pattern and a string
 * for each word take five times as long.
 */
export function createSpelling(isWord: IsWord): (text: string) => string[] {
  const right = createHashSet();
  const unknown = new Set<string>();
  const isUnknown = (word: string, hash: number): boolean => {
    if (unknown.has(word)) return true;
    if (unknown.size >= maxUnknown) return false;
    if (isWord(word.replace('’', "'"))) right.add(hash);
    else unknown.add(word);
    return unknown.has(word);
  };
  return (text) => {
    const wrong = new Set<string>();
    const prose = proseOf(scanned(text));
    let words = 0;
    eachPlainWord(prose, (start, end, hash) => {
      words += 1;
      if (right.has(hash)) return;
      const word = prose.slice(start, end);
      if (isUnknown(word, hash)) wrong.add(word);
    });
    // A text of which so much is unknown is in another language, or no text.
    return wrong.size >= 4 && wrong.size * 4 > words ? [] : [...wrong];
  };
}

/**
 * Hashes of at most 200,000 words in 2 MB. One unknown word in 20,000 has the hash of a known one and is passed over.
 */
function createHashSet() {
  const slots = new Int32Array(1 << 19);
  let free = 200_000;
  const slotOf = (hash: number): number => {
    let slot = Math.imul(hash, 0x9e3779b1) >>> 13;
    while (slots[slot] !== 0 && slots[slot] !== hash) slot = (slot + 1) & (slots.length - 1);
    return slot;
  };
  return {
    has: (hash: number): boolean => hash !== 0 && slots[slotOf(hash)] === hash,
    add(hash: number): void {
      if (free === 0) return;
      free -= 1;
      slots[slotOf(hash)] = hash;
    },
  };
}

function proseOf(text: string): string {
  const plain = text.includes('`') ? text.replaceAll(patterns.code, ' ') : text;
  return plain.includes('://') ? plain.replaceAll(patterns.link, ' ') : plain;
}

/** Visits runs of letters that are all of a to z (with an ending after an apostrophe) and stand by themselves. */
function eachPlainWord(text: string, visit: (start: number, end: number, hash: number) => void): void {
  for (let at = 0; at < text.length; at += 1) {
    if (!isInWord(text.charCodeAt(at))) continue;
    const start = at;
    let [isPlain, hash] = [true, basis];
    for (let unit = text.charCodeAt(at); isInWord(unit); unit = text.charCodeAt(at)) {
      isPlain &&= isPlainLetter(unit);
      hash = Math.imul(hash ^ unit, prime);
      at += 1;
    }
    if (isApostrophe(text.charCodeAt(at)) && isInWord(text.charCodeAt(at + 1))) {
      hash = Math.imul(hash ^ 0x27, prime);
      at += 1;
      for (let unit = text.charCodeAt(at); isInWord(unit); unit = text.charCodeAt(at)) {
        isPlain &&= isPlainLetter(unit);
        hash = Math.imul(hash ^ unit, prime);
        at += 1;
      }
    }
    const length = at - start;
    if (!isPlain || length < shortestWord || length > longestWord) continue;
    // A part of an address, a path or a name with a point in it is no word.
    if (/[@#/\\.-]/.test(text.charAt(start - 1)) || /[@/\\]/.test(text.charAt(at))) continue;
    visit(start, at, hash);
  }
}

const isPlainLetter = (unit: number): boolean => unit > 0x60 && unit < 0x7b;
const isApostrophe = (unit: number): boolean => unit === 0x27 || unit === 0x2019;

/** Letters, digits, marks and `_`, of scripts without spaces too; not a half of an emoji. */
function isInWord(unit: number): boolean {
  if (isPlainLetter(unit)) return true;
  return (characterTable()[unit] ?? 0) >>> 16 !== separator && !(unit >= 0xd800 && unit < 0xe000);
}

const letters = 'abcdefghijklmnopqrstuvwxyz';

/**
 * A right word that is one slip inside of the word away (two letters swapped, one missing, one too many, one wrong); null
 * when there is none. The first letter is seldom wrong, and a last one more or less is a form the dictionary lacks.
 */
export function oneSlipAway(word: string, isWord: IsWord): string | null {
  if (isWord(`${word.charAt(0).toUpperCase()}${word.slice(1)}`)) return null;
  for (let at = 1; at < word.length; at += 1) {
    const [before, after] = [word.slice(0, at), word.slice(at)];
    const isLast = after.length === 1;
    const swapped = `${before}${after[1] ?? ''}${after[0] ?? ''}${after.slice(2)}`;
    if (!isLast && isWord(swapped)) return swapped;
    const shorter = `${before}${after.slice(1)}`;
    if ((!isLast || after === before.at(-1)) && isWord(shorter)) return shorter;
    for (const letter of letters) {
      if (isWord(`${before}${letter}${after}`)) return `${before}${letter}${after}`;
      if (isWord(`${before}${letter}${after.slice(1)}`)) return `${before}${letter}${after.slice(1)}`;
    }
  }
  return null;
}
