import { passesLuhn } from './check-digits.ts';
import { after, before, digitsOf, type Found, type Recogniser } from './recogniser.ts';

/** Issuer ranges (ISO/IEC 7812) with the lengths they use. */
const issuers: readonly { prefix: RegExp; lengths: readonly number[] }[] = [
  { prefix: /^4/, lengths: [13, 16, 19] },
  { prefix: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  { prefix: /^3[47]/, lengths: [15] },
  { prefix: /^(?:6011|65|64[4-9]|622)/, lengths: [16, 17, 18, 19] },
  { prefix: /^35(?:2[89]|[3-8])/, lengths: [15, 16, 17, 18, 19] },
  { prefix: /^(?:1800|2131)/, lengths: [15] },
  { prefix: /^3(?:0[0-5]|[689])/, lengths: [14, 16, 19] },
  { prefix: /^62/, lengths: [16, 17, 18, 19] },
  { prefix: /^(?:50|5[6-9]|6)/, lengths: [12, 13, 14, 15, 16, 17, 18, 19] },
  { prefix: /^220[0-4]/, lengths: [16, 17, 18, 19] },
];

const words =
  /card|karte|carte|tarjeta|carta|cartão|kaart|kort|karta|credit|debit|visa|master|amex|american express|diners|discover|maestro|jcb|\bcc\b|\bpan\b|kredit|payment|charged?|卡/;

function judge(found: Found): 'high' | 'medium' | 'low' | null {
  const shown = found.match[0];
  const digits = digitsOf(shown);
  if (new Set(digits).size < 2) return null;
  const separators = new Set(shown.replace(/\d/g, ''));
  if (separators.size > 1) return null;
  if (
    /(?:order|tracking|invoice|ticket|reference|serial|parcel|shipment)[a-z #:.]{0,12}$/.test(
      before(found, 24),
    )
  )
    return null;
  const hasContext = words.test(before(found, 60)) || words.test(after(found, 30));
  const groups = shown
    .split(/[ -]/)
    .map(({ length }) => length)
    .join();
  const isGrouped = /^4,4,4,[1-7]$|^4,6,[45]$|^4,4,4,4,3$|^4,4,4$/.test(groups);
  const isPlain = separators.size === 0;
  const isIssued = issuers.some((one) => one.prefix.test(digits) && one.lengths.includes(digits.length));
  if (!isGrouped && !isPlain) return null;
  if (!passesLuhn(digits)) return hasContext && isIssued && digits.length > 14 ? 'low' : null;
  if (!isIssued) return hasContext ? 'low' : null;
  if (hasContext || (isGrouped && digits.length > 12)) return 'high';
  return digits.length >= 15 ? 'medium' : 'low';
}

/** Payment cards: issuer range, length and Luhn digit. */
export const creditCard: Recogniser = {
  id: 'credit-card',
  patterns: [
    {
      rule: 'credit-card.luhn',
      type: 'CREDIT_CARD',
      expression: /(?<![\w.+-]|[\d][ ,])\d(?:[ -]?\d){11,18}(?![\w]|-\d|[.,]\d)/g,
      mayMatch: ({ digits }) => digits >= 12,
      judge,
    },
  ],
};
