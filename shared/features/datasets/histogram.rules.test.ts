import fc from 'fast-check';
import { expect, test } from 'vitest';
import { histogram } from './histogram.rules.ts';

test('bars touch, cover all values, and count each once', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 70_000 }), { minLength: 1 }),
      fc.integer({ min: 1, max: 24 }),
      (values, bars) => {
        const result = histogram(values, bars);
        expect(result.length).toBeLessThanOrEqual(bars);
        expect(result[0]?.min).toBe(Math.min(...values));
        expect(result.at(-1)?.max).toBeGreaterThanOrEqual(Math.max(...values));
        for (const [index, bar] of result.entries()) {
          if (index > 0) expect(bar.min).toBe((result[index - 1]?.max ?? 0) + 1);
          expect(bar.count).toBe(values.filter((value) => value >= bar.min && value <= bar.max).length);
        }
      },
    ),
  );
  expect(histogram([], 5)).toEqual([]);
});
