import { z } from 'zod';

/** A price with where it was read and when it holds. Money is integer micro-USD. Dates are YYYY-MM-DD. */
export const price = z.object({
  unit: z.enum(['1M_tokens', 'hour']),
  microUsdPerUnit: z.number().int().nonnegative(),
  source: z.string(),
  retrievedOn: z.string(),
  validFrom: z.string().nullable(),
  validUntil: z.string().nullable(),
});
export type Price = z.infer<typeof price>;

/** One line of the arithmetic, as shown: `label`, the formula with its numbers, and the result. */
export const costLine = z.object({
  label: z.string(),
  formula: z.string(),
  result: z.string(),
  microUsd: z.number().int().nullable(),
});

/** Training cost: billedTokens = Σ min(limit, tokens) × epochs; total = billedTokens × price. */
export const costEstimate = z.object({
  provider: z.string(),
  model: z.string(),
  method: z.string(),
  examples: z.number().int(),
  epochs: z.number().int(),
  tokensPerEpoch: z.number().int(),
  billedTokens: z.number().int(),
  truncatedExamples: z.number().int(),
  totalMicroUsd: z.number().int().nonnegative(),
  price,
  lines: z.array(costLine),
});
export type CostEstimate = z.infer<typeof costEstimate>;
