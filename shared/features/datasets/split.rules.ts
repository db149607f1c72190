import type { SplitName, SplitRatios } from './datasets.model.ts';

/** A set of examples that must stay on one side; `labels` counts them by label when labels are to be balanced. */
export type SplitGroup = {
  readonly key: string;
  readonly size: number;
  readonly labels?: ReadonlyMap<string, number>;
};

/** Splits by the number that packed states hold for them. */
export const splitsByCode: readonly (SplitName | null)[] = [null, 'train', 'validation', 'test'];

/** Order in which splits get their examples when shares tie. */
const order: readonly SplitName[] = ['train', 'validation', 'test'];

/** How much the whole counts beside a label: enough to place labels too rare to be shared out. */
const wholeWeight = 0.1;

/**
 * Deals groups to splits: groups are put in an order that depends only on the seed and their keys, larger ones first,
 * then each goes to the split that lacks most of its share (of its labels, when groups have labels). Deterministic,
 * independent of the order of the input; without labels the count of every split ends within one group of its share.
 */
export function dealGroups(
  groups: readonly SplitGroup[],
  recipe: { ratios: SplitRatios; seed: number },
): Map<string, SplitName> {
  const shuffled = groups
    .map((group) => ({ group, rank: seededRank(group.key, recipe.seed) }))
    .sort(
      (a, b) =>
        b.group.size - a.group.size || compareRanks(a.rank, b.rank) || (a.group.key < b.group.key ? -1 : 1),
    );
  const wanted = wantedOf(groups, recipe.ratios);
  const dealt = new Map<string, SplitName>();
  for (const { group } of shuffled) {
    const lacks = (split: SplitName): number => lackOf(wanted, group, split);
    const open = order.filter((split) => recipe.ratios[split] > 0);
    const target = open.reduce((best, split) => (lacks(split) > lacks(best) + 1e-9 ? split : best));
    take(wanted, group, target);
    dealt.set(group.key, target);
  }
  return dealt;
}

/** What each split still lacks, of the whole and of each label. */
type Wanted = { whole: Record<SplitName, number>; labels: Map<string, Record<SplitName, number>> };

function wantedOf(groups: readonly SplitGroup[], ratios: SplitRatios): Wanted {
  const shares = (total: number): Record<SplitName, number> => ({
    train: ratios.train * total,
    validation: ratios.validation * total,
    test: ratios.test * total,
  });
  const totals = new Map<string, number>();
  for (const { labels } of groups) {
    for (const [label, count] of labels ?? []) totals.set(label, (totals.get(label) ?? 0) + count);
  }
  return {
    whole: shares(groups.reduce((sum, { size }) => sum + size, 0)),
    labels: new Map([...totals].map(([label, total]) => [label, shares(total)])),
  };
}

function lackOf(wanted: Wanted, group: SplitGroup, split: SplitName): number {
  if (!group.labels) return wanted.whole[split];
  let lack = 0;
  for (const [label, count] of group.labels) lack += (wanted.labels.get(label)?.[split] ?? 0) * count;
  return lack / group.size + wholeWeight * wanted.whole[split];
}

function take(wanted: Wanted, group: SplitGroup, split: SplitName): void {
  wanted.whole[split] -= group.size;
  for (const [label, count] of group.labels ?? []) {
    const shares = wanted.labels.get(label);
    if (shares) shares[split] -= count;
  }
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
