import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { trustGolden } from '../../tests/fixtures/preferences/trust-golden.ts';
import { exactShare, wilsonInterval } from './proportions.ts';

type Golden = { wilson: { passed: number; n: number; low: number; high: number }[] };
const file = new URL('../../tests/fixtures/statistics.golden.json', import.meta.url);
const golden = JSON.parse(readFileSync(file, 'utf8')) as Golden;

describe('Wilson interval', () => {
  it.each(golden.wilson)('$passed of $n as SciPy', ({ passed, n, low, high }) => {
    const interval = wilsonInterval(passed, n);
    expect(interval.low).toBeCloseTo(low, 12);
    expect(interval.high).toBeCloseTo(high, 12);
  });

  it('refuses what is no proportion', () => {
    expect(() => wilsonInterval(1, 0)).toThrow(RangeError);
    expect(() => wilsonInterval(3, 2)).toThrow(RangeError);
  });
});

describe('Clopper–Pearson interval and exact test', () => {
  it.each(trustGolden.exact)('$passed of $n as SciPy', ({ passed, n, low, high, p }) => {
    const found = exactShare(passed, n);
    expect(found.low).toBeCloseTo(low, 11);
    expect(found.high).toBeCloseTo(high, 11);
    expect(found.p).toBeCloseTo(p, 11);
  });

  it('covers every true share at least 95 times in 100', () => {
    for (const n of [5, 23, 60]) {
      const intervals = Array.from({ length: n + 1 }, (_, passed) => exactShare(passed, n));
      for (let share = 0.01; share < 1; share += 0.01) {
        let covered = 0;
        let chance = (1 - share) ** n;
        for (const [passed, { low, high }] of intervals.entries()) {
          if (low <= share && share <= high) covered += chance;
          chance *= (((n - passed) / (passed + 1)) * share) / (1 - share);
        }
        expect(covered).toBeGreaterThanOrEqual(0.95);
      }
    }
  });

  it('refuses what is no proportion', () => {
    expect(() => exactShare(0, 0)).toThrow(RangeError);
    expect(() => exactShare(3, 2)).toThrow(RangeError);
  });
});
