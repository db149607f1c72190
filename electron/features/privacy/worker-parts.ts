import type { Detect } from '../../../shared/features/privacy/detect/detector.ts';
import type { ExampleStream, ReplaceMarks } from '../../core/dataset-ports.ts';
import type { Db, DbAddress } from '../../core/ports.ts';
import type { ReadPart } from './scan-file.ts';

/** What the worker jobs of this feature need from outside; wired in create-worker.ts. */
export type PrivacyWorkerParts = ReadPart & {
  /** Opens the detector over the shipped word lists. */
  openDetector(): Detect;
  openStore(address: DbAddress): Db;
  streamExamples: ExampleStream;
  replaceMarks: ReplaceMarks;
};
