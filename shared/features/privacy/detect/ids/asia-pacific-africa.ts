import { isMonthDay, passesLuhn, passesVerhoeff, weighted } from '../check-digits.ts';
import type { NationalId } from './national-id.ts';

function isTckn(plain: string): boolean {
  const digits = plain.split('').map(Number);
  const odd = [0, 2, 4, 6, 8].reduce((sum, at) => sum + (digits[at] ?? 0), 0);
  const even = [1, 3, 5, 7].reduce((sum, at) => sum + (digits[at] ?? 0), 0);
  const first = (((odd * 7 - even) % 10) + 10) % 10;
  return digits[9] === first && digits[10] === digits.slice(0, 10).reduce((sum, one) => sum + one, 0) % 10;
}

const chineseWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

function isChineseId(plain: string): boolean {
  return (
    '10X98765432'[weighted(plain, chineseWeights) % 11] === plain[17] &&
    isMonthDay(Number(plain.slice(10, 12)), Number(plain.slice(12, 14)))
  );
}

function isSingaporean(plain: string): boolean {
  const sum = weighted(plain.slice(1), [2, 7, 6, 5, 4, 3, 2]) + ('TG'.includes(plain[0] ?? '') ? 4 : 0);
  const letters = 'ST'.includes(plain[0] ?? '') ? 'JZIHGFEDCBA' : 'XWUTRQPNMLK';
  return letters[sum % 11] === plain[8];
}

function isTfn(plain: string): boolean {
  return weighted(plain, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0;
}

function isAbn(plain: string): boolean {
  const digits = `${Number(plain[0]) - 1}${plain.slice(1)}`;
  return weighted(digits, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) % 89 === 0;
}

function isKorean(plain: string): boolean {
  return (11 - (weighted(plain, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11)) % 10 === Number(plain[12]);
}

/** Asia, Australia, the Near East and South Africa. */
export const asiaPacificAfrica: readonly NationalId[] = [
  {
    id: 'in-aadhaar',
    shape: String.raw`[2-9]\d{3}([- ]?)\d{4}\1\d{4}`,
    minDigits: 12,
    check: passesVerhoeff,
    words: /aadhaa?r|uidai|\buid\b/,
    alone: null,
    formatted: 'medium',
    unchecked: 'low',
  },
  {
    id: 'in-pan',
    shape: '[A-Z]{3}[ABCFGHJLPT][A-Z]\\d{4}[A-Z]',
    minDigits: 4,
    check: () => true,
    words: /\bpan\b|permanent account|income tax/,
    alone: 'medium',
  },
  {
    id: 'cn-resident',
    shape: String.raw`[1-9]\d{5}(?:19|20)\d{2}[01]\d[0-3]\d{4}[\dX]`,
    minDigits: 17,
    check: isChineseId,
    words: /身份证|identity|resident/,
    alone: 'high',
  },
  {
    id: 'sg-nric',
    shape: String.raw`[STFG]\d{7}[A-Z]`,
    minDigits: 7,
    check: isSingaporean,
    words: /nric|\bfin\b|identity/,
    alone: 'high',
    unchecked: 'low',
  },
  {
    id: 'kr-rrn',
    shape: String.raw`\d{2}[01]\d[0-3]\d-?[1-8]\d{6}`,
    minDigits: 13,
    check: (plain) => isMonthDay(Number(plain.slice(2, 4)), Number(plain.slice(4, 6))) && isKorean(plain),
    words: /\brrn\b|주민|resident/,
    alone: null,
    formatted: 'high',
  },
  {
    id: 'tr-tckn',
    shape: String.raw`[1-9]\d{10}`,
    minDigits: 11,
    check: isTckn,
    words: /tckn|\btc\b|kimlik/,
    alone: 'medium',
  },
  {
    id: 'au-tfn',
    shape: String.raw`\d{3}([- ]?)\d{3}\1\d{3}`,
    minDigits: 9,
    check: isTfn,
    words: /\btfn\b|tax file/,
    alone: null,
  },
  {
    id: 'au-medicare',
    shape: String.raw`[2-6]\d{3} ?\d{5} ?\d`,
    minDigits: 10,
    check: (plain) => weighted(plain, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === Number(plain[8]),
    words: /medicare/,
    alone: null,
  },
  {
    id: 'au-abn',
    shape: String.raw`\d{2} ?\d{3} ?\d{3} ?\d{3}`,
    minDigits: 11,
    check: isAbn,
    words: /\babn\b|business number/,
    alone: null,
  },
  {
    id: 'za-id',
    shape: String.raw`\d{2}[01]\d[0-3]\d ?\d{4} ?[01]\d{2}`,
    minDigits: 13,
    check: (plain) => passesLuhn(plain) && isMonthDay(Number(plain.slice(2, 4)), Number(plain.slice(4, 6))),
    words: /\bid\b|identity/,
    alone: 'low',
  },
  {
    id: 'il-id',
    shape: String.raw`\d{9}`,
    minDigits: 9,
    check: passesLuhn,
    words: /teudat|israeli id|תעודת/,
    alone: null,
  },
];
