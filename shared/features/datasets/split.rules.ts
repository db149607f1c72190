import type { SplitName, SplitRatios } from './datasets.model.ts';

/** A set of examples that must stay on one side, because they ask the same. */
export type SplitGroup = { readonly key: string; readonly size: number };

/** Order in which splits get their examples when shares tie. */
const order: readonly SplitName[] = ['train', 'validation', 'test'];

/**
 * Deals groups to splits: groups are put in an order that depends only on the seed and their keys, then each goes to
 * the split that lacks most of its share. Deterministic, independent of the order of the input; the count of every split
 * ends within one group of its share.
 */
export function dealGroups(
  groups: readonly SplitGroup[],
  recipe: { ratios: SplitRatios; seed: number },
): Map<string, SplitName> {
  const total = groups.reduce((sum, { size }) => sum + size, 0);
  const shuffled = groups
    .map((group) => ({ group, rank: seededRank(group.key, recipe.seed) }))
    .sort(
      (a, b) =>
        b.group.size - a.group.size || compareRanks(a.rank, b.rank) || (a.group.key < b.group.key ? -1 : 1),
    );
  const wanted = { train: 0, validation: 0, test: 0 };
  for (const split of order) wanted[split] = recipe.ratios[split] * total;
  const dealt = new Map<string, SplitName>();
  for (const { group } of shuffled) {
    const target = order.reduce((best, split) => (wanted[split] > wanted[best] + 1e-9 ? split : best));
    wanted[target] -= group.size;
    dealt.set(group.key, target);
  }
  return dealt;
}

type Rank = readonly [number, number];

function compareRanks(a: Rank, b: Rank): number {
  return a[0] - b[0] || a[1] - b[1];
}

/**
 * A 64-bit rank from a key and a seed: two rounds of the 32-bit finalizer of MurmurHash3 (public domain) over the
 * UTF-16 units, with different starts. Only integer arithmetic, so that every machine deals alike.
 */
export function seededRank(key: string, seed: number): Rank {
  let first = mix(seed ^ 0x9e3779b9);
  let second = mix(seed ^ 0x85ebca6b);
  for (let at = 0; at < key.length; at += 1) {
    first = mix(first ^ key.charCodeAt(at));
    second = mix((second + key.charCodeAt(at)) | 0);
  }
  return [mix(first ^ key.length), mix(second)];
}

function mix(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
