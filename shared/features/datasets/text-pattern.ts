import { z } from 'zod';

/** What a text is searched for: literally, or as a regular expression (JavaScript, flag `u`). */
export const textPattern = z.object({
  source: z.string().min(1).max(1000),
  isRegex: z.boolean(),
  isCaseSensitive: z.boolean(),
});
export type TextPattern = z.infer<typeof textPattern>;
