import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trustGolden } from '../../../tests/fixtures/preferences/trust-golden.ts';
import { fewestForPace, longestJudging, paceWindow, sessionPace } from './pace.rules.ts';

describe('pace of a session', () => {
  it('equals NumPy and SciPy on a session with one long look', () => {
    const { times, remaining, median, mean, estimate, low, high } = trustGolden.pace;
    const pace = sessionPace(times, remaining);
    expect(pace?.medianMs).toBeCloseTo(median, 9);
    expect(pace?.meanMs).toBeCloseTo(mean, 9);
    expect(pace?.perHour).toBeCloseTo(3_600_000 / mean, 9);
    expect((pace?.remainingMs.estimate ?? 0) / estimate).toBeCloseTo(1, 12);
    expect((pace?.remainingMs.low ?? 0) / low).toBeCloseTo(1, 9);
    expect((pace?.remainingMs.high ?? 0) / high).toBeCloseTo(1, 9);
  });

  it('leaves breaks out and looks at the last verdicts only', () => {
    const steady = Array.from({ length: 10 }, () => 12_000);
    const pace = sessionPace([...steady, longestJudging + 1, 0], 30);
    expect(pace).toMatchObject({ verdicts: 10, medianMs: 12_000, meanMs: 12_000, perHour: 300 });
    expect(pace?.remainingMs).toEqual({ estimate: 360_000, low: 360_000, high: 360_000 });
    const faster = [
      ...Array.from({ length: 50 }, () => 60_000),
      ...Array.from({ length: paceWindow }, () => 9000),
    ];
    expect(sessionPace(faster, 1)).toMatchObject({ verdicts: paceWindow, meanMs: 9000 });
  });

  it('says nothing before there are enough verdicts', () => {
    const times = Array.from({ length: fewestForPace - 1 }, () => 9000);
    expect(sessionPace(times, 10)).toBeNull();
    expect(sessionPace([...times, 9000], 10)).not.toBeNull();
  });

  it('keeps the estimate in its range, and the range holds what is to come nine times in ten', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 400_000 }), { minLength: 8, maxLength: 60 }),
        fc.nat(500),
        (times, rest) => {
          const { remainingMs } = sessionPace(times, rest) ?? {};
          if (remainingMs === undefined) return;
          expect(remainingMs.low).toBeGreaterThanOrEqual(0);
          expect(remainingMs.low).toBeLessThanOrEqual(remainingMs.estimate);
          expect(remainingMs.high).toBeGreaterThanOrEqual(remainingMs.estimate);
        },
      ),
    );
    let state = 7;
    const random = (): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    const time = (): number => 4000 + 12_000 * random();
    let held = 0;
    for (let trial = 0; trial < 400; trial += 1) {
      const range = sessionPace(Array.from({ length: 40 }, time), 60)?.remainingMs ?? { low: 0, high: 0 };
      const total = Array.from({ length: 60 }, time).reduce((sum, value) => sum + value, 0);
      if (range.low <= total && total <= range.high) held += 1;
    }
    expect(held / 400).toBeGreaterThan(0.85);
    expect(held / 400).toBeLessThan(0.95);
  });
});
