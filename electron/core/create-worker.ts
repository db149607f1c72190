import { openDatabase } from '../adapters/sqlite/open-database.ts';
import { createTiktokenCounters } from '../adapters/tokens/tiktoken-counter.ts';
import { serveWorkerThread } from '../adapters/workers/worker-thread.ts';
import { AppFailure } from '../../shared/failures.ts';
import { datasetJobs } from '../features/datasets/datasets.jobs.ts';
import { createGradeJob } from '../features/evals/evals.grade.ts';
import { createWorkspaceJobs } from '../features/workspaces/workspaces.jobs.ts';
import { createPracticeTokens } from '../practice/practice-tokens.ts';
import { createTrainJob } from '../practice/train.job.ts';
import type { WorkerJob } from './ports.ts';

const practiceTokens = createPracticeTokens(createTiktokenCounters());

/** The worker program: every job that runs off the main thread, by name. The thread-side twin of create-core.ts. */
const jobs: Readonly<Record<string, WorkerJob>> = {
  ...createWorkspaceJobs(openDatabase),
  'practice.train': createTrainJob({
    openDatabase,
    now: () => Date.now(),
    countTokens: (example) => practiceTokens.example(example),
  }),
  'evals.grade': createGradeJob(openDatabase),
  ...datasetJobs({
    openStore: openDatabase,
    createCounter: () => createTiktokenCounters().counter('o200k_base'),
  }),
};

await serveWorkerThread(jobs, (error) => ({
  code: error instanceof AppFailure ? error.code : null,
  data: error instanceof AppFailure ? error.data : null,
  message: error instanceof Error ? error.message : String(error),
}));
