import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { quantile } from '../../statistics/bootstrap.ts';

/** A longer time between two verdicts (milliseconds) is a break, not judging, and counts in no pace. */
export const longestJudging = 5 * 60_000;

/** The pace is that of the last verdicts, this many at most: people get faster, and tired. */
export const paceWindow = 100;

/** With fewer verdicts there is no pace yet. */
export const fewestForPace = 5;

/** How sure the range of the remaining time is. */
export const paceCertainty = 0.9;

/**
 * Pace of a session: median and mean of the time a verdict took (milliseconds; in the mean, times over the upper
 * quartile + 3 × the range of the quartiles count as that), verdicts per hour of judging, and the time the rest will
 * take with its 90 % range. Breaks are in none of them.
 */
export type Pace = {
  verdicts: number;
  medianMs: number;
  meanMs: number;
  perHour: number;
  remainingMs: { estimate: number; low: number; high: number };
};

/**
 * Pace from the times of verdicts in the order given, for so many pairs still to judge; null before the fifth. The range
 * holds both the doubt about the mean and the chance in the times to come, taken as normal; it never goes below 0.
 */
export function sessionPace(times: readonly number[], remaining: number): Pace | null {
  const judging = times.filter((time) => time > 0 && time <= longestJudging).slice(-paceWindow);
  if (judging.length < fewestForPace) return null;
  const sorted = Float64Array.from(judging).sort();
  const upper = quantile(sorted, 0.75);
  const cap = upper + 3 * (upper - quantile(sorted, 0.25));
  const capped = sorted.map((time) => Math.min(time, cap));
  const n = capped.length;
  let sum = 0;
  for (const time of capped) sum += time;
  const mean = sum / n;
  let squares = 0;
  for (const time of capped) squares += (time - mean) ** 2;
  const deviation = Math.sqrt(squares / (n - 1));
  const estimate = mean * remaining;
  const width = normalQuantile((1 + paceCertainty) / 2, 0, 1);
  const half = width * deviation * Math.sqrt(remaining + (remaining * remaining) / n);
  return {
    verdicts: n,
    medianMs: quantile(sorted, 0.5),
    meanMs: mean,
    perHour: 3_600_000 / mean,
    remainingMs: { estimate, low: Math.max(0, estimate - half), high: estimate + half },
  };
}
