import type { CapitalWord } from './capital-runs.ts';
import { type Gazetteer, isCommonWord } from './gazetteer.ts';

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
    if (((isName && !isPlain) || isCalledAfter(gazetteer, next.key)) && !isPerson) return 2;
  }
  return word.key.length > 6 && !isCommonWord(gazetteer, word.key) && isCalledAfter(gazetteer, word.key)
    ? 1
    : 0;
}
