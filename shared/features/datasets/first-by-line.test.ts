import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFirstByLine } from './first-by-line.ts';

test('of any many, in any order, it keeps those that a stable sort by line has first, and hears of all', () => {
  const item = fc.record({ line: fc.nat(30), name: fc.string({ maxLength: 2 }) });
  fc.assert(
    fc.property(
      fc.array(fc.array(item, { maxLength: 20 }), { maxLength: 6 }),
      fc.nat(12),
      (batches, most) => {
        let heard = 0;
        const first = createFirstByLine<{ line: number; name: string }>(most, () => (heard += 1));
        for (const batch of batches) first.add(batch);
        const sorted = batches.flat().toSorted((a, b) => a.line - b.line);
        expect(first.list()).toEqual(sorted.slice(0, most));
        expect(heard).toBe(sorted.length);
      },
    ),
    { numRuns: 2000 },
  );
});
