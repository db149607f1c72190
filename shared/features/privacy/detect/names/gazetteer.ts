/** Word lists behind names, places and organisations; all in lower case without accents. */
export type Gazetteer = {
  readonly firstNames: ReadonlySet<string>;
  readonly surnames: ReadonlySet<string>;
  readonly places: ReadonlySet<string>;
  readonly organisations: ReadonlySet<string>;
  /** Nationalities, peoples, religions and political groups. */
  readonly groups: ReadonlySet<string>;
  /** English words in their base form, against which an unknown capitalised word is held. */
  readonly commonWords: ReadonlySet<string>;
  /** First words of places and of organisations, so that most words need no look for longer names. */
  readonly placeStarts: ReadonlySet<string>;
  readonly organisationStarts: ReadonlySet<string>;
};

/** The files of `resources/privacy` as they are read: entries parted by line ends (or spaces where no entry has one). */
export type GazetteerFiles = Readonly<
  Record<Exclude<keyof Gazetteer, 'placeStarts' | 'organisationStarts'>, string>
>;

/** Reads the lists; lines that begin with `#` tell where a list comes from. */
export function readGazetteer(files: GazetteerFiles): Gazetteer {
  const words = (text: string): Set<string> => new Set(entries(text, /\s+/));
  const phrases = (text: string): Set<string> => new Set(entries(text, /[\n,]/));
  const places = phrases(files.places);
  const organisations = phrases(files.organisations);
  const starts = (names: ReadonlySet<string>): Set<string> =>
    new Set([...names].map((name) => name.split(' ')[0] ?? ''));
  return {
    placeStarts: starts(places),
    organisationStarts: starts(organisations),
    firstNames: words(files.firstNames),
    surnames: words(files.surnames),
    places,
    organisations,
    groups: words(files.groups),
    commonWords: words(files.commonWords),
  };
}

function entries(text: string, separator: RegExp): string[] {
  return text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .split(separator)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** A word as the lists have it: lower case, without accents. Length may change. */
export function folded(word: string): string {
  const known = foldedWords.get(word);
  if (known !== undefined) return known;
  const plain = fold(word);
  if (foldedWords.size >= mostForms) foldedWords.clear();
  foldedWords.set(word, plain);
  return plain;
}

const foldedWords = new Map<string, string>();

function fold(word: string): string {
  const lower = word.toLowerCase();
  for (let index = 0; index < lower.length; index += 1) {
    if (lower.charCodeAt(index) > 127) return foldedForeign(lower);
  }
  return lower;
}

const foreign: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  ø: 'o',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

function foldedForeign(lower: string): string {
  return lower
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßæøœłđðþı]/g, (char) => foreign[char] ?? char);
}

const endings: readonly (readonly [RegExp, string])[] = [
  [/ies$/, 'y'],
  [/(?:es|ed|er|ly|s|d|r)$/, ''],
  [/(?:ing|est|ers|able|ment|ness)$/, ''],
  [/(?:ing|ed|er)$/, 'e'],
  [/([a-z])\1(?:ing|ed|er)$/, '$1'],
  [/iness$|ily$|ier$/, 'y'],
  [/(?:ations?|ators?)$/, 'ate'],
];

/** True when a folded word, or the word it is a form of, is a common one. */
export function isCommonWord({ commonWords }: Gazetteer, word: string): boolean {
  if (commonWords.has(word)) return true;
  const known = commonForms.get(word);
  if (known !== undefined) return known;
  const isCommon = isFormOfCommon(commonWords, word);
  if (commonForms.size >= mostForms) commonForms.clear();
  commonForms.set(word, isCommon);
  return isCommon;
}

/** Words repeat, and working out their base form is what costs most; one program has one list of common words. */
const commonForms = new Map<string, boolean>();
const mostForms = 20_000;

function isFormOfCommon(commonWords: ReadonlySet<string>, word: string): boolean {
  return endings.some(([ending, base]) => {
    const stem = word.replace(ending, base);
    return stem !== word && stem.length > 2 && commonWords.has(stem);
  });
}
