import type { ExampleLookup } from '../../core/dataset-ports.ts';
import type { WorkerJob } from '../../core/ports.ts';
import { createAnalyseJob, type QualityWorkerParts } from './analyse.job.ts';
import { createCompareJob } from './compare.job.ts';
import type { FileReading } from './duplicates-in-file.ts';
import { createModerationMarksJob, createModerationPlanJob } from './moderation.jobs.ts';
import { createRepeatsJob, createSampleJob, createStateJob, createSurplusJob } from './small.jobs.ts';

/** The jobs of this feature that run in worker threads, by name. */
export function qualityJobs(
  parts: QualityWorkerParts & { lookup: ExampleLookup; reading: FileReading },
): Readonly<Record<string, WorkerJob>> {
  return {
    'quality.analyse': createAnalyseJob(parts),
    'quality.compare': createCompareJob(parts),
    'quality.state': createStateJob(parts),
    'quality.repeats': createRepeatsJob(parts),
    'quality.sample': createSampleJob(parts.reading),
    'quality.surplus': createSurplusJob(parts),
    'quality.moderation-plan': createModerationPlanJob(parts),
    'quality.moderation-marks': createModerationMarksJob(parts),
  };
}
