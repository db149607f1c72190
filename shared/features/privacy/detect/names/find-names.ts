import type { Confidence, Detection } from '../../privacy.model.ts';
import { type CapitalRun, type CapitalWord, capitalRuns } from './capital-runs.ts';
import { folded, type Gazetteer, isCommonWord } from './gazetteer.ts';
import { organisationIn } from './organisation.ts';
import { findEastAsian } from './east-asian.ts';
import { findEchoes, type Leftover } from './echoes.ts';
import { findJoined, findPartnerships, findPossessed } from './partnerships.ts';
import { isGermanText, judgePerson } from './person.ts';
import { smallNames, spokenNames } from './small-names.ts';
import { isLedIn, placeByContext } from './place-context.ts';
import { placeFormLength } from './place-forms.ts';
import { findParties, findReversed } from './reversed.ts';
import { openers, titles } from './vocabulary.ts';

type Add = (one: Detection) => void;

/** One look at a text. */
type Look = {
  readonly gazetteer: Gazetteer;
  readonly text: string;
  readonly add: Add;
  /** Single words of which nothing is known yet, for the second look. */
  readonly leftovers: Leftover[];
  readonly isGerman: () => boolean;
};

/** People, organisations, places and groups by word lists and context: the less certain tier. */
export function findNames(gazetteer: Gazetteer, text: string, add: Add): void {
  const people: Detection[] = [];
  let german: boolean | undefined;
  const look: Look = {
    gazetteer,
    text,
    leftovers: [],
    isGerman: () => (german ??= isGermanText(text)),
    add(one) {
      if (one.type === 'PERSON') people.push(one);
      add(one);
    },
  };
  for (const run of capitalRuns(text)) {
    for (const part of withoutOrganisation(look, run)) splitAtPlaces(look, part);
  }
  for (const one of findEchoes({ text, gazetteer }, look.leftovers, people)) add(one);
  findReversed(gazetteer, text, add);
  findEastAsian(text, add);
  findPartnerships(gazetteer, text, add);
  findJoined(gazetteer, text, add);
  findPossessed(text, add);
  findParties(gazetteer, text, add);
  smallNames(gazetteer, text, add);
  if (/name|appelle|chiamo|llamo|naam|nome|ich hei|call me/.test(text)) spokenNames(gazetteer, text, add);
}

function withoutOrganisation({ gazetteer, text, add }: Look, run: CapitalRun): CapitalRun[] {
  const found = organisationIn(gazetteer, text, run);
  if (!found) return [run];
  add({
    start: found.start,
    end: found.end,
    type: 'ORGANIZATION',
    confidence: found.confidence,
    rule: found.rule,
  });
  const rest = (words: readonly CapitalWord[], isOpening: boolean): CapitalRun[] =>
    words.length > 0 ? [{ words, isOpening }] : [];
  return [
    ...rest(
      run.words.filter((word) => word.end <= found.start),
      run.isOpening,
    ),
    ...rest(
      run.words.filter((word) => word.start >= found.end),
      false,
    ),
  ];
}

const maxPlaceWords = 4;

/** Takes places and groups out of a run; what stands between them may be people. */
function splitAtPlaces(look: Look, run: CapitalRun): void {
  const { gazetteer, text, add } = look;
  const { words } = run;
  let from = 0;
  let index = 0;
  const person = (to: number): void =>
    addPerson(look, { words: words.slice(from, to), isOpening: run.isOpening && from === 0 });
  while (index < words.length) {
    const length = placeLength(gazetteer, words, index);
    const word = words[index];
    const formed = length > 0 ? 0 : placeFormLength(gazetteer, words, index);
    if (formed > 0) {
      person(index);
      const [first, last] = [words[index], words[index + formed - 1]];
      if (first && last)
        add({
          start: first.start,
          end: last.end,
          type: 'LOCATION',
          confidence: formed > 1 ? 'medium' : 'low',
          rule: 'location.formed',
        });
      index += formed;
      from = index;
      continue;
    }
    if (length > 0 && word && !isNameRather(gazetteer, text, { words, index, length })) {
      person(index);
      addPlace(look, { words, index, length, isOpening: run.isOpening });
      index += length;
      from = index;
      continue;
    }
    if (word && gazetteer.groups.has(word.key)) {
      person(index);
      if (!isLanguage(text, word))
        add({ start: word.start, end: word.end, type: 'OTHER', confidence: 'low', rule: 'group.named' });
      from = index + 1;
    }
    index += 1;
  }
  person(words.length);
}

/** What stands between a title and the first capital of a name: `Mrs. van der Velde`. */
const leadingParticles =
  /(?<=\s)(?:(?:van|von|der|den|de|del|di|da|dos|du|la|le|al|el|bin|ter|ten|zu)\s){1,3}$/;

function addPerson(look: Look, run: CapitalRun): void {
  const { gazetteer, text, add } = look;
  if (run.words.length === 0) return;
  const found = judgePerson(look, run);
  const first = found && run.words[found.first];
  const last = found && run.words[found.last];
  if (found?.confidence !== 'high' && found?.confidence !== 'medium') {
    const place = placeByContext(gazetteer, text, run);
    if (place) {
      add(place);
      return;
    }
  }
  if (!found || !first || !last) {
    const [word] = run.words;
    if (run.words.length === 1 && word && !word.isUpper && !isPlain(gazetteer, word))
      look.leftovers.push({ word });
    return;
  }
  const particles =
    found.rule === 'person.titled'
      ? leadingParticles.exec(text.slice(Math.max(0, first.start - 20), first.start))
      : null;
  const start = first.start - (particles?.[0].length ?? 0);
  add({ start, end: last.end, type: 'PERSON', confidence: found.confidence, rule: found.rule });
}

function placeLength(gazetteer: Gazetteer, words: readonly CapitalWord[], index: number): number {
  if (!gazetteer.placeStarts.has(words[index]?.key ?? '')) return 0;
  const most = Math.min(maxPlaceWords, words.length - index);
  for (let length = most; length > 0; length -= 1) {
    const name = words
      .slice(index, index + length)
      .map(({ key }) => key)
      .join(' ');
    if (name.length > 2 && gazetteer.places.has(name)) return length;
  }
  return 0;
}

const smallTitle =
  /\b(?:señora?|señorita|doña|don|monsieur|madame|mademoiselle|signora?|signorina|senhora?|dona|mevrouw|meneer|mr|mrs|ms|miss|dr)\.? $/;

const languages =
  /^(?:english|french|german|spanish|italian|portuguese|russian|chinese|japanese|korean|arabic|hindi|turkish|polish|dutch|swedish|danish|norwegian|finnish|greek|czech|hungarian|romanian|bulgarian|croatian|serbian|ukrainian|vietnamese|thai|indonesian|persian|hebrew|welsh|irish|bengali|urdu|nepali|azerbaijani|armenian|georgian|latvian|lithuanian|estonian|slovak|slovenian|icelandic|albanian|macedonian|mongolian|filipino|kazakh|uzbek|somali|burmese)$/;

/** A language is spoken and translated into; it says nothing about a person. */
function isLanguage(text: string, { key, start, end }: CapitalWord): boolean {
  if (!languages.test(key)) return false;
  if (
    /(?:\b(?:to|into|in|from|speaks?|speaking|spoke|spoken|learn(?:ing|ed|s)?|fluent in|taught|teach(?:es)?|stud(?:y|ies|ied|ying)|write|written|read|reads|translated?) |["/>*-] ?|(?<!nationality|citizenship|ethnicity|national|origin): ?|^)$/i.test(
      text.slice(Math.max(0, start - 16), start),
    )
  )
    return !/^ (?:man|woman|people|citizens?|national|government|minister|president|embassy|family|boy|girl|students?|immigrants?|soldiers?|police|army|tourists?|national|nationals|descent|origin|friends?|wife|husband|actors?|singers?|authors?|players?|workers?|parents?|grandmother|grandfather|mother|father)\b/.test(
      text.slice(end, end + 14),
    );
  return /^(?:[-:/"]| (?:translations?|languages?|words?|sentences?|phrases?|versions?|texts?|class(?:es)?|lessons?|course|teacher|grammar|speakers?|dictionary|alphabet|names?|equivalent|pronunciation|vocabulary|to|into|or|and|fries|toast|bread|food|cuisine|restaurant|wine|cheese|literature|subtitles|keyboard|letters?|script|verbs?|nouns?|accent)\b)/i.test(
    text.slice(end, end + 16),
  );
}

type Place = { words: readonly CapitalWord[]; index: number; length: number };

/** Places that are also names (Paris, Jordan, Florence) are names before a surname and where no place is led in. */
function isNameRather(gazetteer: Gazetteer, text: string, { words, index, length }: Place): boolean {
  const word = words[index];
  if (!word || length > 1) return false;
  const isFirst = gazetteer.firstNames.has(word.key);
  const isLast = gazetteer.surnames.has(word.key);
  const next = words[index + 1];
  const previous = words[index - 1];
  if (previous && titles.has(previous.key)) return true;
  if (isLast && smallTitle.test(text.slice(Math.max(0, word.start - 14), word.start))) return true;
  // `Timothy Dutton`: a town right behind a first name is the family name.
  if (
    previous &&
    gazetteer.firstNames.has(previous.key) &&
    !gazetteer.commonWords.has(previous.key) &&
    !gazetteer.places.has(previous.key)
  )
    return true;
  if (previous && (isLast || isFirst) && gazetteer.firstNames.has(previous.key)) return true;
  if (
    next &&
    isFirst &&
    (gazetteer.surnames.has(next.key) ||
      !(isCommonWord(gazetteer, next.key) || gazetteer.places.has(next.key)))
  )
    return true;
  return isFirst && !isLedIn(gazetteer, text, word.start);
}

function isPlain(gazetteer: Gazetteer, { key, text }: CapitalWord): boolean {
  const isName = gazetteer.surnames.has(key) || gazetteer.firstNames.has(key);
  return (
    text.length < 3 ||
    openers.has(key) ||
    (isName ? gazetteer.commonWords.has(key) : isCommonWord(gazetteer, key))
  );
}

function addPlace(look: Look, place: Place & { isOpening: boolean }): void {
  const { gazetteer, text, add } = look;
  const first = place.words[place.index];
  const last = place.words[place.index + place.length - 1];
  if (!first || !last) return;
  const isCommon = place.length === 1 && isCommonWord(gazetteer, first.key);
  const leads = isLedIn(gazetteer, text, first.start);
  if (isCommon && !leads) return;
  if (first.isUpper && first.text.length < 3 && !leads) return;
  const isName = gazetteer.surnames.has(first.key) || gazetteer.firstNames.has(first.key);
  const isAfterPlace =
    text[first.start - 2] === ',' &&
    gazetteer.places.has(
      folded(
        /(?<name>\p{Lu}[\p{L}'.-]{1,24}),$/u.exec(text.slice(Math.max(0, first.start - 28), first.start - 1))
          ?.groups?.name ?? '',
      ),
    );
  const isPerhapsName =
    place.length === 1 && isName && !isAfterPlace && (!leads || text[first.start - 2] === ',');
  if (isPerhapsName) look.leftovers.push({ word: first });
  const confidence: Confidence = isCommon || isPerhapsName ? 'low' : 'medium';
  add({ start: first.start, end: last.end, type: 'LOCATION', confidence, rule: 'location.named' });
}
