import type { Confidence } from '../../privacy.model.ts';
import type { CapitalRun, CapitalWord } from './capital-runs.ts';
import { type Gazetteer, isCommonWord } from './gazetteer.ts';
import { looksLikeSurname } from './surname-forms.ts';
import { goesOnSmall, wordBefore } from './surroundings.ts';
import {
  companyEndings,
  institutionEndings,
  openers,
  titles,
  weakEndings,
  weakTitles,
} from './vocabulary.ts';

/** What is known about one capitalised word. */
type Known = { isFirst: boolean; isLast: boolean; isCommon: boolean; isInitial: boolean; isUnknown: boolean };

function knownOf(gazetteer: Gazetteer, word: CapitalWord): Known {
  const parts = word.key.split('-');
  const isFirst = parts.every((part) => gazetteer.firstNames.has(part)) || gazetteer.firstNames.has(word.key);
  const isInitial = /^\p{L}(?:\.|$)|^(?:\p{Lu}\.){1,3}$/u.test(word.text);
  const isListed = parts.some((part) => gazetteer.surnames.has(part)) || gazetteer.surnames.has(word.key);
  // A known name is a plain word only when it is one as it stands: Becker is no form of “beck”.
  const isCommon =
    !isInitial && (isListed ? gazetteer.commonWords.has(word.key) : isCommonWord(gazetteer, word.key));
  const isLast = isListed || (!isCommon && !isFirst && looksLikeSurname(word.key));
  const isUnknown = !isFirst && !isLast && !isCommon && !isInitial && /\p{Ll}/u.test(word.text);
  return { isFirst, isLast, isCommon, isInitial, isUnknown };
}

const greeting =
  /(?:\b(?:hi|hello|hey|dear|hallo|liebe|lieber|bonjour|cher|chère|hola|querid[oa]|estimad[oa]|ciao|gentile|caro|cara|olá|thanks|thank you|cheers|regards|wishes|sincerely|yours|love|grüßen|grüße|cordialement|saludos|saluti|signed|from|attn:?|attention|cc|by|to|mr|ms|and|with|named|called|name is|am|i'm|this is|it's|name:|contact|met|ask(?:ed)?|told|call(?:ed)?|email(?:ed)?|for|sister|brother|mother|father|mum|mom|dad|wife|husband|son|daughter|friend|boss|manager|colleague|partner|doctor|uncle|aunt|cousin|neighbou?r|teacher|owner|ceo|cto|cfo|director|president|author|actor|actress|singer|writer|starring|patient|employee|client|student|user|customer|witness|guest|agent|speaker|meet|birthday|back|its),?\s{1,3})$/i;
const sure =
  /\b(?:my name is|name's|named|i am|i'm|this is|nombre es|me llamo|je m'appelle|mi chiamo|ich heiße|mein name ist|nome é|(?:ms|mr|mrs|dr|miss|prof|señora?|señorita|doña|don|monsieur|madame|mademoiselle|signora?|senhora?|mevrouw|meneer)\.?|full name:?|name["']?[:?]?|(?:sur|last_?|fore|first_?|family[ _]?|given[ _]?|middle[ _]?|maiden[ _]?|user_?)name["']?[:?]?|(?:surname|last|first|nachname|vorname|familienname|apellidos?|nombre|nom|prénom|cognome|nome|achternaam|voornaam|naam|sobrenome|imię|nazwisko|author|writer|director|owner|holder|insured|beneficiary|applicant|claimant|tenant|landlord|buyer|seller|doctor|physician|attending|witness|plaintiff|defendant|student|teacher|manager|supervisor|mother|father|spouse|wife|husband|child|sender|recipient|attendee|by)["']?:|patient:?|signed:?|from:|attn:?|cardholder:?|account holder:?|employee:?|customer:?|contact:?)["']?[\s"'=:]{1,4}$/i;
/** The last words of what greets or introduces; without one of them before a name the expressions need not be tried. */
const leads = new Set(
  "hi hello hey dear hallo liebe lieber bonjour cher chère hola querida querido estimada estimado ciao gentile caro cara olá thanks you cheers regards wishes sincerely yours love grüßen grüße cordialement saludos saluti signed from attn attention cc by to mr ms mrs dr miss prof and with named called is am i'm it's name name's contact met ask asked told call called email emailed for sister brother mother father mum mom dad wife husband son daughter friend boss manager colleague partner doctor uncle aunt cousin neighbor neighbour teacher owner ceo cto cfo director president author actor actress singer writer starring patient employee client student user customer witness guest agent speaker meet birthday back its señor señora señorita doña don monsieur madame mademoiselle signor signora senhor senhora mevrouw meneer es llamo m'appelle chiamo heiße ist é cardholder holder surname lastname last_name first_name firstname forename last first nachname vorname familienname apellido apellidos nombre nom prénom cognome nome achternaam voornaam naam sobrenome imię nazwisko insured beneficiary applicant claimant tenant landlord buyer seller physician attending plaintiff defendant supervisor spouse child sender recipient attendee spoken photo directed written".split(
    ' ',
  ),
);
const acting =
  /^(?:,? (?:who|said|says|called|calls|told|asked|asks|wrote|writes|replied|emailed|works|worked|lives|lived|was born|is (?:a|an|the|my|our|from|at|on|not|unable|coming|going|married|\d)|has|had|will|would|can|turned \d|turns \d|bought|paid|went|left|came|got|made|took|sent|agreed|disagreed|met|married|thinks?|thought|was (?:exiled|elected|killed|arrested|hired|fired|diagnosed|admitted|seen|crowned|defeated)|wants|needs|likes|loves|and (?:i|his|her)|from|at)\b|'s\b|,? (?:\(?(?:aged? )?\d{1,2}\)?|jr\b|sr\b|phd|md\b|esq))/i;

const speaking =
  /^,? (?:who|said|says|called|told|asked|asks|wrote|writes|replied|emailed|lives|lived|was born|resigned|retired|married|testified|explained|added|noted|argued|claimed|declined|admitted|denied|confirmed|joked|recalled|insisted|warned|promised|agreed|disagreed)\b/;
/** What people do and things do not, or a word to them: `Jakobine, can I …`. */
const humanly =
  /^(?: (?:shouted|whispered|smiled|laughed|cried|shrugged|nodded|sighed|yelled|grew up|got married|was born|passed away|spoke|thinks?|thought|feels?|felt)\b|, (?:can|could|would|will) (?:i|you|we)\b|, (?:please|thank you|are you|do you|did you|have you)\b)/i;
const pronoun = /\b(?:his|her|him|he|she)\b/i;

/** True when a person does what follows, or is spoken of as one a little later: `Rintanen began … her first story`. */
function isHuman(tail: string): boolean {
  if (!goesOnSmall(tail, 0)) return false;
  if (humanly.test(tail)) return true;
  if (!/^ \p{Ll}/u.test(tail)) return false;
  // The rest of the sentence and of the next one, each looked at once.
  const stop = /[.!?\n]/.exec(tail)?.index ?? tail.length;
  const next = tail.slice(stop + 1);
  const second = tail[stop] === '\n' ? '' : next.slice(0, /[.!?\n]/.exec(next)?.index ?? 60);
  return pronoun.test(tail.slice(0, Math.min(stop, 130))) || pronoun.test(second.slice(0, 60));
}

const ofPeople = /^ (?:novel|concert|biography|memoir)\b/;
const ofFamily = /^ (?:family|household|residence|estate)\b/;

/** Fields that hold nothing but a family or a first name, whatever word it is. */
const field =
  /\b(?:(?:sur|last[ _]?|first[ _]?|family[ _]?|given[ _]?|fore)name|nachname|vorname|familienname|apellidos?|prénom|cognome|achternaam|voornaam|sobrenome|nazwisko)["']?\s{0,2}[:=]["'\s]{0,3}$/i;

/** Languages that write nouns with a capital; unknown words are no sign of a name there. */
const capitalNouns =
  /(?:^|\s)(?:der|die|das|und|ist|nicht|ein|eine|einen|wurde|für|auf|ich|sie|wir|ihre?|mit)\s/i;

/** True when the text seems to be German. */
export function isGermanText(text: string): boolean {
  return capitalNouns.test(text.slice(0, 4000));
}

type Judged = { first: number; last: number; confidence: Confidence; rule: string };

/** The person in a run of words, with the words it begins and ends at; null when there is none. */
export function judgePerson(
  { gazetteer, text, isGerman }: { gazetteer: Gazetteer; text: string; isGerman: () => boolean },
  run: CapitalRun,
): Judged | null {
  const titled = afterTitle(run, gazetteer);
  const words = run.words;
  let first = titled ?? 0;
  let last = words.length - 1;
  const known = words.map((word) => knownOf(gazetteer, word));
  if (titled === null) {
    while (first <= last && isLeading(words, known, first)) first += 1;
  }
  const at = words[first]?.start ?? 0;
  const lead = leads.has(wordBefore(text, at)) ? text.slice(Math.max(0, at - 40), at) : '';
  // After “name:” a plain word that follows a first name is the surname.
  const sureLast = known[first]?.isFirst && sure.test(lead) ? first + 1 : first;
  const isTwoWords = words.length === first + 2 && known[first]?.isFirst && !known[first]?.isCommon;
  const least = isTwoWords && isPlainSurname(words[last]) ? last : sureLast;
  while (last > least && isTrailing(known[last], words[last])) last -= 1;
  if (first > last) return null;
  if (titled !== null)
    return { first, last: Math.min(last, first + 3), confidence: 'high', rule: 'person.titled' };
  const part = known.slice(first, last + 1);
  if (last > first) return judgeMany(part, { first, last, lead, words, isGerman });
  const tail = text.slice(words[last]?.end ?? 0, (words[last]?.end ?? 0) + 150);
  return judgeOne(part[0], {
    first,
    last,
    lead,
    tail,
    isOpening: run.isOpening && first === 0,
    word: words[first],
  });
}

function afterTitle({ words }: CapitalRun, gazetteer: Gazetteer): number | null {
  let from = 0;
  while (from < words.length && openers.has(words[from]?.key ?? '') && !titles.has(words[from]?.key ?? ''))
    from += 1;
  let index = from;
  while (index < words.length && titles.has(words[index]?.key ?? '')) index += 1;
  if (index === from || index >= words.length) return null;
  const isWeak = words
    .slice(from, index)
    .every((word) => weakTitles.has(word.key) && !(word.hasStop && word.key.length < 5));
  const name = words[index];
  const isNamed =
    name !== undefined &&
    index === words.length - 1 &&
    !gazetteer.places.has(name.key) &&
    (gazetteer.surnames.has(name.key) ||
      looksLikeSurname(name.key) ||
      (!name.isUpper && !isCommonWord(gazetteer, name.key) && !gazetteer.firstNames.has(name.key)));
  return isWeak && !isNamed ? null : index;
}

/** Words a sentence opens with go; a word that is a first name as well stays when a name follows. */
function isLeading(words: readonly CapitalWord[], known: readonly Known[], index: number): boolean {
  const word = words[index];
  const one = known[index];
  if (!word || !one) return false;
  if (openers.has(word.key) && !(one.isFirst && known[index + 1]?.isLast)) return true;
  if (weakTitles.has(word.key) && !one.isFirst && index < words.length - 1) return true;
  if (one.isFirst || one.isInitial) return false;
  return one.isCommon && !(one.isLast && index === words.length - 1);
}

function isTrailing(one: Known | undefined, word: CapitalWord | undefined): boolean {
  if (!one || !word) return false;
  if (/^(?:jr|sr|ii|iii|iv|phd|md|esq)$/.test(word.key)) return false;
  if (openers.has(word.key) && !one.isLast) return true;
  return one.isCommon && !one.isLast && !one.isFirst;
}

/** `Freddie Mercury`: a plain word right behind a first name is the family name, if no kind of place or company. */
function isPlainSurname(word: CapitalWord | undefined): boolean {
  return (
    word !== undefined &&
    !word.isUpper &&
    word.key.length > 2 &&
    !openers.has(word.key) &&
    !institutionEndings.has(word.key) &&
    !weakEndings.has(word.key) &&
    !companyEndings.has(word.key) &&
    !noSurnames.has(word.key) &&
    !/(?:[^aeious]s|ing|tion|ware|ment)$/.test(word.key)
  );
}

const noSurnames = new Set(
  'army war battle dance movement commune cup day night republic empire kingdom revolution convention museum festival games league boy girl man woman street road avenue lane drive park bridge island lake river valley hill hills beach mountain mountains county city village town center centre building house hall tower castle palace square plaza garden gardens bay cape theory theorem law equation effect day prize award cup series show album book novel film movie song story syndrome disease algorithm method project team room order account class test number code key model method script file function page version edition line'.split(
    ' ',
  ),
);

type Many = {
  isGerman: () => boolean;
  first: number;
  last: number;
  lead: string;
  words: readonly CapitalWord[];
};

function judgeMany(part: readonly Known[], { first, last, lead, words, isGerman }: Many): Judged | null {
  const place = { first, last };
  const isSure = lead !== '' && sure.test(lead);
  const begins = part[0];
  const ends = part.at(-1);
  const isPlainEnd =
    part.length === 2 && begins?.isFirst && !begins.isCommon && ends?.isCommon && !ends.isLast;
  if (isPlainEnd) return { ...place, confidence: isSure ? 'high' : 'low', rule: 'person.plain-surname' };
  if (!isSure && part.some((one) => one.isCommon && !one.isFirst && !one.isLast)) return null;
  if (part.every(({ isInitial }) => isInitial)) return null;
  if (
    begins?.isFirst &&
    ends?.isLast &&
    !(begins.isCommon && ends.isCommon && part.length === 2 && !isSure && !greeting.test(lead))
  ) {
    return { ...place, confidence: isSure ? 'high' : 'medium', rule: 'person.first-last' };
  }
  if (isSure && !part.every(({ isCommon }) => isCommon))
    return { ...place, confidence: 'high', rule: 'person.introduced' };
  if (begins?.isFirst && begins.isCommon && ends?.isCommon)
    return { ...place, confidence: 'low', rule: 'person.ambiguous' };
  if (begins?.isFirst || (ends?.isLast && (begins?.isUnknown || begins?.isInitial))) {
    return { ...place, confidence: 'medium', rule: 'person.half-known' };
  }
  if (ends?.isFirst && begins?.isLast) return { ...place, confidence: 'medium', rule: 'person.last-first' };
  if (ends?.isFirst || begins?.isLast || ends?.isLast)
    return { ...place, confidence: 'low', rule: 'person.half-known' };
  const isUpper = words.slice(first, last + 1).some((word) => word.isUpper);
  return !isUpper && part.every(({ isUnknown, isInitial }) => isUnknown || isInitial) && !isGerman()
    ? { ...place, confidence: 'low', rule: 'person.unknown-words' }
    : null;
}

type One = {
  first: number;
  last: number;
  lead: string;
  tail: string;
  isOpening: boolean;
  word: CapitalWord | undefined;
};

function judgeOne(one: Known | undefined, at: One): Judged | null {
  const { word, lead, tail, isOpening } = at;
  if (!one || !word || one.isInitial || word.key.length < 2) return null;
  const place = { first: at.first, last: at.last };
  const isSure = lead !== '' && sure.test(lead);
  if (word.isUpper && !(one.isFirst && isSure)) return null;
  const isGreeted = lead !== '' && greeting.test(lead);
  if (
    isSure &&
    !(tail.startsWith(':') && !one.isFirst) &&
    (one.isFirst || one.isUnknown || one.isLast || field.test(lead))
  ) {
    const confidence = one.isFirst ? 'high' : /name/i.test(lead) ? 'medium' : 'low';
    return { ...place, confidence, rule: 'person.introduced' };
  }
  if (one.isFirst && !one.isCommon) return { ...place, confidence: 'medium', rule: 'person.first' };
  if (one.isFirst && tail.startsWith(':') && isOpening)
    return { ...place, confidence: 'low', rule: 'person.speaker' };
  if (one.isFirst) {
    if (isGreeted && !isOpening) return { ...place, confidence: 'medium', rule: 'person.first' };
    return !isOpening || acting.test(tail) ? { ...place, confidence: 'low', rule: 'person.ambiguous' } : null;
  }
  if (one.isLast && !one.isCommon && !isOpening)
    return { ...place, confidence: isGreeted ? 'medium' : 'low', rule: 'person.last' };
  if (
    one.isUnknown &&
    /(?:hi|hello|hey|dear|regards|cheers|thanks|sincerely|yours|wishes|love|birthday|call back|meet|\bits),?\s{1,3}$/i.test(
      lead,
    )
  ) {
    return { ...place, confidence: 'low', rule: 'person.greeted' };
  }
  if (one.isLast && speaking.test(tail)) return { ...place, confidence: 'low', rule: 'person.last' };
  if (
    (one.isUnknown || (one.isLast && !one.isCommon)) &&
    (isHuman(tail) || ofFamily.test(tail) || (!isOpening && ofPeople.test(tail)))
  )
    return { ...place, confidence: 'low', rule: 'person.humanly' };
  if (one.isUnknown && acting.test(tail) && (speaking.test(tail) || (isGreeted && !isOpening))) {
    return { ...place, confidence: 'low', rule: 'person.acting' };
  }
  return null;
}
