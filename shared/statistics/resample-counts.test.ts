import { describe, expect, it } from 'vitest';
import { bootstrapStatistic } from './bootstrap.ts';
import { bootstrapCounts, createMultinomial } from './resample-counts.ts';

describe('counts drawn with replacement', () => {
  it('keep their number, means and covariances', () => {
    const counts = Int32Array.of(50, 0, 30, 15, 5);
    const draw = createMultinomial(counts, 3);
    const drawn = new Int32Array(5);
    const [sums, squares] = [new Float64Array(5), new Float64Array(5)];
    const rounds = 20_000;
    let product = 0;
    for (let round = 0; round < rounds; round += 1) {
      draw(drawn);
      expect(drawn.reduce((sum, count) => sum + count, 0)).toBe(100);
      for (const [kind, count] of drawn.entries()) {
        sums[kind] = (sums[kind] ?? 0) + count;
        squares[kind] = (squares[kind] ?? 0) + count * count;
      }
      product += (drawn[0] ?? 0) * (drawn[2] ?? 0);
    }
    for (const [kind, count] of counts.entries()) {
      const mean = (sums[kind] ?? 0) / rounds;
      expect(Math.abs(mean - count)).toBeLessThan(0.15);
      const variance = (squares[kind] ?? 0) / rounds - mean * mean;
      expect(Math.abs(variance - count * (1 - count / 100))).toBeLessThan(0.8);
    }
    // Covariance of two kinds: −n · p · q = −100 · 0.5 · 0.3.
    expect(
      Math.abs(product / rounds - ((sums[0] ?? 0) / rounds) * ((sums[2] ?? 0) / rounds) + 15),
    ).toBeLessThan(0.6);
  });

  it('have the exact binomial shares', () => {
    const draw = createMultinomial(Int32Array.of(1, 2), 8);
    const drawn = new Int32Array(2);
    const seen = new Float64Array(4);
    for (let round = 0; round < 40_000; round += 1) {
      draw(drawn);
      seen[drawn[0] ?? 0] = (seen[drawn[0] ?? 0] ?? 0) + 1 / 40_000;
    }
    for (const [count, share] of [8 / 27, 12 / 27, 6 / 27, 1 / 27].entries())
      expect(Math.abs((seen[count] ?? 0) - share)).toBeLessThan(0.01);
  });
});

describe('interval of a statistic of counts', () => {
  it('is that of the same items one by one, but for the chance of the draws', () => {
    const counts = Int32Array.of(12, 30, 18);
    const items = Array.from(counts).flatMap((count, kind) => Array.from({ length: count }, () => kind));
    const one = bootstrapStatistic(60, 5, (drawn) => {
      let sum = 0;
      for (const item of drawn) sum += (items[item] ?? 0) ** 2;
      return sum / 60;
    });
    const { interval } = bootstrapCounts(counts, ([, b = 0, c = 0]) => (b + 4 * c) / 60, { seed: 5 });
    expect(interval?.estimate).toBeCloseTo(one.estimate, 12);
    expect(Math.abs((interval?.low ?? 0) - one.low)).toBeLessThan(0.03);
    expect(Math.abs((interval?.high ?? 0) - one.high)).toBeLessThan(0.03);
  });
});
