import binomialTest from '@stdlib/stats-binomial-test';
import { type Interval, significance } from '../../statistics/interval.ts';
import type { Verdict } from './evals.model.ts';

/** With fewer items that differ, no two-sided sign test can reach 5 % (2 × 0.5⁵ = 0.0625). */
const fewestDiffering = 6;

/** Two-sided exact McNemar p of `improved` against `worsened` pairs; 1 when no pair differs. */
export function mcnemarExact(improved: number, worsened: number): number {
  const differing = improved + worsened;
  if (differing === 0) return 1;
  return Math.min(1, binomialTest(Math.min(improved, worsened), differing).pValue);
}

/**
 * `better` or `worse` only when the interval excludes zero, at least six items differ, and, where there is
 * pass or fail, McNemar's exact p is below 0.05 too; everything else is `no_evidence`.
 */
export function judge(found: { interval: Interval; differing: number; mcnemarP: number | null }): Verdict {
  const { low, high } = found.interval;
  const isEnough = found.differing >= fewestDiffering && (found.mcnemarP ?? 0) < significance;
  if (!isEnough || (low <= 0 && high >= 0)) return 'no_evidence';
  return low > 0 ? 'better' : 'worse';
}
