import { createHistoryJob } from '../../core/history-job.ts';
import type { WorkerJob } from '../../core/ports.ts';
import { createAddJob, createCheckTextJob } from './add.job.ts';
import { createAgreementJob } from './agreement.job.ts';
import { createBulkJob } from './bulk.job.ts';
import { createMatchJob, createNamesJob } from './match.job.ts';
import { createPreviewJob } from './preview.job.ts';
import { createAppendJob } from './append.job.ts';
import type { DatasetWorkerParts } from './import.job.ts';
import { registerOperations } from './operations.ts';
import { createParseJob } from './parse.job.ts';
import { createLeaksJob } from './leaks.job.ts';
import { createLookJob } from './look.job.ts';
import { createReadinessJob } from './readiness.job.ts';
import { createRewriteJob } from './rewrite.job.ts';
import { createSplitJob } from './split.job.ts';
import { createCheckJob } from './check.job.ts';
import { createIndexJob } from './search-index.job.ts';
import { createViewJob } from './view.job.ts';
import { createPurgeJob, createWriteJob } from './write.job.ts';

/** The jobs of this feature that run in worker threads, by name. */
export function datasetJobs(parts: DatasetWorkerParts): Readonly<Record<string, WorkerJob>> {
  return {
    'datasets.parse': createParseJob(parts),
    'datasets.write': createWriteJob(parts),
    'datasets.check': createCheckJob(parts),
    'datasets.append': createAppendJob(parts),
    'datasets.purge': createPurgeJob(parts),
    'datasets.index': createIndexJob(parts),
    'datasets.view': createViewJob(parts),
    'datasets.rewrite': createRewriteJob(parts),
    'datasets.leaks': createLeaksJob(parts),
    'datasets.split': createSplitJob(parts),
    'datasets.look': createLookJob(parts),
    'datasets.readiness': createReadinessJob(parts),
    'datasets.bulk': createBulkJob(parts),
    'datasets.history': createHistoryJob(parts, registerOperations),
    'datasets.match': createMatchJob(parts),
    'datasets.names': createNamesJob(parts),
    'datasets.preview': createPreviewJob(parts),
    'datasets.add': createAddJob(parts),
    'datasets.check-text': createCheckTextJob(parts),
    'datasets.agreement': createAgreementJob(parts),
  };
}
