import dictionary from 'dictionary-en';
import nspell from 'nspell';

/** British endings and what they are in the American dictionary. */
const britishEndings: readonly (readonly [RegExp, string])[] = [
  [/our/, 'or'],
  [/is(e[drs]?|ing|ation|ations)$/, 'iz$1'],
  [/ys(e[drs]?|ing)$/, 'yz$1'],
  [/tre(s?)$/, 'ter$1'],
  [/ogue(s?)$/, 'og$1'],
  [/ll(ed|ing|er|ers)$/, 'l$1'],
  [/ence(s?)$/, 'ense$1'],
  [/ae/, 'e'],
];

/** Whether a word is English as written in America or Britain; loads the dictionary (0.2 s, 60 MB) at the call. */
export function createEnglishWords(): (word: string) => boolean {
  const speller = nspell(dictionary);
  return (word) =>
    speller.correct(word) ||
    britishEndings.some(([ending, american]) => {
      const variant = word.replace(ending, american);
      return variant !== word && speller.correct(variant);
    });
}
