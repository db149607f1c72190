import type { Confidence } from '../../privacy.model.ts';
import type { CapitalRun } from './capital-runs.ts';
import { type Gazetteer, isCommonWord } from './gazetteer.ts';
import { companyEndings, institutionBeginnings, institutionEndings, openers } from './vocabulary.ts';

type Found = { start: number; end: number; confidence: Confidence; rule: string };

const legalForm =
  /^,? (?:&|and) (?:co\b\.?(?: kg\b)?|sons|brothers|partners|associates|company|cie\b\.?)|^,? (?:inc|llc|llp|ltd|plc|corp|gmbh|s\.a\.?r?\.?l?\.?|s\.p\.a|s\.r\.l|b\.v|n\.v|a\/s|l\.l\.c|gmbh & co)\b\.?/i;

const joined = /^ (?:&|and|of|the|for|und|et|y|de|of the) $/;

/** The organisation in a run of words, by its legal form, its kind or its name; null when there is none. */
export function organisationIn(gazetteer: Gazetteer, text: string, run: CapitalRun): Found | null {
  return (
    byEnding(text, run) ?? byBeginning(text, run) ?? byList(gazetteer, run) ?? byTrade(gazetteer, text, run)
  );
}

/** Index of the first word that may belong to the name: words a sentence opens with are left out. */
function firstOf({ words }: CapitalRun, upTo: number): number {
  let first = 0;
  while (first < upTo && openers.has(words[first]?.key ?? '')) first += 1;
  return first;
}

function byEnding(text: string, run: CapitalRun): Found | null {
  const { words } = run;
  for (let index = words.length - 1; index >= 1; index -= 1) {
    const word = words[index];
    if (!word) continue;
    const isLegal = companyEndings.has(word.key.replace(/\./g, ''));
    if (!isLegal && !institutionEndings.has(word.key)) continue;
    const first = firstOf(run, index);
    if (first >= index) return null;
    const [from] = widened(text, words[first]?.start ?? word.start);
    const end = endWithLegalForm(text, word.end);
    return {
      start: from,
      end,
      confidence: isLegal ? 'medium' : 'low',
      rule: isLegal ? 'organisation.legal-form' : 'organisation.kind',
    };
  }
  const last = words.at(-1);
  const tail = last && legalForm.exec(text.slice(last.end, last.end + 30));
  if (!last || !tail) return null;
  const first = firstOf(run, words.length - 1);
  return {
    start: words[first]?.start ?? last.start,
    end: endWithLegalForm(text, last.end),
    confidence: 'medium',
    rule: 'organisation.legal-form',
  };
}

/** Takes in what is joined before by “and” or “&”: `Smith, Jones and Brown Ltd`. */
function widened(text: string, start: number): [number] {
  const lead = /(?:\p{Lu}[\p{L}'-]{1,30}(?:, \p{Lu}[\p{L}'-]{1,30}){0,3},? (?:&|and) )$/u.exec(
    text.slice(Math.max(0, start - 90), start),
  );
  if (!lead) return [start];
  const word = lead[0].split(/[ ,]/)[0]?.toLowerCase() ?? '';
  return [openers.has(word) ? start : start - lead[0].length];
}

function endWithLegalForm(text: string, end: number): number {
  const tail = legalForm.exec(text.slice(end, end + 30));
  return tail
    ? end +
        tail[0].length -
        (tail[0].endsWith('.') && /^\s|^$/.test(text.slice(end + tail[0].length)) ? 0 : 0)
    : end;
}

/** `University of Oxford`, `Bank of America`: two runs joined by a small word. */
function byBeginning(text: string, { words }: CapitalRun): Found | null {
  const last = words.at(-1);
  if (!last || !institutionBeginnings.has(last.key)) return null;
  const tail =
    /^ (?:of|for|de|der|für) (?:the )?\p{Lu}[\p{L}'-]{1,30}(?: (?:(?:and|of|the|for) )?\p{Lu}[\p{L}'-]{1,30}){0,3}/u.exec(
      text.slice(last.end, last.end + 120),
    );
  const start = words[0]?.start ?? last.start;
  return tail
    ? {
        start: words.length > 1 && !openers.has(words[0]?.key ?? '') ? start : last.start,
        end: last.end + tail[0].length,
        confidence: 'medium',
        rule: 'organisation.kind',
      }
    : null;
}

function byList(gazetteer: Gazetteer, { words }: CapitalRun): Found | null {
  for (let index = 0; index < words.length; index += 1) {
    if (!gazetteer.organisationStarts.has(words[index]?.key ?? '')) continue;
    for (let length = Math.min(4, words.length - index); length > 0; length -= 1) {
      const part = words.slice(index, index + length);
      const name = part.map(({ key }) => key).join(' ');
      if (name.length < 2 || !gazetteer.organisations.has(name)) continue;
      const [first] = part;
      const last = part.at(-1);
      if (!first || !last || (length === 1 && isCommonWord(gazetteer, name) && !first.isUpper)) continue;
      return { start: first.start, end: last.end, confidence: 'low', rule: 'organisation.listed' };
    }
  }
  return null;
}

const trade =
  /\b(?:work(?:s|ed|ing)? (?:at|for|with)|employed (?:by|at)|company(?: called| named|,)?|firm|employer(?: is|:)?|organi[sz]ation:?|startup|(?:ceo|cto|cfo|founder|director|head|employee|president|chairman|spokesperson) (?:of|at)|joined|hired by|company:|employer:)\s$/i;

/** An unknown name after words of work. */
function byTrade(gazetteer: Gazetteer, text: string, { words }: CapitalRun): Found | null {
  const [first] = words;
  const last = words.at(-1);
  if (!first || !last || !trade.test(text.slice(Math.max(0, first.start - 24), first.start))) return null;
  if (
    openers.has(first.key) ||
    gazetteer.firstNames.has(first.key) ||
    gazetteer.places.has(words.map(({ key }) => key).join(' '))
  )
    return null;
  const between = text.slice(last.end, last.end + 5);
  return joined.test(between)
    ? null
    : { start: first.start, end: last.end, confidence: 'low', rule: 'organisation.trade' };
}
