import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bcaInterval, bootstrapMean, bootstrapStatistic } from './bootstrap.ts';

type Golden = {
  bootstrap: { name: string; seed: number; values: number[]; estimate: number; low: number; high: number }[];
};
const file = new URL('../../tests/fixtures/statistics.golden.json', import.meta.url);
const golden = JSON.parse(readFileSync(file, 'utf8')) as Golden;

describe('BCa bootstrap', () => {
  it.each(golden.bootstrap)('equals SciPy 1.17.1 on the same resamples: $name', (one) => {
    const interval = bootstrapMean(one.values, one.seed);
    expect(interval.estimate).toBeCloseTo(one.estimate, 12);
    expect(interval.low).toBeCloseTo(one.low, 9);
    expect(interval.high).toBeCloseTo(one.high, 9);
  });

  it('is negated when base and tuned are swapped', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 20 }),
        fc.nat(1000),
        (raw, seed) => {
          const values = raw.map((value) => value / 4);
          const one = bootstrapMean(values, seed);
          const swapped = bootstrapMean(
            values.map((value) => -value),
            seed,
          );
          expect([swapped.estimate, swapped.low, swapped.high]).toEqual([
            0 - one.estimate,
            0 - one.high,
            0 - one.low,
          ]);
        },
      ),
      { numRuns: 15, examples: [[[3, 1, -2, 0, -3, 2, -1], 3]] },
    );
  });

  it('does not depend on the order of items', () => {
    const values = golden.bootstrap[2]?.values ?? [];
    expect(bootstrapMean(values.toReversed(), 5)).toEqual(bootstrapMean(values, 5));
  });

  it('has zero width at zero for identical answers', () => {
    expect(bootstrapMean([0, 0, 0, 0, 0, 0, 0], 1)).toEqual({ estimate: 0, low: 0, high: 0 });
    expect(bootstrapMean([0.5], 1)).toEqual({ estimate: 0.5, low: 0.5, high: 0.5 });
  });

  it('gives the same interval through a statistic of item numbers', () => {
    const values = (golden.bootstrap[1]?.values ?? []).toSorted((a, b) => a - b);
    const mean = (items: Int32Array): number => {
      let sum = 0;
      for (const item of items) sum += values[item] ?? 0;
      return sum / items.length;
    };
    const viaItems = bootstrapStatistic(values.length, 1, mean);
    expect(viaItems.low).toBeCloseTo(golden.bootstrap[1]?.low ?? Number.NaN, 9);
    expect(viaItems.high).toBeCloseTo(golden.bootstrap[1]?.high ?? Number.NaN, 9);
  });

  it('takes a leave-one-out value for as many items as its weight says', () => {
    const draws = Float64Array.from({ length: 500 }, (_, at) => Math.sqrt(at));
    const alike = {
      observed: 15,
      draws,
      jackknife: Float64Array.of(14, 15, 17.5),
      weights: Int32Array.of(3, 0, 2),
    };
    const single = { observed: 15, draws, jackknife: Float64Array.of(14, 14, 14, 17.5, 17.5) };
    expect(bcaInterval(alike).low).toBeCloseTo(bcaInterval(single).low, 12);
    expect(bcaInterval(alike).high).toBeCloseTo(bcaInterval(single).high, 12);
  });

  it('covers the true mean about 95 times in 100', () => {
    const truth = 0.3;
    let state = 12345;
    const random = (): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return state / 4_294_967_296;
    };
    let covered = 0;
    for (let trial = 0; trial < 60; trial += 1) {
      const values = Array.from({ length: 60 }, () => (random() < truth ? 1 : 0));
      const { low, high } = bootstrapMean(values, trial);
      if (low <= truth && truth <= high) covered += 1;
    }
    expect(covered).toBeGreaterThanOrEqual(52);
  });
});
