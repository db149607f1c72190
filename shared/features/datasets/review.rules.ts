import { z } from 'zod';
import { namedCount } from './datasets.model.ts';

/** What examples can be filtered by besides facets, with how many have it. */
export const nameFacets = z.object({
  roles: z.array(namedCount),
  tools: z.array(namedCount),
  reviewers: z.array(namedCount),
});
export type NameFacets = z.infer<typeof nameFacets>;

/**
 * How far reviewers agree on approving and rejecting. `share` is the part of `n` examples on which they decided alike;
 * `kappa` is the same above chance (1 full, 0 chance), null when chance alone explains all or there is nothing to compare.
 */
export const agreement = z.object({
  pairs: z.array(
    z.object({
      reviewers: z.tuple([z.string(), z.string()]),
      n: z.number().int(),
      share: z.number(),
      kappa: z.number().nullable(),
    }),
  ),
  /** Fleiss' kappa over the examples that all of three or more reviewers decided. */
  all: z
    .object({ reviewers: z.number().int(), n: z.number().int(), kappa: z.number().nullable() })
    .nullable(),
});
export type Agreement = z.infer<typeof agreement>;

/** How often two reviewers decided what: both approved, only the first, only the second, none. */
export type PairCounts = {
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly none: number;
};

function aboveChance(observed: number, expected: number): number | null {
  return expected >= 1 ? null : (observed - expected) / (1 - expected);
}

/** Share of equal decisions and Cohen's kappa (1960) of two reviewers. */
export function cohen({ both, onlyFirst, onlySecond, none }: PairCounts): {
  n: number;
  share: number;
  kappa: number | null;
} {
  const n = both + onlyFirst + onlySecond + none;
  if (n === 0) return { n, share: 0, kappa: null };
  const share = (both + none) / n;
  const first = (both + onlyFirst) / n;
  const second = (both + onlySecond) / n;
  return { n, share, kappa: aboveChance(share, first * second + (1 - first) * (1 - second)) };
}

/** Fleiss' kappa (1971) for two categories; each item has `raters` decisions, `approvals` of them approving. */
export function fleiss(
  raters: number,
  items: readonly { readonly approvals: number; readonly count: number }[],
): { n: number; kappa: number | null } {
  const n = items.reduce((sum, { count }) => sum + count, 0);
  if (n === 0 || raters < 2) return { n, kappa: null };
  let approved = 0;
  let agreeing = 0;
  for (const { approvals, count } of items) {
    const rejections = raters - approvals;
    approved += approvals * count;
    agreeing +=
      ((approvals * (approvals - 1) + rejections * (rejections - 1)) / (raters * (raters - 1))) * count;
  }
  const share = approved / (n * raters);
  return { n, kappa: aboveChance(agreeing / n, share * share + (1 - share) * (1 - share)) };
}
