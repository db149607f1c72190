import mt19937 from '@stdlib/random-base-mt19937';
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { type Interval, significance } from './interval.ts';

/** Resamples behind every bootstrap interval. */
export const bootstrapDraws = 10_000;

/** Draws closer than this to the observed value count as equal to it: sums in another order differ by rounding. */
const tieWidth = 1e-12;

/**
 * Bootstrap distribution of a statistic of `n` items with its leave-one-out values, for {@link bcaInterval}.
 * Where many items are alike, `weights` says for how many items each leave-one-out value stands.
 */
export type Resampled = {
  observed: number;
  draws: Float64Array;
  jackknife: Float64Array;
  weights?: Int32Array;
};

/** 95 % BCa interval (Efron 1987); ties with the observed value count half, as in SciPy. */
export function bcaInterval({ observed, draws, jackknife, weights }: Resampled): Interval {
  const sorted = draws.toSorted();
  const first = sorted[0] ?? observed;
  const last = sorted[sorted.length - 1] ?? observed;
  const acceleration = accelerationOf(jackknife, weights ?? new Int32Array(jackknife.length).fill(1));
  if (last - first <= tieWidth || acceleration === null)
    return { estimate: observed, low: first, high: last };
  let below = 0;
  for (const draw of sorted) {
    if (draw < observed - tieWidth) below += 1;
    else if (draw <= observed + tieWidth) below += 0.5;
    else break;
  }
  // Never 0 or 1, where the normal quantile is infinite.
  const share = Math.min(Math.max(below, 0.5), sorted.length - 0.5) / sorted.length;
  const bias = normalQuantile(share, 0, 1);
  const at = (probability: number): number => {
    const shifted = bias + normalQuantile(probability, 0, 1);
    return quantile(sorted, normalCdf(bias + shifted / (1 - acceleration * shifted), 0, 1));
  };
  return { estimate: observed, low: at(significance / 2), high: at(1 - significance / 2) };
}

/** Skewness of the leave-one-out values; null when they do not vary. */
function accelerationOf(jackknife: Float64Array, weights: Int32Array): number | null {
  let n = 0;
  for (const weight of weights) n += weight;
  let mean = 0;
  for (const [at, value] of jackknife.entries()) mean += (value * (weights[at] ?? 0)) / n;
  let squares = 0;
  let cubes = 0;
  for (const [at, value] of jackknife.entries()) {
    const influence = (n - 1) * (mean - value);
    squares += influence * influence * (weights[at] ?? 0);
    cubes += influence * influence * influence * (weights[at] ?? 0);
  }
  if (squares <= tieWidth * tieWidth) return null;
  return cubes / n ** 3 / (6 * (squares / n ** 2) ** 1.5);
}

/** Quantile of sorted values with linear interpolation between neighbours (NumPy's default); NaN of none. */
export function quantile(sorted: Float64Array, probability: number): number {
  const place = Math.min(1, Math.max(0, probability)) * (sorted.length - 1);
  const lower = Math.floor(place);
  const low = sorted[lower] ?? Number.NaN;
  const high = sorted[Math.min(lower + 1, sorted.length - 1)] ?? low;
  return low + (high - low) * (place - lower);
}

/** Source of item numbers 0 … n-1: MT19937 seeded with `seed` + 1 (zero is no seed), one 32-bit word each, scaled. */
export function indexSource(seed: number, n: number): () => number {
  const next = mt19937.factory({ seed: seed + 1 });
  return () => Math.floor((next() / 4_294_967_296) * n);
}

/**
 * BCa interval of a mean. The values are put into a canonical order and sign first, so that the order of items
 * does not matter and negated values give exactly the negated interval.
 */
export function bootstrapMean(values: readonly number[], seed: number): Interval {
  if (values.length === 0) throw new RangeError('no values to resample');
  const plain = Float64Array.from(values).sort();
  const negated = plain.map((value) => 0 - value).sort();
  if (comesFirst(negated, plain)) {
    const { estimate, low, high } = bcaInterval(resampleMean(negated, seed));
    return { estimate: 0 - estimate, low: 0 - high, high: 0 - low };
  }
  const interval = bcaInterval(resampleMean(plain, seed));
  return comesFirst(plain, negated) ? interval : mirrored(interval);
}

/** Values that are their own mirror image have an interval that is one too; what differs is chance of the draws. */
function mirrored({ low, high }: Interval): Interval {
  const half = (high - low) / 2;
  return { estimate: 0, low: 0 - half, high: half };
}

function comesFirst(one: Float64Array, other: Float64Array): boolean {
  const at = one.findIndex((value, index) => value !== other[index]);
  return at >= 0 && (one[at] ?? 0) > (other[at] ?? 0);
}

function resampleMean(values: Float64Array, seed: number): Resampled {
  const n = values.length;
  const nextIndex = indexSource(seed, n);
  const draws = new Float64Array(bootstrapDraws);
  for (let draw = 0; draw < bootstrapDraws; draw += 1) {
    let sum = 0;
    for (let item = 0; item < n; item += 1) sum += values[nextIndex()] ?? 0;
    draws[draw] = sum / n;
  }
  let total = 0;
  for (const value of values) total += value;
  const jackknife = values.map((value) => (n > 1 ? (total - value) / (n - 1) : value));
  return { observed: total / n, draws, jackknife };
}

/** BCa interval of any statistic of `n` items, given as a function of the item numbers drawn. */
export function bootstrapStatistic(
  n: number,
  seed: number,
  statistic: (items: Int32Array) => number,
): Interval {
  const nextIndex = indexSource(seed, n);
  const items = new Int32Array(n);
  const draws = new Float64Array(bootstrapDraws);
  for (let draw = 0; draw < bootstrapDraws; draw += 1) {
    for (let item = 0; item < n; item += 1) items[item] = nextIndex();
    draws[draw] = statistic(items);
  }
  const all = Int32Array.from({ length: n }, (_, index) => index);
  const jackknife = Float64Array.from(all, (left) => statistic(all.filter((index) => index !== left)));
  return bcaInterval({ observed: statistic(all), draws, jackknife });
}
