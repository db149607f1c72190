import type { CapitalWord } from './capital-runs.ts';
import { type Gazetteer, isCommonWord } from './gazetteer.ts';
import { openers } from './vocabulary.ts';

/** First words of the names of places that are called after something else. */
const beginnings = new Set(
  'north south east west new lake port fort mount upper lower great little cape'.split(' '),
);
const ending =
  /^(?<stem>.{3,}?)(?:e?s)?(?:town|ton|land|ville|berg|burg|burgh|borough|bury|view|port|mouth|stadt?|furt|chester|fort|haven|side|shire)$/;

/** True for a word in no list that ends as towns do, after a name: `Emilyport`, `Burkeville`. */
function isCalledAfter({ firstNames, surnames }: Gazetteer, key: string): boolean {
  if (firstNames.has(key) || surnames.has(key)) return false;
  const stem = ending.exec(key)?.groups?.stem;
  return (
    stem !== undefined &&
    stem.length > 3 &&
    (firstNames.has(stem) || surnames.has(stem) || surnames.has(`${stem}s`))
  );
}

const geography = new Set(
  'mountain mountains lake river valley beach island islands bay creek falls canyon forest park bridge county province district peninsula springs heights glacier desert harbor harbour reef gorge'.split(
    ' ',
  ),
);

/** Those of them that people are called. */
const familyNames = new Set('park lake forest hills springs bridge beach falls'.split(' '));

/** `Hudson River`, `Cook County`, `Olympic National Park`: a word that is no plain one before a kind of land or water. */
function geographyLength(gazetteer: Gazetteer, words: readonly CapitalWord[], index: number): number {
  const first = words[index];
  if (!first || openers.has(first.key) || gazetteer.groups.has(first.key)) return 0;
  const isPerson = gazetteer.firstNames.has(first.key) && !gazetteer.places.has(first.key);
  for (let length = 2; length < 4; length += 1) {
    const last = words[index + length - 1];
    if (!last || last.isUpper) return 0;
    if (!geography.has(last.key)) continue;
    if (
      last.key !== 'county' &&
      ((isPerson && familyNames.has(last.key)) || (length > 2 && words[index + 1]?.hasStop))
    )
      return 0;
    const isNamed =
      !isCommonWord(gazetteer, first.key) || gazetteer.places.has(first.key) || last.key === 'county';
    return isNamed ? length : 0;
  }
  return 0;
}

/** How many words at `index` are a place by how it is called: `Lake Jeremy`, `New Emilyport`; 0 when they are none. */
export function placeFormLength(gazetteer: Gazetteer, words: readonly CapitalWord[], index: number): number {
  const word = words[index];
  const previous = words[index - 1];
  if (!word || word.isUpper || (previous && gazetteer.firstNames.has(previous.key))) return 0;
  const next = words[index + 1];
  if (next && !next.isUpper && beginnings.has(word.key) && words.length < index + 4) {
    const isName = gazetteer.firstNames.has(next.key) || gazetteer.surnames.has(next.key);
    const isPlain = gazetteer.commonWords.has(next.key);
    const third = words[index + 2];
    const isPerson = third !== undefined && gazetteer.surnames.has(third.key);
    if (
      (((isName || gazetteer.places.has(next.key)) && !isPlain) || isCalledAfter(gazetteer, next.key)) &&
      !isPerson
    )
      return 2;
  }
  const natural = geographyLength(gazetteer, words, index);
  if (natural > 0) return natural;
  return word.key.length > 6 && !isCommonWord(gazetteer, word.key) && isCalledAfter(gazetteer, word.key)
    ? 1
    : 0;
}
