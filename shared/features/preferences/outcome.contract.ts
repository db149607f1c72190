import { z } from 'zod';
import { procedure } from '../../failures.ts';
import { madeDataset, outcomeCounts, outcomePolicy } from './outcome.model.ts';

const wish = z.object({ setId: z.string(), policy: outcomePolicy });

/**
 * What becomes of verdicts. Rows leave through a data set, where checks, versions, the gate for personal data, every
 * export target and jobs are.
 */
export const outcomeContract = {
  /** What a policy would make of the set as it is, and why it leaves pairs out; writes nothing. */
  preview: procedure('NO_WORKSPACE', 'PREFERENCES_NOT_FOUND', 'CANCELLED').input(wish).output(outcomeCounts),
  /** Makes a data set of the rows, as a task; all of it, or nothing. */
  makeDataset: procedure('NO_WORKSPACE', 'PREFERENCES_NOT_FOUND')
    .input(wish.extend({ name: z.string().trim().min(1).max(120) }))
    .output(z.object({ taskId: z.string(), datasetId: z.string() })),
  /** Data sets that were made of this set, newest first. */
  made: procedure('NO_WORKSPACE', 'PREFERENCES_NOT_FOUND')
    .input(z.object({ setId: z.string() }))
    .output(z.array(madeDataset)),
  /**
   * Writes where every row of a made data set came from, as JSON lines, as a task: verdicts with when, how and by whom
   * (or numbers in place of names), hashes in place of texts.
   */
  exportLineage: procedure('NO_WORKSPACE', 'PREFERENCES_NOT_FOUND', 'DATASET_NOT_FOUND', 'FILE_NOT_CHOSEN')
    .input(
      z.object({
        setId: z.string(),
        datasetId: z.string(),
        withNames: z.boolean(),
        destinationId: z.string(),
      }),
    )
    .output(z.object({ taskId: z.string() })),
};
