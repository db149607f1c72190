import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dealGroups, seededRank, type SplitGroup } from './split.rules.ts';

const ratios = fc.constantFrom(
  { train: 0.8, validation: 0.2, test: 0 },
  { train: 0.7, validation: 0.15, test: 0.15 },
  { train: 0, validation: 0, test: 1 },
  { train: 0.34, validation: 0.33, test: 0.33 },
);
const groups = fc
  .uniqueArray(fc.string({ minLength: 1, maxLength: 6 }), { maxLength: 60 })
  .chain((keys) =>
    fc.tuple(...keys.map((key) => fc.integer({ min: 1, max: 9 }).map((size): SplitGroup => ({ key, size })))),
  );
const seed = fc.integer({ min: 0, max: 0xffff_ffff });

describe('splitting', () => {
  test('the same seed deals alike, whatever the order of the groups', () => {
    fc.assert(
      fc.property(groups, ratios, seed, (all, shares, one) => {
        const dealt = dealGroups(all, { ratios: shares, seed: one });
        const again = dealGroups([...all].reverse(), { ratios: shares, seed: one });
        for (const { key } of all) expect(again.get(key)).toBe(dealt.get(key));
      }),
    );
  });

  test('every group goes to one split, and every count is within one group of its share', () => {
    fc.assert(
      fc.property(groups, ratios, seed, (all, shares, one) => {
        const dealt = dealGroups(all, { ratios: shares, seed: one });
        expect(dealt.size).toBe(all.length);
        const total = all.reduce((sum, { size }) => sum + size, 0);
        const largest = all.reduce((most, { size }) => Math.max(most, size), 0);
        for (const split of ['train', 'validation', 'test'] as const) {
          const count = all
            .filter(({ key }) => dealt.get(key) === split)
            .reduce((sum, { size }) => sum + size, 0);
          expect(Math.abs(count - shares[split] * total)).toBeLessThanOrEqual(largest + 1e-6);
          if (shares[split] === 0) expect(count).toBe(0);
        }
      }),
    );
  });

  test('every label has its share in every split, also labels too rare to be shared out', () => {
    const labelled = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(labelled, ratios, seed, (sizes, shares, one) => {
        const all: SplitGroup[] = sizes.flatMap((size, label) =>
          Array.from({ length: size }, (_, index) => ({
            key: `${label} ${index}`,
            size: 1,
            labels: new Map([[`label ${label}`, 1]]),
          })),
        );
        const dealt = dealGroups(all, { ratios: shares, seed: one });
        for (const split of ['train', 'validation', 'test'] as const) {
          const inSplit = all.filter(({ key }) => dealt.get(key) === split);
          expect(Math.abs(inSplit.length - shares[split] * all.length)).toBeLessThanOrEqual(sizes.length + 1);
          for (const [label, size] of sizes.entries()) {
            const count = inSplit.filter(({ key }) => key.startsWith(`${label} `)).length;
            expect(Math.abs(count - shares[split] * size)).toBeLessThanOrEqual(2.5);
          }
        }
      }),
    );
    const singles = Array.from({ length: 100 }, (_, index) => ({
      key: `k${index}`,
      size: 1,
      labels: new Map([[`label ${index}`, 1]]),
    }));
    const dealt = dealGroups(singles, { ratios: { train: 0.8, validation: 0.2, test: 0 }, seed: 1 });
    const validated = [...dealt.values()].filter((split) => split === 'validation').length;
    expect(validated).toBeGreaterThanOrEqual(15);
    expect(validated).toBeLessThanOrEqual(20);
  });

  test('another seed deals differently, and the ranks are the documented ones', () => {
    const all = Array.from({ length: 200 }, (_, index) => ({ key: `k${index}`, size: 1 }));
    const shares = { train: 0.8, validation: 0.2, test: 0 };
    const first = dealGroups(all, { ratios: shares, seed: 1 });
    const second = dealGroups(all, { ratios: shares, seed: 2 });
    expect(all.filter(({ key }) => first.get(key) !== second.get(key)).length).toBeGreaterThan(20);
    expect([...first.values()].filter((split) => split === 'train')).toHaveLength(160);
    expect(seededRank('lapis', 42)).toMatchInlineSnapshot(`
      [
        203904963,
        334171457,
      ]
    `);
  });
});
