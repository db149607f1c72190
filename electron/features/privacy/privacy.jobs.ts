import type { WorkerContext, WorkerJob } from '../../core/ports.ts';
import { createCountJob } from './count.job.ts';
import { createEditsJob } from './edits.job.ts';
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
    'privacy.scan-file': async (input: ScanFileInput, context: WorkerContext): Promise<PartScan> => {
      const total = input.end - input.start;
      return scanPart(input, { readLines: parts.readLines, detect: parts.openDetector() }, (done) => {
        context.progress({ done, total, message: '' });
      });
    },
  };
}
