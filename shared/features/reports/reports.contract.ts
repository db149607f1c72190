import { z } from 'zod';
import { procedure } from '../../failures.ts';
import { report } from './reports.model.ts';

/** Self-contained HTML reports of a run: data, cost, curves, results, limits. */
export const reportsContract = {
  /** Writes the report; without `evalId` it says that nothing was evaluated. */
  create: procedure('NO_WORKSPACE', 'JOB_NOT_FOUND', 'EVAL_NOT_FOUND', 'DATASET_NOT_FOUND', 'REPORT_FAILED')
    .input(z.object({ jobId: z.string(), evalId: z.string().nullable() }))
    .output(report),
  /** Copies the file to a place the user chose, or asks for one; null when the user changed their mind. */
  saveCopy: procedure('NO_WORKSPACE', 'REPORT_FAILED', 'DIALOG_UNAVAILABLE', 'FILE_NOT_CHOSEN')
    .input(z.object({ reportId: z.string(), destinationId: z.string().nullable() }))
    .output(z.object({ path: z.string().nullable() })),
  /** Reports, newest first; of one job when given. */
  list: procedure('NO_WORKSPACE')
    .input(z.object({ jobId: z.string().nullable() }))
    .output(z.array(report)),
  /** Opens the file as it was written in the system's browser; refuses one that was changed since. */
  open: procedure('NO_WORKSPACE', 'REPORT_FAILED')
    .input(z.object({ reportId: z.string() }))
    .output(z.object({})),
};
