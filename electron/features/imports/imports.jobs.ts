import type { WorkerJob } from '../../core/ports.ts';
import { createConvertJob } from './convert.job.ts';
import { createInspectJob, type InspectParts } from './inspect.job.ts';
import { createPreviewJob, type PreviewParts } from './preview.job.ts';

/** The jobs of this feature that run in worker threads, by name. */
export function importJobs(parts: InspectParts & PreviewParts): Readonly<Record<string, WorkerJob>> {
  return {
    'imports.inspect': createInspectJob(parts),
    'imports.preview': createPreviewJob(parts),
    'imports.convert': createConvertJob(parts),
  };
}
