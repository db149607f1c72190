import { isMonthDay, passesLuhn, passesMod1110, remainder, weighted } from '../check-digits.ts';
import type { NationalId } from './national-id.ts';

const dniLetters = 'TRWAGMYFPDXBNJZSQVHLCKE';

function isDni(plain: string): boolean {
  const digits = plain.slice(0, -1).replace(/^[XYZ]/, (char) => String('XYZ'.indexOf(char)));
  return dniLetters[Number(digits) % 23] === plain.at(-1);
}

function isNir(plain: string): boolean {
  const body = plain.slice(0, 13).replace('2A', '19').replace('2B', '18');
  return 97 - remainder(body, 97) === Number(plain.slice(13)) && Number(plain.slice(3, 5)) > 0;
}

/** One digit two or three times, the others once or not at all, and mod 11-10 (§ 139b AO). */
function isSteuerId(plain: string): boolean {
  const counts = Object.values(Object.groupBy(plain.slice(0, 10), (digit) => digit)).map(
    (same) => same?.length ?? 0,
  );
  const repeated = counts.filter((count) => count > 1);
  return repeated.length === 1 && (repeated[0] ?? 0) < 4 && passesMod1110(plain);
}

const odd: Readonly<Record<string, number>> = Object.fromEntries(
  '0123456789'
    .split('')
    .map((char, index) => [char, [1, 0, 5, 7, 9, 13, 15, 17, 19, 21][index] ?? 0])
    .concat(
      'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
        .split('')
        .map((char, index) => [
          char,
          [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23][
            index
          ] ?? 0,
        ]),
    ),
);

function isCodiceFiscale(plain: string): boolean {
  const sum = plain
    .slice(0, 15)
    .split('')
    .reduce((total, char, index) => {
      const even = /\d/.test(char) ? Number(char) : char.charCodeAt(0) - 65;
      return total + (index % 2 === 0 ? (odd[char] ?? 0) : even);
    }, 0);
  return String.fromCharCode(65 + (sum % 26)) === plain[15];
}

function isBsn(plain: string): boolean {
  return Number(plain) > 0 && weighted(plain, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0;
}

function isBelgian(plain: string): boolean {
  const body = plain.slice(0, 9);
  const check = Number(plain.slice(9));
  return 97 - remainder(body, 97) === check || 97 - remainder(`2${body}`, 97) === check;
}

function isAhv(plain: string): boolean {
  const sum = plain
    .slice(0, 12)
    .split('')
    .reduce((total, char, index) => total + Number(char) * (index % 2 === 0 ? 1 : 3), 0);
  return (10 - (sum % 10)) % 10 === Number(plain[12]);
}

function isNif(plain: string): boolean {
  const rest = weighted(plain, [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
  return Number(plain[8]) === (rest < 2 ? 0 : 11 - rest);
}

function isPps(plain: string): boolean {
  const sum = weighted(plain, [8, 7, 6, 5, 4, 3, 2]) + (plain[8] ? (plain.charCodeAt(8) - 64) * 9 : 0);
  return 'WABCDEFGHIJKLMNOPQRSTUV'[sum % 23] === plain[7];
}

/** Ireland, the United Kingdom and continental western Europe. */
export const europeWest: readonly NationalId[] = [
  {
    id: 'gb-nino',
    shape: String.raw`(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]`,
    minDigits: 6,
    check: () => true,
    words: /nino|national insurance|\bni\b/,
    alone: 'medium',
    formatted: 'high',
  },
  {
    id: 'gb-nhs',
    shape: String.raw`\d{3}([- ]?)\d{3}\1\d{4}`,
    minDigits: 10,
    check: (plain) => (11 - (weighted(plain, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === Number(plain[9]),
    words: /\bnhs\b|national health/,
    alone: null,
  },
  {
    id: 'ie-pps',
    shape: String.raw`\d{7}[A-W][A-IW]?`,
    minDigits: 7,
    check: isPps,
    words: /\bppsn?\b|personal public/,
    alone: 'low',
  },
  {
    id: 'de-steuer-id',
    shape: String.raw`[1-9]\d ?\d{3} ?\d{3} ?\d{3}`,
    minDigits: 11,
    check: isSteuerId,
    words: /steuer|\bidnr|tax|\btin\b/,
    alone: null,
    formatted: 'medium',
    unchecked: 'low',
  },
  {
    id: 'de-rvnr',
    shape: String.raw`\d{2} ?[0-3]\d[01]\d{3} ?[A-Z] ?\d{3}`,
    minDigits: 11,
    check: (plain) => isMonthDay(Number(plain.slice(4, 6)), Number(plain.slice(2, 4))),
    words: /rentenvers|sozialvers|rvnr|\bsvnr/,
    alone: 'medium',
  },
  {
    id: 'de-ausweis',
    shape: String.raw`[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8}\d?`,
    minDigits: 3,
    check: (plain) => /\d.*\d/.test(plain),
    words: /ausweis|reisepass|personalaus/,
    alone: null,
  },
  {
    id: 'fr-nir',
    shape: String.raw`[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}`,
    minDigits: 14,
    check: isNir,
    words: /\bnir\b|s[ée]curit[ée] sociale|insee|\bsécu/,
    alone: 'high',
    unchecked: 'low',
  },
  {
    id: 'es-dni',
    shape: String.raw`(?:\d{8}|\d{2}\.\d{3}\.\d{3}|[XYZ][ -]?\d{7})[ -]?[A-HJ-NP-TV-Z]`,
    minDigits: 7,
    check: isDni,
    words: /\bdni\b|\bnie\b|\bnif\b|identidad/,
    alone: 'high',
    unchecked: 'low',
  },
  {
    id: 'it-codice-fiscale',
    shape: String.raw`[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]`,
    minDigits: 7,
    check: isCodiceFiscale,
    words: /codice|fiscale|\bcf\b/,
    alone: 'high',
    unchecked: 'medium',
  },
  {
    id: 'nl-bsn',
    shape: String.raw`\d{4}\.?\d{2}\.?\d{3}|\d{3}\.\d{3}\.\d{3}`,
    minDigits: 9,
    check: isBsn,
    words: /\bbsn\b|burgerservice|sofinummer/,
    alone: null,
    formatted: 'low',
    unchecked: 'low',
  },
  {
    id: 'be-nrn',
    shape: String.raw`\d{2}\.?[0-6]\d\.?[0-3]\d[- ]?\d{3}\.?\d{2}`,
    minDigits: 11,
    check: isBelgian,
    words: /rijksregister|registre national|\bnrn\b|national/,
    alone: null,
    formatted: 'high',
  },
  {
    id: 'ch-ahv',
    shape: String.raw`756[. ]?\d{4}[. ]?\d{4}[. ]?\d{2}`,
    minDigits: 13,
    check: isAhv,
    words: /\bahv|\bavs\b|sozialvers/,
    alone: 'high',
    unchecked: 'medium',
  },
  {
    id: 'at-svnr',
    shape: String.raw`\d{4} ?[0-3]\d[01]\d{3}`,
    minDigits: 10,
    check: (plain) => weighted(plain, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 === Number(plain[3]),
    words: /\bsvnr|sozialvers|versicherungsnummer/,
    alone: null,
  },
  {
    id: 'pt-nif',
    shape: String.raw`[1235689]\d{2} ?\d{3} ?\d{3}`,
    minDigits: 9,
    check: isNif,
    words: /\bnif\b|contribuinte/,
    alone: null,
  },
  {
    id: 'fr-siret',
    shape: String.raw`\d{3} ?\d{3} ?\d{3} ?\d{5}`,
    minDigits: 14,
    check: passesLuhn,
    words: /sire[nt]/,
    alone: null,
  },
];
