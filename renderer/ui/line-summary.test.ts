import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineSentence, mergedRows, thinned } from './line-summary.ts';

const words = { x: String, y: (value: number) => value.toFixed(2), xName: 'step' };

test('a line is told by its ends and its extremes', () => {
  const points = [
    [0, 2.5],
    [10, 0.4],
    [20, 0.6],
  ] as const;
  expect(lineSentence({ name: 'Training loss', points }, words)).toBe(
    'Training loss: from 2.50 at step 0 to 0.60 at step 20; lowest 0.40 at step 10, highest 2.50 at step 0.',
  );
  expect(lineSentence({ name: 'Loss', points: [] }, words)).toBe('Loss: no values yet.');
  expect(lineSentence({ name: 'Loss', points: [[3, 1]] }, words)).toBe('Loss: 1.00 at step 3.');
});

test('lines with different steps share a table', () => {
  const train = { name: 'train', points: [[1, 1] as const, [2, 2] as const] };
  const valid = { name: 'valid', points: [[2, 3] as const] };
  expect(mergedRows([train, valid], words)).toEqual([
    ['1', '1.00', ''],
    ['2', '2.00', '3.00'],
  ]);
});

test('thinning keeps both ends and never more than asked', () => {
  fc.assert(
    fc.property(fc.nat(5000), fc.integer({ min: 2, max: 400 }), (count, limit) => {
      const places = thinned(count, limit);
      expect(places.length).toBe(Math.min(count, limit));
      if (count > 0) expect([places[0], places.at(-1)]).toEqual([0, count - 1]);
      expect(new Set(places).size).toBe(places.length);
    }),
  );
});
