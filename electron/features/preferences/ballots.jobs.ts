import type { WorkerJob } from '../../core/ports.ts';
import { createCountJob, createMakeJob, type ReviewFileParts } from './make-review-file.job.ts';
import { createMergeJob } from './merge-ballots.job.ts';

/** The jobs of review outside the app that run in worker threads, by name. */
export function ballotJobs(parts: ReviewFileParts): Readonly<Record<string, WorkerJob>> {
  return {
    'ballots.count': createCountJob(parts),
    'ballots.make': createMakeJob(parts),
    'ballots.merge': createMergeJob(parts),
  };
}
