import { folded, type Gazetteer, isCommonWord } from './gazetteer.ts';
import { openers } from './vocabulary.ts';

/** Signs of program text, where words are called as programmers like. */
const code = /[{};=<>_|\\]|\w\(|::/;
const word = /[\p{L}\p{M}'-]{3,40}/gu;

/**
 * A text without any capital, as quickly typed ones are, with capitals for first names, for what follows them and for
 * places. Of equal length; plain words stay small.
 */
export function raised(gazetteer: Gazetteer, text: string): string {
  if (code.test(text)) return text;
  let isAfterFirst = false;
  let end = -1;
  return text.replace(word, (found: string, at: number) => {
    const key = folded(found);
    const isPlain = openers.has(key) || gazetteer.commonWords.has(key) || isCommonWord(gazetteer, key);
    const follows = isAfterFirst && at === end + 1 && text[end] === ' ';
    const isFirst = !isPlain && key.length > 3 && gazetteer.firstNames.has(key);
    const isRaised =
      isFirst ||
      (!isPlain && gazetteer.places.has(key)) ||
      (follows && (gazetteer.surnames.has(key) ? !openers.has(key) : !isPlain));
    isAfterFirst = isFirst;
    end = at + found.length;
    const initial = found.charAt(0).toUpperCase();
    return isRaised && initial.length === 1 ? initial + found.slice(1) : found;
  });
}
