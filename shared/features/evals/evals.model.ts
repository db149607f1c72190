import { z } from 'zod';

/** A paired difference (tuned minus base) with its 95 % interval; `isBetter` only when the interval is above zero. */
export const pairedDifference = z.object({
  estimate: z.number(),
  low: z.number(),
  high: z.number(),
  n: z.number().int(),
  verdict: z.enum(['better', 'worse', 'no_evidence']),
  mcnemarP: z.number().nullable(),
});
export type PairedDifference = z.infer<typeof pairedDifference>;
