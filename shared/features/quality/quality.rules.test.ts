import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { balanceTo, distanceOfShares, droppedIndexes } from './balance.rules.ts';
import { shiftBetween } from './shift.rules.ts';

describe('distribution shift', () => {
  test('PSI of known shares', () => {
    // (0.5 − 0.2) ln(0.5 / 0.2) + (0.5 − 0.8) ln(0.5 / 0.8) = 0.41589
    expect(shiftBetween([50_000, 50_000], [20_000, 80_000])).toMatchObject({ verdict: 'large' });
    expect(shiftBetween([50_000, 50_000], [20_000, 80_000]).psi).toBeCloseTo(0.4158, 3);
    expect(shiftBetween([500, 500], [500, 500])).toMatchObject({ psi: 0, verdict: 'alike' });
    expect(shiftBetween([5, 5], [5, 0]).verdict).toBe('too_few');
  });
  test('what chance explains is no shift', () => {
    const { psi, chance, verdict } = shiftBetween([12, 9, 9, 10, 0, 2], [4, 9, 6, 8, 2, 6]);
    expect(psi).toBeGreaterThan(0.25);
    expect(chance).toBeGreaterThan(psi);
    expect(verdict).toBe('alike');
  });
});

describe('balancing', () => {
  const shares = fc.dictionary(
    fc.constantFrom('a', 'b', 'c', 'd'),
    fc.double({ min: 0.01, max: 1, noNaN: true }),
    { minKeys: 1 },
  );
  const counts = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: 0, max: 5000 }));
  test('keeps no more than there is, in the wanted shares, and as many as it can', () => {
    fc.assert(
      fc.property(counts, shares, (have, want) => {
        const rows = balanceTo(new Map(Object.entries(have)), new Map(Object.entries(want)));
        const kept = rows.reduce((sum, { keep }) => sum + keep, 0);
        for (const row of rows) {
          expect(row.keep).toBeLessThanOrEqual(row.have);
          expect(Math.abs(row.keep - kept * row.target)).toBeLessThanOrEqual(rows.length + 1);
        }
        const scarce = rows.filter(({ target }) => target > 0);
        expect(scarce.some(({ have: all, keep }) => all - keep < 1 + 1e-9)).toBe(true);
      }),
    );
  });
  test('the same seed drops the same ones', () => {
    expect(droppedIndexes(10, 6, { seed: 1, name: 'a' })).toEqual(
      droppedIndexes(10, 6, { seed: 1, name: 'a' }),
    );
    expect(droppedIndexes(10, 6, { seed: 1, name: 'a' })).toHaveLength(4);
    expect(droppedIndexes(10, 6, { seed: 1, name: 'a' })).not.toEqual(
      droppedIndexes(10, 6, { seed: 2, name: 'a' }),
    );
    expect(droppedIndexes(3, 3, { seed: 1, name: 'a' })).toEqual([]);
  });
  test('distance of shares', () => {
    expect(
      distanceOfShares(
        new Map([
          ['a', 9],
          ['b', 1],
        ]),
        new Map([
          ['a', 0.5],
          ['b', 0.5],
        ]),
      ),
    ).toBeCloseTo(0.4, 10);
    expect(distanceOfShares(new Map([['a', 5]]), new Map([['b', 2]]))).toBe(1);
  });
});
