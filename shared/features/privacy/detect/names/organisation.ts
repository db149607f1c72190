import type { Confidence } from '../../privacy.model.ts';
import type { CapitalRun, CapitalWord } from './capital-runs.ts';
import {
  actsAsCompany,
  isCalledCompany,
  isCompanyByContext,
  isDealtWith,
  isPartOfCompany,
} from './company-context.ts';
import { type Gazetteer, isCommonWord } from './gazetteer.ts';
import {
  companyEndings,
  institutionBeginnings,
  institutionEndings,
  openers,
  titles,
  weakEndings,
} from './vocabulary.ts';

type Found = { start: number; end: number; confidence: Confidence; rule: string };

const legalForm =
  /^,? (?:&|and|und|y|et|e) (?:söhne(?: gmbh| ag| kg)?\b|asociados\b|associés\b|fils\b(?: sarl\b)?|figli\b|cie\b|co\b\.?(?: kg\b)?|sons|brothers|partners|associates|company|cie\b\.?)|^,? (?:inc|llc|pllc|llp|ltd|plc|corp|gmbh|e\.v|s\.l|s\.r\.o|a\.s|d\.o\.o|sp\. z o\.o|s\.a\.?r?\.?l?\.?|s\.p\.a|s\.r\.l|b\.v|n\.v|a\/s|l\.l\.c|gmbh & co)\b\.?/i;

/** The organisation in a run of words, by its legal form, its kind or its name; null when there is none. */
export function organisationIn(gazetteer: Gazetteer, text: string, run: CapitalRun): Found | null {
  return (
    byEnding(gazetteer, text, run) ??
    byBeginning(text, run) ??
    byList(gazetteer, text, run) ??
    byContext(gazetteer, text, run)
  );
}

/** Index of the first word that may belong to the name: words a sentence opens with are left out. */
function firstOf({ words }: CapitalRun, upTo: number): number {
  let first = 0;
  while (first < upTo && openers.has(words[first]?.key ?? '')) first += 1;
  return first;
}

function byEnding(gazetteer: Gazetteer, text: string, run: CapitalRun): Found | null {
  const { words } = run;
  for (let index = words.length - 1; index >= 1; index -= 1) {
    const word = words[index];
    if (!word) continue;
    const isLegal = companyEndings.has(word.key.replace(/\./g, '')) && !isShouted(words, word);
    const isWeak = !isLegal && weakEndings.has(word.key);
    if (!isLegal && !isWeak && !institutionEndings.has(word.key)) continue;
    const first = firstOf(run, index);
    if (isWeak && !isNamed(gazetteer, words.slice(first, index)) && !isTold(text, words[first], word))
      continue;
    // A shouted sentence (`NOT LIMITED`) is no company.
    if (
      first >= index ||
      words.slice(first, index).some(({ key }) => /^(?:but|not|is|are|or|any)$/.test(key))
    )
      return null;
    const begin = words[first]?.start ?? word.start;
    const [from] = isLegal ? widened(text, begin) : [begin];
    const end = endWithLegalForm(text, word.end);
    return {
      start: from,
      end,
      confidence: isLegal ? 'medium' : 'low',
      rule: isLegal ? 'organisation.legal-form' : 'organisation.kind',
    };
  }
  const last = words.at(-1);
  const tail = last && endWithLegalForm(text, last.end) > last.end;
  if (!last || !tail) return null;
  const first = firstOf(run, words.length - 1);
  return {
    start: words[first]?.start ?? last.start,
    end: endWithLegalForm(text, last.end),
    confidence: 'medium',
    rule: 'organisation.legal-form',
  };
}

/** Legal forms that are written in capitals; else they are words. */
const capitalForms = new Set('as se sa ab ag nv bv ug sl eg ev kk ta pc sci snc'.split(' '));

/** A short ending inside a shouted sentence is a word of it: `STIFF AS HE`. */
function isShouted(words: readonly CapitalWord[], { key, text, isUpper }: CapitalWord): boolean {
  if (capitalForms.has(key) && !isUpper && !text.includes('.')) return true;
  return (
    isUpper && key.length < 3 && words.length > 2 && words.every((one) => one.isUpper || one.text.length < 2)
  );
}

/** True when what stands around tells of a company. */
function isTold(text: string, first: CapitalWord | undefined, last: CapitalWord): boolean {
  return (
    first !== undefined &&
    (isDealtWith(text, first.start) ||
      actsAsCompany(text, last.end) ||
      isPartOfCompany(text, first.start, last.end))
  );
}

/** True when a word before a plain ending is none itself and no first name: `Vireo Health`, not `Mental Health`. */
function isNamed(gazetteer: Gazetteer, words: readonly CapitalWord[]): boolean {
  return (
    words.length < 4 &&
    words.some(
      ({ key, text }) => text.length > 2 && !isCommonWord(gazetteer, key) && !gazetteer.groups.has(key),
    ) &&
    !gazetteer.firstNames.has(words[0]?.key ?? '')
  );
}

/** A legal form stands behind a space or a comma, and begins with one of few letters. */
function mayBeLegal(text: string, end: number): boolean {
  let at = end;
  if (text[at] === ',') at += 1;
  if (text[at] !== ' ') return false;
  return '&aAiIlLpPcCgGeEsSdDbBnNuUyY'.includes(text[at + 1] ?? '-');
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
  if (!mayBeLegal(text, end)) return end;
  const tail = legalForm.exec(text.slice(end, end + 30));
  return tail ? end + tail[0].length : end;
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
        end: last.end + tail[0].replace(/'s?$/, '').length,
        confidence: 'medium',
        rule: 'organisation.kind',
      }
    : null;
}

function byList(gazetteer: Gazetteer, text: string, { words, isOpening }: CapitalRun): Found | null {
  for (let index = 0; index < words.length; index += 1) {
    if (!gazetteer.organisationStarts.has(words[index]?.key ?? '')) continue;
    for (let length = Math.min(4, words.length - index); length > 0; length -= 1) {
      const part = words.slice(index, index + length);
      const name = part.map(({ key }) => key).join(' ');
      const lastWord = part.at(-1);
      const isPossessed = lastWord !== undefined && text.startsWith("'s", lastWord.end);
      const isOwned = isPossessed && gazetteer.organisations.has(`${name}'s`);
      if (name.length < 2 || !(isOwned || gazetteer.organisations.has(name))) continue;
      const [first] = part;
      const last = part.at(-1);
      if (!first || !last || /^ n(?:o|umber|r)\b/i.test(text.slice(last.end, last.end + 8))) continue;
      if (length === 1) {
        // `Un`, `Who`, `Mit` begin sentences; only in capitals they are organisations.
        if (name.length < 4 && !first.isUpper && name !== 'kia') continue;
        const previous = words[index - 1];
        if (
          previous &&
          gazetteer.surnames.has(name) &&
          (gazetteer.firstNames.has(previous.key) || titles.has(previous.key))
        )
          continue;
        const isAlone =
          index === words.length - 1 &&
          words.slice(0, index).every(({ key }) => isCommonWord(gazetteer, key));
        if (
          isCommonWord(gazetteer, name) &&
          !first.isUpper &&
          !(isAlone && isMeant(text, first, isOpening && index === 0))
        )
          continue;
      }
      return {
        start: first.start,
        end: isOwned ? last.end + 2 : last.end,
        confidence: 'low',
        rule: 'organisation.listed',
      };
    }
  }
  return null;
}

const among =
  /\b(?:[Cc]ompare|[Uu]se|[Jj]oin|[Cc]ontact|bought|acquired|using|on|at|for|from|with|by|joined|via|and|or|vs\.?|versus|between|compare|than|like|against|bei|en|chez|presso|bij) $/i;

/** A plain word that is also a company's name (Apple, Stripe, Target) with a capital inside of a sentence. */
function isMeant(text: string, { start, end }: CapitalWord, isOpening: boolean): boolean {
  if (actsAsCompany(text, end)) return true;
  return !isOpening && among.test(text.slice(Math.max(0, start - 12), start));
}

/** An unknown name where a company is spoken of, or the names of two families joined by a hyphen. */
function byContext(gazetteer: Gazetteer, text: string, { words }: CapitalRun): Found | null {
  const from = words.findIndex(({ key }) => !openers.has(key));
  const first = words[from];
  const last = words.at(-1);
  if (!first || !last) return null;
  if (
    gazetteer.firstNames.has(first.key) &&
    (gazetteer.surnames.has(last.key) || !isCalledCompany(text, first.start))
  )
    return null;
  const own = words.slice(from);
  if (own.some(({ key }) => titles.has(key))) return null;
  if (gazetteer.places.has(own.map(({ key }) => key).join(' '))) return null;
  if (own.every(({ key }) => isCommonWord(gazetteer, key))) {
    // `calling from Zenith Plumbing`: plain words with capitals need to be called a company.
    const isCalled =
      own.length > 1 &&
      own.length < 4 &&
      !first.isUpper &&
      (isDealtWith(text, first.start) || isCalledCompany(text, first.start));
    return isCalled
      ? { start: first.start, end: last.end, confidence: 'low', rule: 'organisation.context' }
      : null;
  }
  if (
    !isCompanyByContext(text, first.start, last.end) &&
    !(first === last && first.key.includes('-') && isPair(gazetteer, first))
  )
    return null;
  return { start: first.start, end: last.end, confidence: 'low', rule: 'organisation.context' };
}

/** `Fritz-Armstrong` with no first name or title before it: two families that own a firm. */
function isPair({ surnames, firstNames, places, groups }: Gazetteer, { key }: CapitalWord): boolean {
  const parts = key.split('-');
  return (
    parts.length === 2 &&
    !places.has(key) &&
    parts.every((one) => one.length > 2 && surnames.has(one) && !firstNames.has(one) && !groups.has(one))
  );
}
