import { expect, test } from 'vitest';
import { cohen, fleiss } from './review.rules.ts';

test('Cohen’s kappa of the textbook example', () => {
  // 50 proposals: both yes 20, only A 5, only B 10, both no 15 gives observed 0.7, expected 0.5.
  const { n, share, kappa } = cohen({ both: 20, onlyFirst: 5, onlySecond: 10, none: 15 });
  expect([n, share]).toEqual([50, 0.7]);
  expect(kappa).toBeCloseTo(0.4, 10);
});

test('agreement that chance explains has no kappa, full agreement has 1, opposition is negative', () => {
  expect(cohen({ both: 9, onlyFirst: 0, onlySecond: 0, none: 0 }).kappa).toBeNull();
  expect(cohen({ both: 5, onlyFirst: 0, onlySecond: 0, none: 5 }).kappa).toBe(1);
  expect(cohen({ both: 0, onlyFirst: 5, onlySecond: 5, none: 0 }).kappa).toBe(-1);
  expect(cohen({ both: 0, onlyFirst: 0, onlySecond: 0, none: 0 })).toEqual({ n: 0, share: 0, kappa: null });
});

test('Fleiss’ kappa worked by hand', () => {
  // Three raters, four items with 3, 2, 1 and 0 approvals: P = (1 + 1/3 + 1/3 + 1) / 4, Pe = 1/2.
  const items = [3, 2, 1, 0].map((approvals) => ({ approvals, count: 1 }));
  expect(fleiss(3, items).kappa).toBeCloseTo((2 / 3 - 1 / 2) / (1 / 2), 10);
  expect(fleiss(3, [{ approvals: 3, count: 7 }])).toEqual({ n: 7, kappa: null });
  expect(fleiss(3, []).n).toBe(0);
});
