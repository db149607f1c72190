import type { Detect } from '../../../shared/features/privacy/detect/detector.ts';
import type { ExampleStream, ReplaceMarks } from '../../core/dataset-ports.ts';
import type { Db, DbAddress, WorkerContext, WorkerJob } from '../../core/ports.ts';
import { createEditsJob } from './edits.job.ts';
import { createScanJob } from './scan.job.ts';
import { type PartScan, type ReadPart, scanPart } from './scan-file.ts';

/** What the worker jobs of this feature need from outside; wired in create-worker.ts. */
export type PrivacyWorkerParts = ReadPart & {
  /** Opens the detector over the shipped word lists. */
  openDetector(): Detect;
  openStore(address: DbAddress): Db;
  streamExamples: ExampleStream;
  replaceMarks: ReplaceMarks;
};

export type ScanFileInput = { path: string; start: number; end: number };

/** The jobs of this feature, by name. */
export function privacyJobs(parts: PrivacyWorkerParts): Readonly<Record<string, WorkerJob>> {
  return {
    'privacy.scan': createScanJob(parts),
    'privacy.edits': createEditsJob(parts),
    'privacy.scan-file': async (input: ScanFileInput, context: WorkerContext): Promise<PartScan> => {
      const total = input.end - input.start;
      return scanPart(input, { readLines: parts.readLines, detect: parts.openDetector() }, (done) => {
        context.progress({ done, total, message: '' });
      });
    },
  };
}
