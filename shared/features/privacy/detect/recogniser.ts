import type { Confidence, Detection, PersonalDataType } from '../privacy.model.ts';
import type { TextFacts } from './text-facts.ts';

/** What an expression found: its whole match, its groups and the text around it. */
export type Found = {
  readonly text: string;
  readonly match: RegExpExecArray;
  readonly start: number;
  readonly end: number;
};

/** How a found place is kept: with this confidence, perhaps with other borders or as another type. */
export type Verdict = {
  readonly confidence: Confidence;
  readonly start?: number;
  readonly end?: number;
  readonly type?: PersonalDataType;
};

/**
 * One expression with what makes it worth running. `expression` is global and safe (linear; tests/privacy proves it with
 * recheck). A named group `value` narrows the span to itself.
 */
export type Pattern = {
  readonly rule: string;
  readonly type: PersonalDataType;
  readonly expression: RegExp;
  /** Cheap and necessary condition of a match: false means the expression cannot match anywhere in the text. */
  mayMatch(facts: TextFacts): boolean;
  /** The confidence, or null to drop the match; without it every match has `high`. */
  judge?(found: Found): Confidence | Verdict | null;
};

/** Rules for one kind of data, in a file of its own. */
export type Recogniser = { readonly id: string; readonly patterns: readonly Pattern[] };

/** Runs one expression over a text; `add` gets what it found. The expression's groups must be `d` where it names `value`. */
export function runPattern(pattern: Pattern, text: string, add: (detection: Detection) => void): void {
  const { expression, rule, type } = pattern;
  expression.lastIndex = 0;
  for (let match = expression.exec(text); match; match = expression.exec(text)) {
    if (match[0] === '') {
      expression.lastIndex += 1;
      continue;
    }
    const [start, end] = match.indices?.groups?.value ?? [match.index, match.index + match[0].length];
    const judged = pattern.judge ? pattern.judge({ text, match, start, end }) : 'high';
    if (judged === null) continue;
    const verdict = typeof judged === 'string' ? { confidence: judged } : judged;
    add({
      start: verdict.start ?? start,
      end: verdict.end ?? end,
      type: verdict.type ?? type,
      confidence: verdict.confidence,
      rule,
    });
  }
}

/** The text before a place, at most `length` units, lower case. */
export function before({ text, start }: Pick<Found, 'text' | 'start'>, length = 40): string {
  return text.slice(Math.max(0, start - length), start).toLowerCase();
}

/** The text after a place, at most `length` units, lower case. */
export function after({ text, end }: Pick<Found, 'text' | 'end'>, length = 30): string {
  return text.slice(end, end + length).toLowerCase();
}

/** The digits of a text, in order, nothing else. */
export function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}
