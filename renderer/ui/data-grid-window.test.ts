import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bodyPxOf, type GridSize, listTopOf, rowsSeen, scrollTopOf, topShowing } from './data-grid-window.ts';

const sizes = fc.record({
  total: fc.integer({ min: 1, max: 5_000_000 }),
  rowPx: fc.constantFrom(24, 32, 40),
  viewPx: fc.integer({ min: 100, max: 2000 }),
});

test('a million rows are laid out as they are, and no box is higher than a browser can make it', () => {
  expect(bodyPxOf({ total: 1_000_000, rowPx: 32, viewPx: 600 })).toBe(32_000_000);
  fc.assert(fc.property(sizes, (size) => bodyPxOf(size) <= 33_000_000));
});

test('both ends of the scrollbar are both ends of the list', () => {
  fc.assert(
    fc.property(sizes, (size) => {
      const end = Math.max(0, bodyPxOf(size) - size.viewPx);
      expect(rowsSeen(size, listTopOf(size, 0)).first).toBe(0);
      expect(rowsSeen(size, listTopOf(size, end)).last).toBe(size.total - 1);
    }),
  );
});

test('every row can be scrolled to and is then seen whole', () => {
  const places = sizes.chain((size) =>
    fc.tuple(
      fc.constant(size),
      fc.integer({ min: 0, max: size.total - 1 }),
      fc.integer({ min: 0, max: size.total * size.rowPx }),
      fc.constantFrom<'near' | 'middle'>('near', 'middle'),
    ),
  );
  fc.assert(
    fc.property(places, ([size, index, now, where]) => {
      const top = topShowing(size, now, { index, where });
      const shown = listTopOf(size, scrollTopOf(size, top));
      const isSeen = (from: number): boolean =>
        index * size.rowPx >= from - 0.01 && (index + 1) * size.rowPx <= from + size.viewPx + 0.01;
      // A row that is seen already stays where it is, also where one cannot scroll to.
      expect(isSeen(top === now ? now : shown)).toBe(true);
    }),
  );
});

test('a row that is seen does not move the list', () => {
  const size: GridSize = { total: 1000, rowPx: 32, viewPx: 320 };
  expect(topShowing(size, 64, { index: 5, where: 'near' })).toBe(64);
  expect(topShowing(size, 64, { index: 1, where: 'near' })).toBe(32);
  expect(topShowing(size, 64, { index: 12, where: 'near' })).toBe(96);
  expect(rowsSeen(size, 64)).toEqual({ first: 2, last: 11 });
  expect(rowsSeen(size, 65)).toEqual({ first: 2, last: 12 });
});
