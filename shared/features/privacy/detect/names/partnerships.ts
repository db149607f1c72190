import type { Detection } from '../../privacy.model.ts';
import { folded, type Gazetteer, isCommonWord } from './gazetteer.ts';
import { looksLikeSurname } from './surname-forms.ts';
import { openers } from './vocabulary.ts';

const firm =
  /(?<![\p{L}'-])\p{L}[\p{L}\p{M}']{1,24}, \p{L}[\p{L}\p{M}']{1,24},? (?:and|&) \p{L}[\p{L}\p{M}']{1,24}(?![\p{L}'-])/gu;
const work = /\b(?:at|for|by|with|join|joined|the|firm|company:?|employer:?) $/i;

const possessed =
  /(?<![\p{L}'-])(?:\p{Lu}[\p{L}]{1,20}\.? ){0,2}\p{Lu}\p{Ll}{1,20}'s (?:\p{Lu}\p{Ll}{2,20} ){0,2}(?:Hospital|College|School|University|Church|Academy|Clinic|Cathedral|Restaurant|Bakery|Diner|Cafe|Pizzeria|Bank|Pharmacy|Grill|Market)(?![\p{L}'-])/gu;

/** `St. Mary's Hospital`, `King's College`. */
export function findPossessed(text: string, add: (one: Detection) => void): void {
  if (!text.includes("'s ")) return;
  for (const { 0: found, index } of text.matchAll(possessed)) {
    const lead = /^(?:\p{Lu}\p{Ll}+ )+/u.exec(found)?.[0] ?? '';
    const isOpened = openers.has(folded(lead.split(' ')[0] ?? ''));
    const start = isOpened ? index + lead.indexOf(' ') + 1 : index;
    add({
      start,
      end: index + found.length,
      type: 'ORGANIZATION',
      confidence: 'medium',
      rule: 'organisation.kind',
    });
  }
}

const joined =
  /(?<![\p{L}'-]|& |\p{Lu}\p{Ll}{1,20} )\p{Lu}[\p{L}']{1,24} & \p{Lu}[\p{L}']{1,24}(?![\p{L}'-]| \p{Lu})/gu;

/** `Procter & Gamble`: two capitalised words around the sign, of which one at least is no plain word and not both first names. */
export function findJoined(gazetteer: Gazetteer, text: string, add: (one: Detection) => void): void {
  if (!text.includes(' & ')) return;
  for (const { 0: found, index } of text.matchAll(joined)) {
    const end = index + found.length;
    if (gazetteer.organisations.has(folded(found))) {
      add({ start: index, end, type: 'ORGANIZATION', confidence: 'medium', rule: 'organisation.listed' });
      continue;
    }
    const words = found.split(' & ').map(folded);
    if (
      words.every((word) => isCommonWord(gazetteer, word)) ||
      words.some((word) => gazetteer.places.has(word))
    )
      continue;
    if (words.every((word) => gazetteer.firstNames.has(word)) && words[0] !== words[1]) continue;
    add({
      start: index,
      end: index + found.length,
      type: 'ORGANIZATION',
      confidence: 'low',
      rule: 'organisation.joined',
    });
  }
}

/** Firms called after three families (`Smith, Jones and Brown`) on a line of their own, or where somebody works there. */
export function findPartnerships(gazetteer: Gazetteer, text: string, add: (one: Detection) => void): void {
  if (!/,.{2,30}(?: and | & )/u.test(text)) return;
  const isName = (word: string): boolean =>
    gazetteer.surnames.has(folded(word)) || looksLikeSurname(folded(word));
  for (const { 0: found, index } of text.matchAll(firm)) {
    const end = index + found.length;
    const isLine = (index === 0 || text[index - 1] === '\n') && (end === text.length || text[end] === '\n');
    const words = found.split(/,? (?:and |& )?/u);
    const isFamilies =
      words.filter((word) => gazetteer.firstNames.has(folded(word))).length < 2 &&
      !words.some((word) => isCommonWord(gazetteer, folded(word)));
    const isQuoted = /["':] ?$/.test(text.slice(Math.max(0, index - 2), index));
    if (!isLine && !isQuoted && !isFamilies && !work.test(text.slice(Math.max(0, index - 12), index)))
      continue;
    if (!words.every(isName)) continue;
    add({ start: index, end, type: 'ORGANIZATION', confidence: 'medium', rule: 'organisation.partners' });
  }
}
