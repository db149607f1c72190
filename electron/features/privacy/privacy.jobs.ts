import type { WorkerContext, WorkerJob } from '../../core/ports.ts';
import { createCountJob } from './count.job.ts';
import { createHistoryJob } from '../../core/history-job.ts';
import { createEditsJob } from './edits.job.ts';
import { createKeepJob } from './keep.job.ts';
import { registerPrivacyOperations } from './operations.ts';
import { createOpenJob, createReadJob } from './read.job.ts';
import { createFinishJob, createScanJob } from './scan.job.ts';
import { type PartScan, scanPart } from './scan-file.ts';
import type { PrivacyWorkerParts } from './worker-parts.ts';

export type ScanFileInput = { path: string; start: number; end: number };

/** The jobs of this feature, by name. */
export function privacyJobs(parts: PrivacyWorkerParts): Readonly<Record<string, WorkerJob>> {
  return {
    'privacy.scan': createScanJob(parts),
    'privacy.finish-scan': createFinishJob(parts),
    'privacy.count': createCountJob(parts),
    'privacy.edits': createEditsJob(parts),
    'privacy.keep': createKeepJob(parts),
    'privacy.read': createReadJob(parts),
    'privacy.read-open': createOpenJob(parts),
    'privacy.history': createHistoryJob(parts, registerPrivacyOperations),
    'privacy.scan-file': async (input: ScanFileInput, context: WorkerContext): Promise<PartScan> => {
      const total = input.end - input.start;
      return scanPart(input, { readLines: parts.readLines, detect: parts.openDetector() }, (done) => {
        context.progress({ done, total, message: '' });
      });
    },
  };
}
