import { isValidPhoneNumber, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';
import { after, before, digitsOf, type Found, type Recogniser, type Verdict } from './recogniser.ts';

/** Countries in whose national form a number without `+` is tried. */
const countries: readonly CountryCode[] = [
  'US',
  'GB',
  'DE',
  'FR',
  'ES',
  'IT',
  'NL',
  'BE',
  'CH',
  'AT',
  'AU',
  'NZ',
  'IN',
  'BR',
  'MX',
  'PL',
  'SE',
  'NO',
  'DK',
  'FI',
  'IE',
  'PT',
  'CZ',
  'HU',
  'ZA',
  'JP',
  'TR',
  'GR',
  'IS',
  'IL',
];

const strong =
  /(?:tele)?(?:phone|fon\b|fono|foon)|\btel\b|mobil|\bcell|\bfax|\bcall(?:ed|ing)?\b|\bring\b|\btext(?:ed)?\b|\bsms\b|whats ?app|handy|\bnumber (?:is|to reach)|reach (?:me|us|him|her|them)|contact|dial|móvil|teléf|téléph|portable|rufnummer|numéro|celular|telefon|hotline|тел|τηλ|电话|電話|手机|手機|携帯|전화|\bph\b|\bm:|\bt:|\bp:|electr/;
const not =
  /(?:order|invoice|ticket|case|tracking|ref(?:erence)?|serial|sku|item|part|model|article|isbn|issn|doi|build|version|id|no|nr|#|account|acct|policy|konto|iban|vat|eur|usd|chf|\$|€|£|customer|bestell\w*|rechnung\w*|commande|pedido)[ .:#-]{0,3}(?:number|no|nr|id|is)?[ .:#-]{0,4}$/;
const date =
  /^(?:\d{1,3}(?:\.\d{1,3}){3}$|\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)\d{2})/;

function extent({ text, match, end }: Found): number {
  const tail = /^(?: ?(?:ext\.?|extension|x|#|poste|durchwahl|ramal) ?\d{1,6})(?!\w)/i.exec(
    text.slice(end, end + 20),
  );
  return end + (tail?.[0].length ?? 0) - (match[0].length - match[0].trimEnd().length);
}

function judge(found: Found): Verdict | null {
  const shown = found.match[0].trim();
  const digits = digitsOf(shown);
  if (digits.length < 7 || digits.length > 15 || date.test(shown)) return null;
  const lead = before(found, 45);
  const hasContext =
    strong.test(lead) ||
    /^[ ,]{0,2}(?:\(?(?:mobile|cell|home|work|office|fax|tel|phone)\b)/.test(after(found, 14));
  if (!hasContext && not.test(lead)) return null;
  const end = extent(found);
  const isInternational = /^\(?(?:\+|00)/.test(shown);
  if (isInternational) {
    const parsed = parsePhoneNumberFromString(shown.replace(/^\(?00/, '+').replace(/\(0\)/, ''));
    if (parsed?.isValid()) return { confidence: 'high', end };
    return parsed?.isPossible() || (hasContext && digits.length > 8)
      ? { confidence: hasContext ? 'high' : 'medium', end }
      : null;
  }
  return judgeNational({ shown, digits, hasContext, end });
}

type National = { shown: string; digits: string; hasContext: boolean; end: number };

function judgeNational({ shown, digits, hasContext, end }: National): Verdict | null {
  const groups = shown.split(/[^\d]+/).filter((one) => one !== '');
  // A sum, no number: `196 - 252 - 576`.
  if (!hasContext && / [-./] /.test(shown)) return null;
  // `(555) 123-4567`, `555-123-4567`: shapes that nothing else has.
  const isAmerican = /^(?:1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]?\d{4}$/.test(shown);
  if (isAmerican && groups.length > 2)
    return { confidence: hasContext || !shown.includes(' ') ? 'high' : 'medium', end };
  const isSplit = groups.length > 1;
  const isNational = shown.startsWith('0') || shown.startsWith('(');
  if (!isSplit && !hasContext) {
    return digits.length >= 10 && shown.startsWith('0') && isValidSomewhere(shown)
      ? { confidence: 'low', end }
      : null;
  }
  const isDecimal = /^\d+[.,]\d+$/.test(shown) || /^\d{1,3}(?:[.,]\d{3})+$/.test(shown);
  if (isDecimal && !(hasContext && isNational)) return null;
  if (hasContext)
    return digits.length > 6
      ? { confidence: isNational || digits.length > 8 ? 'high' : 'medium', end }
      : null;
  if (isNational) return isValidSomewhere(shown) ? { confidence: 'medium', end } : { confidence: 'low', end };
  if (
    groups.every((one) => one.length <= 4) &&
    groups.length > 2 &&
    digits.length > 7 &&
    digits.length < 13
  ) {
    return isValidSomewhere(shown) ? { confidence: 'low', end } : null;
  }
  return null;
}

function isValidSomewhere(shown: string): boolean {
  return countries.some((country) => isValidPhoneNumber(shown, country));
}

/** Telephone numbers, in national and international form (libphonenumber), with context words where the form is not enough. */
export const phone: Recogniser = {
  id: 'phone',
  patterns: [
    {
      rule: 'phone.number',
      type: 'PHONE',
      expression:
        /(?<![\w+./-]|\d[ ,(]|[$€£] ?)(?:\+ ?|00)?(?:\(\+?\d{1,5}\)|\d)(?:[ ]?[-./ ]?[ ]?(?:\(\d{1,5}\)|\d)){6,16}(?!(?!x\d{1,6}(?!\w))[\w%]|[.,/-]\d| ?[€£$=]| ?(?:EUR|USD)\b)/g,
      mayMatch: ({ digits }) => digits >= 7,
      judge,
    },
  ],
};
