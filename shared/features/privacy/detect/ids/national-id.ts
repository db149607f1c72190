import type { Confidence } from '../../privacy.model.ts';
import { before, type Found, type Pattern } from '../recogniser.ts';

/** How a country numbers its people: the shape, the check digit and the words by which it is called. */
export type NationalId = {
  readonly id: string;
  /** Without boundaries and flags; must hold enough digits for `minDigits`. */
  readonly shape: string;
  readonly minDigits: number;
  /** Gets the match in upper case without spaces, dots, dashes and slashes. */
  check(plain: string): boolean;
  readonly words: RegExp;
  /** What a fitting number is worth without its words: null where too many other numbers fit by chance. */
  readonly alone: Confidence | null;
  /** What it is worth when the written form has separators, which other numbers do not have in these places. */
  readonly formatted?: Confidence;
  /** What it is worth with its words but a wrong check digit; usually a typing error or an invented number. */
  readonly unchecked?: Confidence;
};

/** Makes the pattern of a national number. */
export function nationalIdPattern(spec: NationalId): Pattern {
  return {
    rule: `id.${spec.id}`,
    type: 'ID_NUMBER',
    expression: new RegExp(String.raw`(?<![\w.+/-]|\d[ ,])(?:${spec.shape})(?![\w]|[-./]\d| \d{3})`, 'gi'),
    mayMatch: ({ digits }) => digits >= spec.minDigits,
    judge: (found) => judge(spec, found),
  };
}

function judge(spec: NationalId, found: Found): Confidence | null {
  const shown = found.match[0];
  const hasWords = spec.words.test(before(found, 50));
  if (!spec.check(shown.toUpperCase().replace(/[\s./-]/g, '')))
    return hasWords ? (spec.unchecked ?? null) : null;
  if (hasWords) return 'high';
  return /[\s./-]/.test(shown) ? (spec.formatted ?? spec.alone) : spec.alone;
}
