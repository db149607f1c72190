import type { Detection } from '../../privacy.model.ts';
import type { CapitalRun } from './capital-runs.ts';
import { folded, type Gazetteer, isCommonWord } from './gazetteer.ts';
import { wordBefore } from './surroundings.ts';
import { openers } from './vocabulary.ts';

/** Words before a place. */
const placeLeads = new Set(
  'in from to near at of around across outside inside visit visited visiting leave leaving left live lives lived living reside resides resided based via between toward em dans ob naar nella na no i uit fur para through throughout past towards city town village capital state province country county region en à aus nach bei von de desde a da di i w z naar uit og til fra från till'.split(
    ' ',
  ),
);

/** True when the words before a place, or the comma before it, lead a place in. */
export function isLedIn(
  { places, firstNames, commonWords }: Gazetteer,
  text: string,
  start: number,
): boolean {
  if (text[start - 1] !== ' ') return false;
  // A comma leads a place in behind another name (`Boston, Georgia`), not behind a clause or a date.
  if (text[start - 2] === ',') {
    const before = /(?<name>\p{Lu}[\p{L}'.-]{0,24}),$/u.exec(text.slice(Math.max(0, start - 28), start - 1));
    const name = folded(before?.groups?.name ?? '');
    return (
      name !== '' &&
      (places.has(name) || !(openers.has(name) || firstNames.has(name) || commonWords.has(name)))
    );
  }
  const lead = wordBefore(text, start);
  if (lead === 'to' && spokenTo.test(text.slice(Math.max(0, start - 24), start))) return false;
  return placeLeads.has(lead);
}

/** Before “to” somebody, not somewhere. */
const spokenTo =
  /(?:sp(?:oke|eak|eaking)|talk(?:s|ed|ing)?|listen(?:s|ed|ing)?|wr(?:ote|ite|iting)|said|say|married|engaged|introduced?|belongs?|g(?:ave|ive) (?:it|this|them)|sent (?:it|this|them)|according|reports?|related|thanks|next|similar|due) to $/i;

/** What people do in places, so that an unknown name after it is one; things are not lived in, flown to or born in. */
const living =
  /(?:\b(?:live[sd]?|living|born|raised|based|located|headquartered|travel(?:l?ing|led|ed|s)?|fl(?:y|ew|own|ying|ights?)|trips?|vacation|holidays?|originally|grew up|arriv(?:e|es|ed|ing)|where is|where's|capital|population|weather|map|resid(?:e|es|ed|ing)|residents?|natives?|mayor|city|town|village|suburbs?|outskirts|(?:i am|i'm|we are|we're|he is|he's|she is|she's|they are)(?: now| currently)?) (?:back |up |down |over |just |right )?(?:in|to|from|at|near|of|outside|around)|\bvisit(?:ed|ing)?|\bmov(?:e|ed|ing) (?:here|there|back|away) (?:from|to)) $/i;
const labelled =
  /(?:^|[\n,;{(]|\. )["'\s>*-]{0,4}(?:city|town|location|place of birth|birthplace|birth place|hometown|home town|country|state|province|region|county|wohnort|geburtsort|stadt|ort|land|ville|pays|ciudad|pa[ií]s|citt[àa]|paese|cidade)["'*]{0,2}\s{0,2}[:=]["'\s]{0,3}$/i;
const leading = new Set('in to from at near of outside around visit visited visiting'.split(' '));
const labels = new Set(
  'city town location birth birthplace place hometown country state province region county wohnort geburtsort stadt ort land ville pays ciudad pais país citta città paese cidade'.split(
    ' ',
  ),
);
/** How names of places end in many countries. */
const placeEnding =
  /(?:town|ville|burgh?|borough|berg|borg|hamn|ford|port|mouth|pool|field|dale|ness|chester|cester|caster|haven|havn|hagen|heim|hausen|dorf|stadt|stad|bach|furt|brück|feld|nagar|pur|pura|abad|polis|grad|gorod|fjord|holm|köping|minster|wick|shire|bridge|stan|kylä|järvi|vík|sund)$/;

/** A place that is in no list, by what leads it in or how its name ends; null when nothing tells. */
export function placeByContext(gazetteer: Gazetteer, text: string, { words }: CapitalRun): Detection | null {
  const [first] = words;
  if (!first || words.length > 3) return null;
  const lead = wordBefore(text, first.start);
  const isLabel =
    labels.has(lead) && /[:=]["'\s]{0,3}$/.test(text.slice(Math.max(0, first.start - 5), first.start));
  if (!isLabel && !leading.has(lead)) return null;
  if (words.some(({ key }) => openers.has(key) || gazetteer.firstNames.has(key))) return null;
  if (words.every(({ key }) => isCommonWord(gazetteer, key)) && !isLabel) return null;
  const last = words.at(-1) ?? first;
  if (last.text.length < 3 || /^(?:'s|\(|\.\w|\/)/.test(text.slice(last.end, last.end + 2))) return null;
  const before = text.slice(Math.max(0, first.start - 60), first.start);
  const isTold = isLabel ? labelled.test(before) : living.test(before);
  const next = /^, (?<name>\p{Lu}[\p{L}]{2,24}(?: \p{Lu}[\p{L}]{2,24})?|[A-Z]{2}\b)/u.exec(
    text.slice(last.end, last.end + 54),
  )?.groups?.name;
  const isBeforePlace =
    next !== undefined &&
    (next.length === 2 ||
      gazetteer.places.has(folded(next)) ||
      gazetteer.places.has(folded(next.split(' ')[0] ?? '')));
  const isFormed = !isLabel && words.length === 1 && last.key.length > 6 && placeEnding.test(last.key);
  return isTold || isFormed || isBeforePlace
    ? {
        start: first.start,
        end: last.end,
        type: 'LOCATION',
        confidence: isLabel ? 'medium' : 'low',
        rule: 'location.context',
      }
    : null;
}
