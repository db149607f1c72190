import type { Detection } from '../../privacy.model.ts';
import { folded, type Gazetteer } from './gazetteer.ts';
import { looksLikeSurname } from './surname-forms.ts';

const firm =
  /(?<![\p{L}'-])\p{L}[\p{L}\p{M}']{1,24}, \p{L}[\p{L}\p{M}']{1,24},? (?:and|&) \p{L}[\p{L}\p{M}']{1,24}(?![\p{L}'-])/gu;
const work = /\b(?:at|for|by|with|join|joined|the|firm|company:?|employer:?) $/i;

/** Firms called after three families (`Smith, Jones and Brown`) on a line of their own, or where somebody works there. */
export function findPartnerships(gazetteer: Gazetteer, text: string, add: (one: Detection) => void): void {
  if (!/,.{2,30}(?: and | & )/u.test(text)) return;
  const isName = (word: string): boolean =>
    gazetteer.surnames.has(folded(word)) || looksLikeSurname(folded(word));
  for (const { 0: found, index } of text.matchAll(firm)) {
    const end = index + found.length;
    const isLine = (index === 0 || text[index - 1] === '\n') && (end === text.length || text[end] === '\n');
    if (!isLine && !work.test(text.slice(Math.max(0, index - 12), index))) continue;
    if (!found.split(/,? (?:and |& )?/u).every(isName)) continue;
    add({ start: index, end, type: 'ORGANIZATION', confidence: 'medium', rule: 'organisation.partners' });
  }
}
