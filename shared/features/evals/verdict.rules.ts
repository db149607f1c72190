import type { Measured, PairedDifference } from './evals.model.ts';
import type { Grader } from './graders.model.ts';

/** A share or score as people read it: `62.5 %` for pass/fail, `0.625` for scores. */
export function formatScore(value: number, isPassFail: boolean): string {
  return isPassFail ? `${(value * 100).toFixed(1)} %` : value.toFixed(3);
}

/** A difference with its sign: `+12.5 points` for pass/fail, `+0.125` for scores. */
export function formatDifference(value: number, isPassFail: boolean): string {
  const rounded = isPassFail ? (value * 100).toFixed(1) : value.toFixed(3);
  const isZero = Number(rounded) === 0;
  const sign = isZero ? '' : value > 0 ? '+' : '−';
  return `${sign}${rounded.replace('-', '')}${isPassFail ? ' points' : ''}`;
}

/** An interval of differences: `+4.5 to +12.0 points`. */
export function formatRange(low: number, high: number, isPassFail: boolean): string {
  const from = formatDifference(low, isPassFail).replace(/ points$/, '');
  return `${from} to ${formatDifference(high, isPassFail)}`;
}

/** A p value: three digits, or `< 0.001`. */
export function formatP(p: number): string {
  return p < 0.001 ? '< 0.001' : `= ${p.toFixed(3)}`;
}

type Finding = {
  grader: Grader;
  isPassFail: boolean;
  base: Measured;
  tuned: Measured;
  difference: PairedDifference;
  improved: number;
  worsened: number;
};

/** The finding in plain words. "Better" stands here only when the verdict says so. */
export function sentenceOf(finding: Finding): string {
  const { grader, isPassFail, base, tuned, difference } = finding;
  const score = (value: number): string => formatScore(value, isPassFail);
  const from = `${grader.name}: ${score(base.mean)} before, ${score(tuned.mean)} after, on the same ${difference.n} items`;
  const change = (value: number): string => formatDifference(value, isPassFail);
  const range = `${change(difference.estimate)}, 95 % interval ${formatRange(difference.low, difference.high, isPassFail)}`;
  const test = difference.mcnemarP === null ? '' : `, McNemar p ${formatP(difference.mcnemarP)}`;
  if (difference.verdict === 'better') return `The tuned model is better. ${from} (${range}${test}).`;
  if (difference.verdict === 'worse') return `The tuned model is worse. ${from} (${range}${test}).`;
  return `No evidence of improvement. ${from} (${range}${test}). ${whyNot(finding)}`;
}

/** The figures of a {@link sentenceOf}, for where the verdict stands above them. */
export function withoutVerdict(sentence: string): string {
  return sentence.slice(sentence.indexOf('. ') + 2);
}

function whyNot({ difference, improved, worsened }: Finding): string {
  if (improved + worsened === 0) return 'No item was answered with another score.';
  if (difference.low <= 0 && difference.high >= 0) return 'The interval includes zero.';
  if (improved + worsened < 6) {
    return `Only ${improved + worsened} ${improved + worsened === 1 ? 'item differs' : 'items differ'}, too few to tell a difference from chance.`;
  }
  return 'The interval excludes zero, but the exact test does not confirm it.';
}
