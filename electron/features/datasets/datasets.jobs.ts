import type { WorkerJob } from '../../core/ports.ts';
import { createChangeJob } from './change.job.ts';
import { createCommitJob, createStageJob, type DatasetWorkerParts } from './import.job.ts';
import { createRewriteJob } from './rewrite.job.ts';
import { createSplitJob } from './split.job.ts';

/** The jobs of this feature that run in worker threads, by name. */
export function datasetJobs(parts: DatasetWorkerParts): Readonly<Record<string, WorkerJob>> {
  return {
    'datasets.stage': createStageJob(parts),
    'datasets.commit': createCommitJob(parts),
    'datasets.rewrite': createRewriteJob(parts),
    'datasets.split': createSplitJob(parts),
    'datasets.change': createChangeJob(parts),
  };
}
