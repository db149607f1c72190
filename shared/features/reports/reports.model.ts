import { z } from 'zod';

/** A report that was written: one self-contained HTML file in the workspace's `reports` folder. */
export const report = z.object({
  reportId: z.string(),
  title: z.string(),
  jobId: z.string(),
  evalId: z.string().nullable(),
  path: z.string(),
  sha256: z.string(),
  sizeBytes: z.number().int(),
  isPractice: z.boolean(),
  createdAt: z.number().int(),
});
export type Report = z.infer<typeof report>;
