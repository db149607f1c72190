import { z } from 'zod';
import { method, type severity } from '../datasets/datasets.model.ts';

/** What to do about a line: look at its examples, mend them all, or go where the work is done. */
export const readinessStep = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('show'), codes: z.array(z.string()).min(1) }),
  z.object({ kind: z.literal('fix'), code: z.string() }),
  /** `topic` is what the quality tab shows. */
  z.object({ kind: z.literal('tab'), tab: z.string(), topic: z.string().optional() }),
  z.object({ kind: z.literal('analyse') }),
  z.object({ kind: z.literal('split') }),
  z.object({ kind: z.literal('look') }),
  z.object({ kind: z.literal('grader') }),
]);
export type ReadinessStep = z.infer<typeof readinessStep>;

/** One line of the scorecard. `count` is how many examples (or lines, or models) it is about. */
export const readinessLine = z.object({
  id: z.string(),
  level: z.enum(['blocking', 'advisable', 'fine']),
  title: z.string(),
  detail: z.string(),
  count: z.number().int().nullable(),
  steps: z.array(readinessStep),
  /** Where the rule is written; null for what the data alone says. */
  source: z.string().nullable(),
});
export type ReadinessLine = z.infer<typeof readinessLine>;

/** The scorecard of a data set for a method at a provider; the lines stand in the order in which to work. */
export const readiness = z.object({
  datasetId: z.string(),
  name: z.string(),
  method,
  provider: z.object({ id: z.string(), name: z.string() }),
  providers: z.array(z.object({ id: z.string(), name: z.string() })),
  verdict: z.enum(['ready', 'advisable', 'blocked']),
  exampleCount: z.number().int(),
  tokenTotal: z.number().int(),
  lines: z.array(readinessLine),
  /** Whether all rows were compared with each other, as they are now. */
  look: z.enum(['never', 'stale', 'fresh']),
  grader: z.unknown().nullable(),
  /** Day of the provider's rules, YYYY-MM-DD. */
  rulesAsOf: z.string(),
});
export type Readiness = z.infer<typeof readiness>;

/** What is known about a data set when its readiness is asked for; all of it counted, none of it guessed. */
export type ReadinessFacts = {
  readonly datasetId: string;
  readonly name: string;
  readonly method: z.infer<typeof method>;
  readonly exampleCount: number;
  readonly quarantinedCount: number;
  readonly sourceBytes: number;
  readonly tokenTotal: number;
  readonly longestTokens: number;
  readonly withImages: number;
  /** Examples by their number of pictures, those without any left out. */
  readonly imageCounts: readonly { readonly images: number; readonly examples: number }[];
  readonly splits: { train: number; validation: number; test: number; unassigned: number };
  readonly findings: readonly CodeCount[];
  readonly marks: readonly (CodeCount & { readonly source: string })[];
  /** Identical examples, and prompts with different answers. */
  readonly duplicates: number;
  readonly conflicts: number;
  readonly look: 'never' | 'stale' | 'fresh';
  /** What the look at all rows said about the data set as a whole. */
  readonly whole: readonly { code: string; severity: z.infer<typeof severity>; message: string }[];
  readonly grader: unknown;
};

/** How many examples have a finding. */
export type CodeCount = {
  readonly code: string;
  readonly severity: z.infer<typeof severity>;
  readonly examples: number;
  readonly isFixable: boolean;
};
