import type { Detection } from '../../privacy.model.ts';
import { folded, type Gazetteer, isCommonWord } from './gazetteer.ts';
import { looksLikeSurname } from './surname-forms.ts';
import { openers } from './vocabulary.ts';

const pair =
  /(?<![\p{L}\p{N}'@.-])(?<last>(?:(?:[Vv]an|[Vv]on|[Dd]e|[Dd]er|[Dd]en|[Dd]el|[Dd]i|[Dd]a|[Ll]a) ){0,2}\p{Lu}[\p{L}\p{M}'-]{1,24}), (?<first>\p{Lu}[\p{L}\p{M}'-]{1,24}(?: \p{Lu}\.(?!\w))?)(?![\p{L}\p{N}'-])/gu;
const lead =
  /(?:^|[\n"'(:;|>]|\b(?:patient|name|from|to|cc|client|employee|member|passenger|mr|mrs|ms|dr|by))[ \t]{0,3}$/i;
const labelled = /(?:name|patient|client|employee|passenger)["']?[ \t]{0,2}[:=]?[ \t"']{0,3}$/i;
/** What a letter ends with before a name. */
const closers = new Set(
  'love best thanks cheers hugs xoxo regards yours sincerely respectfully peace cordially warmly kisses blessings'.split(
    ' ',
  ),
);
/** What follows in a list of people and not after a whole name. */
const listed = /^(?:, ?(?:and |& )?\p{Lu}| (?:and|&|or|und|et|y|e|i) )/u;

/** `Henderson, Olivia`: the family name first, as registers and mail programs write it. */
export function findReversed(gazetteer: Gazetteer, text: string, add: (one: Detection) => void): void {
  if (!text.includes(', ')) return;
  const { firstNames, surnames, commonWords, places } = gazetteer;
  for (const { 0: found, index, groups } of text.matchAll(pair)) {
    const last = folded(groups?.last ?? '').replace(/^.* /, '');
    const first = folded((groups?.first ?? '').split(' ')[0] ?? '');
    if (
      closers.has(last) ||
      (/\p{Lu}[\p{L}.'-]{0,24} $/u.test(text.slice(Math.max(0, index - 27), index)) &&
        !lead.test(text.slice(Math.max(0, index - 12), index)))
    )
      continue;
    if (openers.has(last) || openers.has(first) || !firstNames.has(first)) continue;
    const isLed = lead.test(text.slice(Math.max(0, index - 12), index));
    const tail = text.slice(index + found.length, index + found.length + 8);
    // `pieces by Handel, Johann Christian Bach and …`
    if (!isLed && /^ \p{Lu}/u.test(tail)) continue;
    const isKnown = surnames.has(last) || looksLikeSurname(last);
    if (!isKnown && (!isLed || isCommonWord(gazetteer, last) || firstNames.has(last))) continue;
    if (places.has(last) && !isLed) continue;
    if (!isLed && (commonWords.has(last) || firstNames.has(last) || listed.test(tail))) continue;
    if (isLed && firstNames.has(last) && (!surnames.has(last) || listed.test(tail))) continue;
    add({
      start: index,
      end: index + found.length,
      type: 'PERSON',
      confidence: labelled.test(text.slice(Math.max(0, index - 12), index)) ? 'high' : 'medium',
      rule: 'person.last-first',
    });
  }
}

const parties =
  /(?<![\p{L}\p{N}'@-])(?<one>\p{Lu}[\p{L}\p{M}'-]{1,24}) vs?\. (?<two>\p{Lu}[\p{L}\p{M}'-]{1,24})(?![\p{L}\p{N}'-])/dgu;

/** The two sides of a case in court: `Delgado v. Whitfield`. */
export function findParties(gazetteer: Gazetteer, text: string, add: (one: Detection) => void): void {
  if (!/ vs?\. /.test(text)) return;
  for (const { groups, indices } of text.matchAll(parties)) {
    const names = [groups?.one ?? '', groups?.two ?? ''].map(folded);
    if (!names.some((name) => gazetteer.surnames.has(name) || looksLikeSurname(name))) continue;
    for (const [index, place] of [indices?.groups?.one, indices?.groups?.two].entries()) {
      const name = names[index] ?? '';
      if (place && (gazetteer.surnames.has(name) || !isCommonWord(gazetteer, name)))
        add({ start: place[0], end: place[1], type: 'PERSON', confidence: 'low', rule: 'person.party' });
    }
  }
}
