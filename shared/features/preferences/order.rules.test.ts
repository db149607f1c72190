import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clustersApart,
  firstStandsLeft,
  pairSeed,
  randomOrder,
  uncertainFirst,
  withRepeats,
} from './order.rules.ts';

const sorted = (order: Int32Array): number[] => Array.from(order).toSorted((a, b) => a - b);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

describe('queue orders', () => {
  it('hold each pair once and are the same from the same seed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(4), { maxLength: 60 }),
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        (list, seed) => {
          const clusters = Int32Array.from(list);
          const probability = Float64Array.from(list, (value) => value / 4);
          const doubt = { probability, disagreement: probability.map((value) => 1 - value) };
          for (const make of [
            () => randomOrder(list.length, seed),
            () => uncertainFirst(doubt, seed),
            () => clustersApart(clusters, seed).order,
          ]) {
            expect(sorted(make())).toEqual(upTo(list.length));
            expect(make()).toEqual(make());
          }
        },
      ),
    );
  });

  it('differ from seed to seed, and put every pair everywhere', () => {
    expect(randomOrder(50, 1)).not.toEqual(randomOrder(50, 2));
    const first = new Set(upTo(200).map((seed) => randomOrder(8, seed)[0]));
    expect(first.size).toBe(8);
  });

  it('put disagreement first, then what the strengths leave open', () => {
    const order = uncertainFirst(
      {
        probability: Float64Array.of(0.9, 0.55, Number.NaN, 0.4, 0.1),
        disagreement: Float64Array.of(0, 0, 0, 0, 0.5),
      },
      3,
    );
    expect(Array.from(order)).toEqual([4, 2, 1, 3, 0]);
    const equal = { probability: new Float64Array(30).fill(0.5), disagreement: new Float64Array(30) };
    expect(uncertainFirst(equal, 7)).toEqual(randomOrder(30, 7));
    expect(() => uncertainFirst({ ...equal, disagreement: new Float64Array(1) }, 1)).toThrow(RangeError);
  });

  it('keep clusters apart wherever that is possible', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { maxLength: 40 }), fc.nat(1000), (list, seed) => {
        const { order, unavoidable } = clustersApart(Int32Array.from(list), seed);
        const largest = Math.max(
          0,
          ...upTo(4).map((cluster) => list.filter((value) => value === cluster).length),
        );
        const others = list.length - largest;
        expect(unavoidable).toBe(Math.max(0, largest - others - 1));
        let beside = 0;
        for (let at = 1; at < order.length; at += 1)
          if (list[order[at - 1] ?? -1] === list[order[at] ?? -1]) beside += 1;
        expect(beside).toBe(unavoidable);
      }),
      { numRuns: 500, examples: [[[0, 0, 0, 1, 2], 4]] },
    );
  });
});

describe('sides', () => {
  it('come from the recorded seed of the pair, and a repeat shows the opposite', () => {
    const seeds = upTo(2000).map((at) => pairSeed(42, `pair-${at}`));
    expect(new Set(seeds).size).toBeGreaterThan(1990);
    expect(pairSeed(42, 'pair-7')).toBe(seeds[7]);
    expect(pairSeed(43, 'pair-7')).not.toBe(seeds[7]);
    const left = seeds.filter((seed) => firstStandsLeft(seed, false)).length;
    expect(left).toBeGreaterThan(900);
    expect(left).toBeLessThan(1100);
    for (const seed of seeds) expect(firstStandsLeft(seed, true)).toBe(!firstStandsLeft(seed, false));
  });

  it('are fair for seeds in a row as well', () => {
    const left = upTo(2000).filter((seed) => firstStandsLeft(seed, false)).length;
    expect(left).toBeGreaterThan(900);
    expect(left).toBeLessThan(1100);
  });
});

describe('swapped repeats', () => {
  it('come back once, late enough, never two in a row, and leave the order as it was', () => {
    fc.assert(
      fc.property(
        fc.nat(80),
        fc.nat(30),
        fc.record({ share: fc.integer({ min: 0, max: 50 }), seed: fc.nat(999) }),
        (count, gap, { share, seed }) => {
          const order = randomOrder(count, seed);
          const queue = withRepeats(order, { share: share / 100, gap, seed });
          const shown = Array.from(queue.pairs, (pair, at) => ({
            pair,
            isRepeat: queue.isRepeat[at] === 1,
            at,
          }));
          expect(shown.flatMap(({ pair, isRepeat }) => (isRepeat ? [] : [pair]))).toEqual(Array.from(order));
          const repeats = shown.filter(({ isRepeat }) => isRepeat);
          expect(repeats).toHaveLength(queue.repeats);
          expect(queue.wanted).toBe(Math.round((count * share) / 100));
          expect(new Set(repeats.map(({ pair }) => pair)).size).toBe(repeats.length);
          for (const { pair, at } of repeats) {
            const first = shown.findIndex((screen) => screen.pair === pair && !screen.isRepeat);
            expect(at - first - 1).toBeGreaterThanOrEqual(gap);
            expect(shown[at + 1]?.isRepeat ?? false).toBe(false);
          }
          expect(withRepeats(order, { share: share / 100, gap, seed })).toEqual(queue);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are as many as asked for when the queue is long enough, and the report says when not', () => {
    expect(withRepeats(randomOrder(300, 1), { share: 0.1, gap: 20, seed: 5 })).toMatchObject({
      wanted: 30,
      repeats: 30,
    });
    expect(withRepeats(randomOrder(10, 1), { share: 0.5, gap: 20, seed: 5 })).toMatchObject({
      wanted: 5,
      repeats: 0,
    });
  });

  it('stay away from their own cluster where the draw finds a place', () => {
    const clusters = Int32Array.from({ length: 200 }, (_, at) => at % 20);
    const { order } = clustersApart(clusters, 9);
    const { pairs } = withRepeats(order, { share: 0.3, gap: 10, seed: 9, clusters });
    for (let at = 1; at < pairs.length; at += 1)
      expect(clusters[pairs[at - 1] ?? -1]).not.toBe(clusters[pairs[at] ?? -1]);
  });

  it('refuse a share over one half and a gap that is no number of screens', () => {
    const order = randomOrder(4, 1);
    expect(() => withRepeats(order, { share: 0.6, gap: 1, seed: 1 })).toThrow('at most half');
    expect(() => withRepeats(order, { share: Number.NaN, gap: 1, seed: 1 })).toThrow('at most half');
    expect(() => withRepeats(order, { share: 0.1, gap: 1.5, seed: 1 })).toThrow('whole number');
  });
});
