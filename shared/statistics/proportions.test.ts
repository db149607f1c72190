import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { wilsonInterval } from './proportions.ts';

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
