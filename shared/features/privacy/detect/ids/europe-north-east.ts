import { isMonthDay, passesLuhn, passesMod1110, remainder, weighted } from '../check-digits.ts';
import type { NationalId } from './national-id.ts';

function isPesel(plain: string): boolean {
  const month = Number(plain.slice(2, 4)) % 20;
  return (
    isMonthDay(month, Number(plain.slice(4, 6))) &&
    (10 - (weighted(plain, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === Number(plain[10])
  );
}

function isPersonnummer(plain: string): boolean {
  const ten = plain.replace('+', '').slice(-10);
  const day = Number(ten.slice(4, 6));
  return passesLuhn(ten) && isMonthDay(Number(ten.slice(2, 4)), day > 60 ? day - 60 : day);
}

function isHetu(plain: string): boolean {
  const digits = plain.slice(0, 6) + plain.slice(-4, -1);
  return (
    '0123456789ABCDEFHJKLMNPRSTUVWXY'[remainder(digits, 31)] === plain.at(-1) &&
    isMonthDay(Number(plain.slice(2, 4)), Number(plain.slice(0, 2)))
  );
}

function isFodselsnummer(plain: string): boolean {
  const first = (11 - (weighted(plain, [3, 7, 6, 1, 8, 9, 4, 5, 2]) % 11)) % 11;
  const second = (11 - (weighted(plain, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
  return (
    plain.endsWith(`${first}${second}`) &&
    isMonthDay(Number(plain.slice(2, 4)), Number(plain.slice(0, 2)) % 40)
  );
}

function isRodneCislo(plain: string): boolean {
  const month = Number(plain.slice(2, 4)) % 50;
  return remainder(plain, 11) === 0 && isMonthDay(month > 20 ? month - 20 : month, Number(plain.slice(4, 6)));
}

function isCnp(plain: string): boolean {
  const rest = weighted(plain, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
  return (
    (rest === 10 ? 1 : rest) === Number(plain[12]) &&
    isMonthDay(Number(plain.slice(3, 5)), Number(plain.slice(5, 7)))
  );
}

function isEgn(plain: string): boolean {
  const month = Number(plain.slice(2, 4)) % 20;
  return (
    (weighted(plain, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10 === Number(plain[9]) &&
    isMonthDay(month, Number(plain.slice(4, 6)))
  );
}

/** The Nordic countries and central and eastern Europe. */
export const europeNorthEast: readonly NationalId[] = [
  {
    id: 'pl-pesel',
    shape: String.raw`\d{11}`,
    minDigits: 11,
    check: isPesel,
    words: /pesel/,
    alone: 'low',
    unchecked: 'low',
  },
  {
    id: 'se-personnummer',
    shape: String.raw`(?:19|20)?\d{2}[01]\d[0-9]\d[-+]?\d{4}`,
    minDigits: 10,
    check: isPersonnummer,
    words: /person(?:al)? ?(?:nummer|number|nr)|samordning/,
    alone: null,
    formatted: 'high',
    unchecked: 'low',
  },
  {
    id: 'fi-hetu',
    shape: String.raw`[0-3]\d[01]\d{3}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y]`,
    minDigits: 9,
    check: (plain) => isHetu(plain),
    words: /hetu|henkil|personal/,
    alone: 'high',
  },
  {
    id: 'no-fodselsnummer',
    shape: String.raw`[0-7]\d[0-5]\d{3} ?\d{5}`,
    minDigits: 11,
    check: isFodselsnummer,
    words: /f.dselsn|personnummer|national/,
    alone: 'medium',
  },
  {
    id: 'dk-cpr',
    shape: String.raw`[0-3]\d[01]\d{3}-?\d{4}`,
    minDigits: 10,
    check: (plain) => isMonthDay(Number(plain.slice(2, 4)), Number(plain.slice(0, 2))),
    words: /\bcpr\b|personnummer/,
    alone: null,
    formatted: 'low',
  },
  {
    id: 'cz-rodne-cislo',
    shape: String.raw`\d{2}[0-8]\d[0-3]\d/?\d{4}`,
    minDigits: 10,
    check: isRodneCislo,
    words: /rodn/,
    alone: null,
    formatted: 'high',
  },
  {
    id: 'ro-cnp',
    shape: String.raw`[1-8]\d{2}[01]\d[0-3]\d{8}`,
    minDigits: 13,
    check: isCnp,
    words: /\bcnp\b|cod numeric/,
    alone: 'low',
  },
  {
    id: 'bg-egn',
    shape: String.raw`\d{2}[0-5]\d[0-3]\d{5}`,
    minDigits: 10,
    check: isEgn,
    words: /\begn\b|егн/,
    alone: null,
  },
  {
    id: 'hr-oib',
    shape: String.raw`\d{11}`,
    minDigits: 11,
    check: passesMod1110,
    words: /\boib\b/,
    alone: null,
  },
];
