import { isMonthDay, passesLuhn, remainder, weighted } from '../check-digits.ts';
import type { NationalId } from './national-id.ts';

function isSsn(plain: string): boolean {
  const area = Number(plain.slice(0, 3));
  return area > 0 && area !== 666 && area < 900 && plain.slice(3, 5) !== '00' && plain.slice(5) !== '0000';
}

function isCpf(plain: string): boolean {
  if (/^(\d)\1+$/.test(plain)) return false;
  const first = ((weighted(plain, [10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10) % 11) % 10;
  const second = ((weighted(plain, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10) % 11) % 10;
  return plain.endsWith(`${first}${second}`);
}

function isCnpj(plain: string): boolean {
  const digit = (weights: readonly number[]): number => {
    const rest = weighted(plain, weights) % 11;
    return rest < 2 ? 0 : 11 - rest;
  };
  const tail = [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];
  return plain.endsWith(`${digit(tail)}${digit([6, ...tail])}`);
}

const rutWeights = [2, 3, 4, 5, 6, 7];

function isRut(plain: string): boolean {
  const sum = plain
    .slice(0, -1)
    .split('')
    .toReversed()
    .reduce((total, char, index) => total + Number(char) * (rutWeights[index % 6] ?? 0), 0);
  return '0K987654321'[sum % 11] === plain.at(-1);
}

function isCurp(plain: string): boolean {
  const order = '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ';
  const sum = plain
    .slice(0, 17)
    .split('')
    .reduce((total, char, index) => total + order.indexOf(char) * (18 - index), 0);
  return (
    Number(plain[17]) === (10 - (sum % 10)) % 10 &&
    isMonthDay(Number(plain.slice(6, 8)), Number(plain.slice(8, 10)))
  );
}

/** United States, Canada, Brazil, Mexico, Chile, Argentina. */
export const americas: readonly NationalId[] = [
  {
    id: 'us-ssn',
    shape: String.raw`\d{3}([- ]?)\d{2}\1\d{4}`,
    minDigits: 9,
    check: isSsn,
    words: /ssn|social|security|sozialversicherung|tax/,
    alone: null,
    formatted: 'high',
    unchecked: 'low',
  },
  {
    id: 'us-itin',
    shape: String.raw`9\d{2}([- ]?)[5-9]\d\1\d{4}`,
    minDigits: 9,
    check: (plain) => !['89', '93'].includes(plain.slice(3, 5)),
    words: /itin|taxpayer|tax/,
    alone: null,
    formatted: 'medium',
  },
  {
    id: 'ca-sin',
    shape: String.raw`[1-9]\d{2}([- ]?)\d{3}\1\d{3}`,
    minDigits: 9,
    check: passesLuhn,
    words: /\bsin\b|social insurance|assurance sociale|\bnas\b/,
    alone: null,
    formatted: 'low',
    unchecked: 'low',
  },
  {
    id: 'br-cpf',
    shape: String.raw`\d{3}\.?\d{3}\.?\d{3}-?\d{2}`,
    minDigits: 11,
    check: isCpf,
    words: /cpf|cadastro/,
    alone: null,
    formatted: 'high',
    unchecked: 'low',
  },
  {
    id: 'br-cnpj',
    shape: String.raw`\d{2}\.?\d{3}\.?\d{3}/?\d{4}-?\d{2}`,
    minDigits: 14,
    check: isCnpj,
    words: /cnpj/,
    alone: null,
    formatted: 'high',
  },
  {
    id: 'mx-curp',
    shape: String.raw`[A-Z][AEIOUX][A-Z]{2}\d{6}[HMX][A-Z]{5}[0-9A-Z]\d`,
    minDigits: 7,
    check: isCurp,
    words: /curp/,
    alone: 'high',
    unchecked: 'medium',
  },
  {
    id: 'cl-rut',
    shape: String.raw`\d{1,2}\.?\d{3}\.?\d{3}-[\dK]`,
    minDigits: 7,
    check: isRut,
    words: /\brut\b|\brun\b/,
    alone: 'medium',
    formatted: 'medium',
  },
  {
    id: 'ar-cuit',
    shape: String.raw`(?:20|2[3467]|30|3[34])-?\d{8}-?\d`,
    minDigits: 11,
    check: (plain) =>
      (11 - (weighted(plain, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === Number(plain[10]),
    words: /cui[tl]/,
    alone: null,
    formatted: 'medium',
  },
  {
    id: 'us-aba',
    shape: String.raw`[0123678]\d{8}`,
    minDigits: 9,
    check: (plain) => remainder(String(weighted(plain, [3, 7, 1, 3, 7, 1, 3, 7, 1])), 10) === 0,
    words: /routing|\baba\b|\brtn\b/,
    alone: null,
  },
];
