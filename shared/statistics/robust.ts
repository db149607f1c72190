import { quantile } from './bootstrap.ts';

/** Median and spread of values, none of which a few wild ones can move. */
export type RobustScale = { median: number; scale: number };

/** Consistency of the mean absolute deviation with the standard deviation of a normal distribution: √(π/2). */
const meanDeviationFactor = Math.sqrt(Math.PI / 2);

/** Consistency of the median absolute deviation, as Iglewicz and Hoaglin (1993) round it. */
const madFactor = 0.6745;

/** Median; NaN of none. Of an even number, the middle of the two middle values. */
export function medianOf(values: Float64Array): number {
  return quantile(values.toSorted(), 0.5);
}

/**
 * Median and median absolute deviation / 0.6745; where over half the values are equal (deviation 0) the mean absolute
 * deviation × 1.2533 instead (Iglewicz and Hoaglin 1993). Scale 0 only when all values are equal.
 */
export function robustScale(values: Float64Array): RobustScale {
  const median = medianOf(values);
  const deviations = values.map((value) => Math.abs(value - median));
  const mad = medianOf(deviations);
  if (mad > 0) return { median, scale: mad / madFactor };
  let sum = 0;
  for (const deviation of deviations) sum += deviation;
  return { median, scale: (sum / values.length) * meanDeviationFactor };
}
