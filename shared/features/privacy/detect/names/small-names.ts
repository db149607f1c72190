import type { Detection } from '../../privacy.model.ts';
import { folded, type Gazetteer, isCommonWord } from './gazetteer.ts';
import { openers } from './vocabulary.ts';

const spoken =
  /\b(?:my (?:full )?name is|my name's|name is|i am called|you can call me|mi nombre es|me llamo|je m'appelle|mi chiamo|ich heiße|ich heisse|mein name ist|meu nome é|mijn naam is) (?<value>[\p{Ll}][\p{L}'-]{1,24}(?: [\p{Ll}][\p{L}'-]{1,24}){0,2})/dgu;
const spokenEnds =
  /^(?:and|i|i'm|but|from|my|the|a|an|is|at|on|in|for|with|to|so|not|y|e|et|und|ich|je|here|calling|writing|living|born|please|who|currently|or|of|as)$/;

/** Names written in lower case after “my name is” and its like. */
export function spokenNames(gazetteer: Gazetteer, text: string, add: (one: Detection) => void): void {
  spoken.lastIndex = 0;
  for (const match of text.matchAll(spoken)) {
    const [start] = match.indices?.groups?.value ?? [0, 0];
    const words = (match.groups?.value ?? '').split(' ');
    const stop = words.findIndex((word) => spokenEnds.test(word));
    const name = stop < 0 ? words : words.slice(0, stop);
    if (name.length === 0 || !gazetteer.firstNames.has(name[0] ?? '')) continue;
    const taken = name.filter(
      (word, index) => index === 0 || !isCommonWord(gazetteer, word) || gazetteer.surnames.has(word),
    );
    const length = taken.length === name.length ? name.join(' ').length : (name[0] ?? '').length;
    add({ start, end: start + length, type: 'PERSON', confidence: 'medium', rule: 'person.spoken' });
  }
}

const cue =
  /\b(?:my (?:friend|brother|sister|wife|husband|mom|mum|dad|mother|father|son|daughter|boss|neighbou?r|cousin|uncle|aunt|colleague|roommate|girlfriend|boyfriend|ex|buddy|doctor|teacher|dog|cat)|hi|hey|hello|hallo|hola|ciao|thanks|thx|dear|ask|tell|told|texted|with|its|it's|thats|that's|i'm|im|i am|this is|and|from|for|to|love|cheers|is|are|met|saw|call(?:ed)?) (?<value>\p{Ll}[\p{Ll}'-]{2,24}(?: \p{Ll}[\p{Ll}'-]{2,24})?)(?![\p{L}@._-]\S)/dgu;
const family = /^my /;

/** First names in small letters behind what leads a person in, within texts that have capitals elsewhere. */
export function smallNames(gazetteer: Gazetteer, text: string, add: (one: Detection) => void): void {
  const { firstNames, surnames, commonWords, places } = gazetteer;
  cue.lastIndex = 0;
  for (let match = cue.exec(text); match; match = cue.exec(text)) {
    const [start, end] = match.indices?.groups?.value ?? [0, 0];
    const [first = '', second] = (match.groups?.value ?? '').split(' ').map(folded);
    // The next cue may be the second word of this match.
    cue.lastIndex = start + first.length;
    if (first.length < 4 || !firstNames.has(first) || openers.has(first) || isCommonWord(gazetteer, first))
      continue;
    const isWhole =
      second !== undefined && surnames.has(second) && !openers.has(second) && !commonWords.has(second);
    if (
      !isWhole &&
      !family.test(match[0]) &&
      (places.has(first) || !likelySmall.has(match[0].slice(0, match[0].indexOf(' '))))
    )
      continue;
    add({
      start,
      end: isWhole ? end : start + first.length,
      type: 'PERSON',
      confidence: 'low',
      rule: 'person.small',
    });
  }
}

const likelySmall = new Set([
  'hi',
  'hey',
  'hello',
  'thanks',
  'thx',
  'dear',
  'ask',
  'tell',
  'told',
  'texted',
  'its',
  "it's",
  'thats',
  "that's",
  "i'm",
  'im',
]);
