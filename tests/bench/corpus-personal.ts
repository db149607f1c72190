/** Personal data as it stands in a text, and what it is. */
export type Personal = { readonly kind: string; readonly value: string };

const firstNames = ['anna', 'ben', 'chloe', 'david', 'emma', 'farid', 'grace', 'hiro', 'ines', 'jonas'];
const lastNames = [
  'miller',
  'schmidt',
  'garcia',
  'rossi',
  'nowak',
  'tanaka',
  'khan',
  'silva',
  'dubois',
  'berg',
];

/** Draws personal data whose check digits are right; the numbers belong to nobody. */
export function createPersonal(random: () => number): () => Personal {
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const digits = (count: number): string => Array.from({ length: count }, () => below(10)).join('');
  const letters = (count: number, from: string): string =>
    Array.from({ length: count }, () => from.charAt(below(from.length))).join('');
  const kinds: readonly (() => Personal)[] = [
    () => ({ kind: 'email', value: `${pick(firstNames)}.${pick(lastNames)}${below(999)}@example.com` }),
    () => ({ kind: 'phone', value: `+1 212-555-${digits(4)}` }),
    () => ({ kind: 'ssn', value: `${100 + below(500)}-${10 + below(89)}-${1000 + below(8999)}` }),
    () => ({ kind: 'card', value: withLuhn(`4${digits(14)}`) }),
    () => ({ kind: 'iban', value: germanIban(digits(18)) }),
    () => ({ kind: 'ipv4', value: `${1 + below(222)}.${below(255)}.${below(255)}.${1 + below(253)}` }),
    () => ({
      kind: 'key',
      value: `sk-proj-${letters(40, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789')}`,
    }),
  ];
  return () => pick(kinds)();
}

/** The digits with the check digit of ISO/IEC 7812 after them. */
function withLuhn(digits: string): string {
  const sum = digits
    .split('')
    .toReversed()
    .map((digit, place) => Number(digit) * (place % 2 === 0 ? 2 : 1))
    .reduce((total, value) => total + (value > 9 ? value - 9 : value), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** A German IBAN around 18 digits, with the check digits of ISO 13616. */
function germanIban(digits: string): string {
  const rest = Number(BigInt(`${digits}131400`) % 97n);
  return `DE${String(98 - rest).padStart(2, '0')}${digits}`;
}
