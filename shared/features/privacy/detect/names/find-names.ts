import type { Confidence, Detection } from '../../privacy.model.ts';
import { type CapitalRun, type CapitalWord, capitalRuns } from './capital-runs.ts';
import { type Gazetteer, isCommonWord } from './gazetteer.ts';
import { organisationIn } from './organisation.ts';
import { judgePerson, spokenNames } from './person.ts';
import { placeLeads, titles } from './vocabulary.ts';

type Add = (one: Detection) => void;

/** One look at a text. */
type Look = { readonly gazetteer: Gazetteer; readonly text: string; readonly add: Add };

/** People, organisations, places and groups by word lists and context: the less certain tier. */
export function findNames(gazetteer: Gazetteer, text: string, add: Add): void {
  const look = { gazetteer, text, add };
  for (const run of capitalRuns(text)) {
    for (const part of withoutOrganisation(look, run)) splitAtPlaces(look, part);
  }
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
    if (length > 0 && word && !isNameRather(gazetteer, text, { words, index, length })) {
      person(index);
      addPlace(look, { words, index, length, isOpening: run.isOpening });
      index += length;
      from = index;
      continue;
    }
    if (word && gazetteer.groups.has(word.key)) {
      person(index);
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

function addPerson({ gazetteer, text, add }: Look, run: CapitalRun): void {
  if (run.words.length === 0) return;
  const found = judgePerson(gazetteer, text, run);
  const first = found && run.words[found.first];
  const last = found && run.words[found.last];
  if (!found || !first || !last) return;
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
  if (previous && (isLast || isFirst) && gazetteer.firstNames.has(previous.key)) return true;
  if (
    next &&
    isFirst &&
    (gazetteer.surnames.has(next.key) ||
      !(isCommonWord(gazetteer, next.key) || gazetteer.places.has(next.key)))
  )
    return true;
  return isFirst && !isLedIn(text, word.start);
}

function isLedIn(text: string, start: number): boolean {
  return (
    placeLeads.test(text.slice(Math.max(0, start - 14), start)) ||
    /, ?$/.test(text.slice(Math.max(0, start - 2), start))
  );
}

function addPlace({ gazetteer, text, add }: Look, place: Place & { isOpening: boolean }): void {
  const first = place.words[place.index];
  const last = place.words[place.index + place.length - 1];
  if (!first || !last) return;
  const isCommon = place.length === 1 && isCommonWord(gazetteer, first.key);
  const leads = isLedIn(text, first.start);
  if (isCommon && !leads) return;
  if (first.isUpper && first.text.length < 3 && !leads) return;
  const confidence: Confidence =
    isCommon || (place.length === 1 && gazetteer.surnames.has(first.key) && !leads) ? 'low' : 'medium';
  add({ start: first.start, end: last.end, type: 'LOCATION', confidence, rule: 'location.named' });
}
