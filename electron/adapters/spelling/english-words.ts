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
  [/lment(s?)$/, 'llment$1'],
  [/ae/, 'e'],
];

/** Whether one of the endings may be there: one look instead of eight, since most words have none. */
const mayBeBritish =
  /our|ae|(?:[iy]s(?:e[drs]?|ing)|isations?|tres?|ogues?|ll(?:ed|ing|ers?)|ences?|lments?)$/;

/**
 * Whether a word is English as written in America or Britain; loads the dictionary (0.5 s, 60 MB) at the call. Every form
 * is written out once, since the speller tries compounds for each word it does not know.
 */
export function createEnglishWords(): (word: string) => boolean {
  const speller: Speller = nspell(dictionary);
  const forms = new Set(Object.keys(speller.data ?? {}).filter((form) => speller.correct(form)));
  return (word) =>
    forms.has(word) ||
    (mayBeBritish.test(word) &&
      britishEndings.some(([ending, american]) => {
        const variant = word.replace(ending, american);
        return variant !== word && forms.has(variant);
      }));
}

/** What the types of the package leave out: every form it knows, with its flags. */
type Speller = ReturnType<typeof nspell> & { readonly data?: Readonly<Record<string, unknown>> };
