import mt19937 from '@stdlib/random-base-mt19937';
import { bcaInterval, bootstrapDraws } from './bootstrap.ts';
import type { Interval } from './interval.ts';

/** A statistic of how often each kind of item occurs; NaN where it is not defined (0 / 0). */
export type CountStatistic = (counts: Int32Array) => number;

/**
 * Interval of a statistic of counts. `undefinedDraws` of `draws` resamples had no value and are left out: the
 * interval then speaks only of those that had one. Null when the statistic has no value on the data itself.
 */
export type CountInterval = { interval: Interval | null; draws: number; undefinedDraws: number };

/**
 * 95 % BCa bootstrap interval over items of which many are alike: `counts[k]` items of kind k. Drawing n items with
 * replacement is drawing the counts from a multinomial distribution, so the work per draw grows with the number of
 * kinds and not with the number of items.
 */
export function bootstrapCounts(
  counts: Int32Array,
  statistic: CountStatistic,
  { seed, draws = bootstrapDraws }: { seed: number; draws?: number },
): CountInterval {
  const observed = statistic(counts);
  if (Number.isNaN(observed)) return { interval: null, draws, undefinedDraws: draws };
  const resample = createMultinomial(counts, seed);
  const drawn = new Int32Array(counts.length);
  const values = new Float64Array(draws);
  let kept = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    resample(drawn);
    const value = statistic(drawn);
    if (Number.isNaN(value)) continue;
    values[kept] = value;
    kept += 1;
  }
  const interval = bcaInterval({
    observed,
    draws: values.slice(0, kept),
    jackknife: leaveOneOut(counts, statistic, observed),
    weights: counts,
  });
  return { interval, draws, undefinedDraws: draws - kept };
}

/** The statistic without one item of each kind; where that has no value, the observed one (no influence). */
function leaveOneOut(counts: Int32Array, statistic: CountStatistic, observed: number): Float64Array {
  const left = counts.slice();
  const values = new Float64Array(counts.length).fill(observed);
  for (const [kind, count] of counts.entries()) {
    if (count === 0) continue;
    left[kind] = count - 1;
    const value = statistic(left);
    if (!Number.isNaN(value)) values[kind] = value;
    left[kind] = count;
  }
  return values;
}

/** Fills its argument with counts of as many items drawn with replacement: one binomial draw a kind, given those before. */
export function createMultinomial(counts: Int32Array, seed: number): (drawn: Int32Array) => void {
  const next = mt19937.factory({ seed: seed + 1 });
  // 53 bits, as NumPy takes them from two words.
  const uniform = (): number => ((next() >>> 5) * 67_108_864 + (next() >>> 6)) / 2 ** 53;
  let total = 0;
  for (const count of counts) total += count;
  const binomial = createBinomial(total);
  return (drawn) => {
    let items = total;
    let weight = total;
    for (const [kind, count] of counts.entries()) {
      const taken = binomial(items, count / weight, items > 0 ? uniform() : 0);
      drawn[kind] = taken;
      items -= taken;
      weight -= count;
    }
  };
}

/**
 * Binomial numbers up to `most` trials by inversion from the most probable value outwards: exact but for rounding, with
 * one uniform number a draw and a number of steps that grows with the standard deviation.
 */
function createBinomial(most: number): (trials: number, share: number, uniform: number) => number {
  const logFactorials = new Float64Array(most + 1);
  for (let at = 1; at <= most; at += 1) logFactorials[at] = (logFactorials[at - 1] ?? 0) + Math.log(at);
  const logFactorial = (of: number): number => logFactorials[of] ?? 0;
  return (trials, share, uniform) => {
    if (trials === 0 || share <= 0) return 0;
    if (share >= 1) return trials;
    const mode = Math.floor((trials + 1) * share);
    const logChoices = logFactorial(trials) - logFactorial(mode) - logFactorial(trials - mode);
    const odds = share / (1 - share);
    let above = Math.exp(logChoices + mode * Math.log(share) + (trials - mode) * Math.log1p(-share));
    let below = above;
    let rest = uniform - above;
    if (rest < 0) return mode;
    let [up, down] = [mode, mode];
    while (up < trials || down > 0) {
      if (up < trials) {
        above *= ((trials - up) / (up + 1)) * odds;
        up += 1;
        rest -= above;
        if (rest < 0) return up;
      }
      if (down > 0) {
        below *= down / (trials - down + 1) / odds;
        down -= 1;
        rest -= below;
        if (rest < 0) return down;
      }
      // What is left of the uniform number is rounding once neither side adds anything.
      if (above < 1e-18 && below < 1e-18) break;
    }
    return mode;
  };
}
