import { patterns, scanned } from './patterns.ts';

/** Says whether an English word is spelt right, in this case; also names and words of the workspace. */
export type IsWord = (word: string) => boolean;

const shortestWord = 4;
const rememberedWords = 200_000;

/**
 * Unknown lower-case words of English texts: code, links, names and anything with a digit are left out, because a
 * dictionary knows nothing about them.
 */
export function createSpelling(isWord: IsWord): (text: string) => string[] {
  const known = new Map<string, boolean>();
  return (text) => {
    const prose = scanned(text).replaceAll(patterns.code, ' ').replaceAll(patterns.link, ' ');
    const wrong = new Set<string>();
    for (const { 0: word, index } of prose.matchAll(patterns.word)) {
      if (word.length < shortestWord || !/^[a-z]+(?:['’][a-z]+)?$/.test(word)) continue;
      if (/[\d@#/\\_.-]/.test(prose[index - 1] ?? '') || /[\d@/\\_]/.test(prose[index + word.length] ?? ''))
        continue;
      let isRight = known.get(word);
      if (isRight === undefined) {
        isRight = isWord(word.replace('’', "'"));
        if (known.size < rememberedWords) known.set(word, isRight);
      }
      if (!isRight) wrong.add(word);
    }
    return [...wrong];
  };
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
