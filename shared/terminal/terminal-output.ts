import { z } from 'zod';
import { price } from '../features/costs/costs.model.ts';
import { severity } from '../features/datasets/datasets.model.ts';

const count = z.number().int().nonnegative();

/*
 * What `lapidary … --json` prints: one object each, these fields and no others. A documented promise to scripts;
 * changing it is a breaking change.
 */

/** `lapidary check FILE --json`. Line numbers are physical and 1-based; `lines` are the non-blank ones. */
export const checkOutput = z.strictObject({
  file: z.string(),
  method: z.enum(['sft', 'dpo', 'rft', 'vision']),
  lines: count,
  accepted: count,
  quarantined: z.array(
    z.strictObject({
      line: z.number().int().positive(),
      byteOffset: count,
      code: z.string(),
      message: z.string(),
    }),
  ),
  findings: z.array(
    z.strictObject({
      /** What is about the whole file stands at line 1. */
      line: z.number().int().positive(),
      /** RFC 6901 JSON pointer into the line's object. */
      pointer: z.string(),
      code: z.string(),
      severity,
      message: z.string(),
    }),
  ),
  tokens: z.strictObject({
    model: z.string(),
    encoding: z.enum(['o200k_base', 'cl100k_base']),
    /** Sum of the per-example counts (platform reference 5.2 to 5.4). */
    total: count,
    max: count,
    /** Examples longer than the model reads in training. */
    overLimit: count,
  }),
});
export type CheckOutput = z.infer<typeof checkOutput>;

const lines = z.array(z.number().int().positive()).min(2);

/**
 * `lapidary duplicates FILE --json`. Lines are physical, 1-based and ascending; `similarity` is the smallest exact Jaccard
 * similarity (word shingles) of a line with the first of its group.
 */
export const duplicatesOutput = z.strictObject({
  exactGroups: z.array(z.strictObject({ lines })),
  nearGroups: z.array(z.strictObject({ lines, similarity: z.number().min(0).max(1) })),
});
export type DuplicatesOutput = z.infer<typeof duplicatesOutput>;

/** `lapidary cost … --json`. Money is integer micro-USD, dates are YYYY-MM-DD. */
export const costOutput = z.strictObject({
  provider: z.string(),
  model: z.string(),
  method: z.enum(['sft', 'dpo', 'rft']),
  examples: count,
  epochs: count,
  tokensPerEpoch: count,
  billedTokens: count,
  totalMicroUsd: count,
  price: z.strictObject(price.shape),
});
export type CostOutput = z.infer<typeof costOutput>;

/** `lapidary demo --json`. */
export const demoOutput = z.strictObject({
  datasetRoot: z.string(),
  jobId: z.string(),
  model: z.string(),
  base: z.strictObject({ accuracy: z.number().min(0).max(1) }),
  tuned: z.strictObject({ accuracy: z.number().min(0).max(1) }),
  /** Tuned minus base on the same items, with its 95 % interval. */
  difference: z.strictObject({ estimate: z.number(), low: z.number(), high: z.number() }),
  mcnemarP: z.number().min(0).max(1),
  reportPath: z.string(),
  weightsSha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type DemoOutput = z.infer<typeof demoOutput>;
