import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trustGolden } from '../../../tests/fixtures/preferences/trust-golden.ts';
import {
  fastestReading,
  fewestForOutliers,
  lengthBias,
  outlierDistance,
  positionBias,
  selfConsistency,
  speedFlags,
  speedOutliers,
} from './bias.rules.ts';
import { fitLogistic } from './logistic.rules.ts';

describe('self-consistency on swapped repeats', () => {
  it('tells the same answer from the same side', () => {
    // Sides are those on screen: on a swapped repeat the same answer stands on the other side.
    const found = selfConsistency(
      Int8Array.of(-1, 1, -1, 1, 0, 0, 1, -1),
      Int8Array.of(1, -1, -1, 1, 0, 1, 0, -1),
    );
    expect(found).toMatchObject({ repeats: 8, same: 3, leftTwice: 2, rightTwice: 1, softened: 2 });
    expect(found.share?.estimate).toBeCloseTo(3 / 8, 12);
    expect(selfConsistency(new Int8Array(0), new Int8Array(0)).share).toBeNull();
    expect(() => selfConsistency(new Int8Array(1), new Int8Array(2))).toThrow(RangeError);
  });
});

describe('position bias', () => {
  it('is the share of left among the choices of a side, with the exact interval', () => {
    const sides = Int8Array.from({ length: 70 }, (_, at) => (at < 41 ? -1 : at < 60 ? 1 : 0));
    const reference = trustGolden.exact.find(({ passed, n }) => passed === 41 && n === 60);
    const found = positionBias(sides);
    expect(found).toMatchObject({ left: 41, right: 19, neither: 10 });
    expect(found.share?.low).toBeCloseTo(reference?.low ?? 9, 11);
    expect(found.share?.p).toBeCloseTo(reference?.p ?? 9, 11);
    expect(positionBias(Int8Array.of(0, 0)).share).toBeNull();
  });
});

describe('length bias', () => {
  it.each(trustGolden.logistics)('equals Newton with 50 digits: $name', (one) => {
    const fit = fitLogistic(Float64Array.from(one.values), Uint8Array.from(one.ones));
    if (fit.state !== 'fitted') throw new Error(fit.state);
    for (const name of ['slope', 'intercept'] as const) {
      for (const part of ['estimate', 'standardError', 'low', 'high'] as const)
        expect(fit[name][part] / one[name][part]).toBeCloseTo(1, 9);
      expect(fit[name].p).toBeCloseTo(one[name].p, 9);
    }
    expect(fit.logLikelihood).toBeCloseTo(one.logLikelihood, 9);
    expect(fit.oddsRatio.estimate).toBeCloseTo(Math.exp(one.slope.estimate), 12);
  });

  it('counts how often the longer side won', () => {
    const found = lengthBias(Float64Array.of(5, -3, 0, 8, -9, 4), Uint8Array.of(1, 0, 1, 0, 1, 1));
    expect(found.pairs).toBe(6);
    expect(found.longer?.estimate).toBeCloseTo(3 / 5, 12);
    expect(lengthBias(new Float64Array(0), new Uint8Array(0))).toMatchObject({
      longer: null,
      model: { state: 'no_data' },
    });
  });

  it('says why there is no slope instead of a huge one', () => {
    const state = (values: number[], ones: number[]) =>
      fitLogistic(Float64Array.from(values), Uint8Array.from(ones));
    expect(state([-2, -1, 1, 2], [0, 0, 1, 1])).toEqual({ state: 'separated', direction: 1 });
    expect(state([-2, -1, -1, 2], [1, 1, 0, 0])).toEqual({ state: 'separated', direction: -1 });
    expect(state([3, 3, 3], [0, 1, 1])).toEqual({ state: 'no_variation' });
    expect(state([1, 2, 3], [1, 1, 1])).toEqual({ state: 'one_outcome' });
    expect(state([-2, 1, -1, 2], [0, 0, 1, 1]).state).toBe('fitted');
  });

  it('converges whenever nothing is separated, and swapping sides turns the slope round', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: -2000, max: 2000 }), fc.nat(1)), {
      minLength: 6,
      maxLength: 60,
    });
    fc.assert(
      fc.property(rows, (pairs) => {
        const fit = (sign: number) =>
          fitLogistic(
            Float64Array.from(pairs, ([value]) => sign * value),
            Uint8Array.from(pairs, ([, one]) => (sign > 0 ? one : 1 - one)),
          );
        const [one, other] = [fit(1), fit(-1)];
        expect(one.state).not.toBe('not_converged');
        expect(other.state).toBe(one.state);
        if (one.state !== 'fitted' || other.state !== 'fitted') return;
        expect(other.slope.estimate).toBeCloseTo(one.slope.estimate, 9);
        expect(other.intercept.estimate).toBeCloseTo(-one.intercept.estimate, 8);
      }),
    );
  });
});

describe('speed outliers', () => {
  const { times, medianMs, outliers } = trustGolden.speed;

  it('finds what the median and the deviation from it find in NumPy and SciPy', () => {
    const found = speedOutliers(Float64Array.from(times), new Int32Array(times.length));
    expect(found.medianMs).toBe(medianMs);
    expect(Array.from(found.flags).flatMap((flag, at) => (flag === 0 ? [] : [at]))).toEqual(outliers);
    expect(found).toMatchObject({ hurried: 1, paused: 1, unread: 0 });
    expect([found.flags[60], found.flags[61]]).toEqual([speedFlags.hurried, speedFlags.paused]);
  });

  it('flags what was too fast to be read, however usual that is', () => {
    const found = speedOutliers(
      Float64Array.of(1000, 1000, 2000),
      Int32Array.of(fastestReading, fastestReading + 1, 150),
    );
    expect(Array.from(found.flags)).toEqual([0, speedFlags.unread, 0]);
    expect(found).toMatchObject({ unread: 1, medianMs: 1000, medianCharactersPerSecond: 100 });
  });

  it('judges no distance among few verdicts or equal times, and bears a clock that gives 0', () => {
    const few = Float64Array.from({ length: fewestForOutliers - 1 }, (_, at) => (at === 0 ? 1 : 5000 + at));
    expect(speedOutliers(few, new Int32Array(few.length))).toMatchObject({ hurried: 0, paused: 0 });
    const equal = new Float64Array(30).fill(4000);
    expect(speedOutliers(equal, new Int32Array(30))).toMatchObject({ hurried: 0, paused: 0 });
    // Over half equal: the mean deviation stands in, and one wild value is still found.
    equal[0] = 40_000;
    expect(speedOutliers(equal, new Int32Array(30)).paused).toBe(1);
    expect(speedOutliers(new Float64Array(1), Int32Array.of(9)).medianMs).toBe(0);
    expect(speedOutliers(new Float64Array(0), new Int32Array(0))).toMatchObject({ medianMs: null });
    expect(outlierDistance).toBe(3.5);
  });
});
