import { createHistoryJob } from '../../core/history-job.ts';
import type { WorkerJob } from '../../core/ports.ts';
import { createDiffJob } from './diff.job.ts';
import { createFreezeJob, type VersionWorkerParts } from './freeze.job.ts';
import { createRestoreJob, registerOperations } from './restore.job.ts';
import { createVerifyJob } from './verify.job.ts';

/** The jobs of this feature that run in worker threads, by name. */
export function versionJobs(parts: VersionWorkerParts): Readonly<Record<string, WorkerJob>> {
  return {
    'versions.freeze': createFreezeJob(parts),
    'versions.restore': createRestoreJob(parts),
    'versions.history': createHistoryJob(parts, (events) => registerOperations(events, parts.states)),
    'versions.verify': createVerifyJob(parts),
    'versions.diff': createDiffJob(parts),
  };
}
