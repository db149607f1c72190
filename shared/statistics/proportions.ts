import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import binomialTest from '@stdlib/stats-binomial-test';
import { type Interval, significance } from './interval.ts';

/** 95 % Wilson score interval of a proportion, without continuity correction (Wilson 1927); `passed` may count halves. */
export function wilsonInterval(passed: number, n: number): Interval {
  if (n < 1 || passed < 0 || passed > n) throw new RangeError(`no proportion: ${passed} of ${n}`);
  const z = normalQuantile(1 - significance / 2, 0, 1);
  const share = passed / n;
  const scale = 1 + (z * z) / n;
  const centre = (share + (z * z) / (2 * n)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return {
    estimate: share,
    low: passed === 0 ? 0 : Math.max(0, centre - half),
    high: passed === n ? 1 : Math.min(1, centre + half),
  };
}

/**
 * 95 % Clopper–Pearson interval of a proportion (exact: it covers at least that often, whatever the truth) with the
 * two-sided exact binomial p against one half.
 */
export function exactShare(passed: number, n: number): Interval & { p: number } {
  if (n < 1 || passed < 0 || passed > n) throw new RangeError(`no proportion: ${passed} of ${n}`);
  const { ci, pValue } = binomialTest(passed, n, { alpha: significance });
  return { estimate: passed / n, low: ci[0] ?? 0, high: ci[1] ?? 1, p: Math.min(1, pValue) };
}
