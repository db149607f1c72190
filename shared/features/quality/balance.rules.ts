import { createPrng, shuffledIndexes } from '../../learner/prng.ts';

export type BalanceRow = {
  readonly name: string;
  readonly have: number;
  /** Wanted share, 0 to 1. */
  readonly target: number;
  /** How many are kept so that the shares fit. */
  readonly keep: number;
};

/**
 * The largest subset that has the wanted shares: every name keeps its share of the total that the scarcest one allows.
 * Names without a target are left out, names with a target and no example make it impossible (all zero).
 */
export function balanceTo(
  counts: ReadonlyMap<string, number>,
  targets: ReadonlyMap<string, number>,
): BalanceRow[] {
  const wanted = [...targets].filter(([, share]) => share > 0);
  const whole = wanted.reduce((total, [, share]) => total + share, 0);
  const total = Math.min(...wanted.map(([name, share]) => ((counts.get(name) ?? 0) * whole) / share));
  const names = new Set([...counts.keys(), ...targets.keys()]);
  return [...names].map((name) => {
    const have = counts.get(name) ?? 0;
    const target = whole === 0 ? 0 : (targets.get(name) ?? 0) / whole;
    return {
      name,
      have,
      target,
      keep: wanted.length === 0 ? have : Math.min(have, Math.floor(total * target + 1e-9)),
    };
  });
}

/** Which of `have` things (by index) are dropped so that `keep` stay: drawn evenly by the seed, the same every time. */
export function droppedIndexes(have: number, keep: number, draw: { seed: number; name: string }): number[] {
  if (keep >= have) return [];
  return shuffledIndexes(have, createPrng(draw.seed, `balance ${draw.name}`))
    .slice(keep)
    .toSorted((a, b) => a - b);
}

/** Total variation: the share of examples that would have to be of another kind for the shares to fit, 0 to 1. */
export function distanceOfShares(
  counts: ReadonlyMap<string, number>,
  targets: ReadonlyMap<string, number>,
): number {
  const [n, m] = [total(counts), total(targets)];
  if (n === 0 || m === 0) return 0;
  const names = new Set([...counts.keys(), ...targets.keys()]);
  return (
    [...names].reduce(
      (sum, name) => sum + Math.abs((counts.get(name) ?? 0) / n - (targets.get(name) ?? 0) / m),
      0,
    ) / 2
  );
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
