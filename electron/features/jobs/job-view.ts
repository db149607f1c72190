import { microUsdFor } from '../../../shared/features/costs/money.ts';
import type { Job, JobFrame } from '../../../shared/features/jobs/jobs.model.ts';
import type { JobFacts } from '../../core/feature-ports.ts';
import type { Db } from '../../core/ports.ts';
import { type CurveCursor, readCheckpoints, readEvents, readMetrics } from './curves.sql.ts';
import type { JobRequires } from './job-parts.ts';
import type { StoredJob } from './jobs.sql.ts';

/** A job as a window sees it. */
export function viewOf(requires: Pick<JobRequires, 'practice'>, job: StoredJob): Job {
  const isKnownStatus = job.providerStatus === null || job.providerStatus === job.status;
  const live = job.providerKind === 'practice' && job.remoteId ? requires.practice.pace(job.remoteId) : null;
  return {
    id: job.id,
    name: job.name,
    datasetId: job.datasetId,
    datasetName: job.datasetName,
    dataVersion: job.dataVersion,
    connectionId: job.connectionId,
    connectionName: job.connectionName,
    providerKind: job.providerKind,
    host: job.host,
    model: job.model,
    fineTunedModel: job.fineTunedModel,
    status: job.status,
    providerStatus: isKnownStatus ? null : job.providerStatus,
    remoteId: job.remoteId,
    intentId: job.intentId,
    seed: job.seed,
    suffix: job.suffix,
    method: job.method,
    requested: job.requested,
    resolved: job.resolved,
    files: job.files,
    estimate: job.estimate,
    capMicroUsd: job.capMicroUsd,
    trainedTokens: job.trainedTokens,
    actualMicroUsd: actualCost(job),
    progress: job.step === null ? null : { step: job.step, totalSteps: job.totalSteps },
    estimatedEndAt: job.estimatedEndAt,
    waiting: job.waiting,
    problem: job.problem,
    pace: live ?? job.pace,
    weightsSha256: job.weightsSha256,
    createdAt: job.createdAt,
    startedAt: job.startedAt,
    endedAt: job.endedAt,
  };
}

function actualCost(job: StoredJob): number | null {
  if (job.trainedTokens === null || job.estimate?.price.unit !== '1M_tokens') return null;
  return microUsdFor(job.trainedTokens, job.estimate.price.microUsdPerUnit);
}

/** What is new of a job since a cursor. */
export function frameOf(
  requires: Pick<JobRequires, 'practice'>,
  db: Db,
  seen: { job: StoredJob; since: CurveCursor },
): JobFrame {
  return {
    job: viewOf(requires, seen.job),
    metrics: readMetrics(db, seen.job.id, seen.since.revision),
    events: readEvents(db, seen.job.id, seen.since.event),
    checkpoints: readCheckpoints(db, seen.job.id),
  };
}

/** A job as evaluations and reports need it. */
export function factsOf(db: Db, job: StoredJob): JobFacts {
  const training = job.files.find((file) => file.role === 'training');
  // Practice answers as "base" from the very policy that was trained, before its first step.
  const untrained = job.providerKind === 'practice' && job.fineTunedModel;
  return {
    jobId: job.id,
    name: job.name,
    datasetId: job.datasetId,
    dataVersion: job.dataVersion,
    connectionId: job.connectionId,
    providerKind: job.providerKind,
    model: job.model,
    baseModelForEval: untrained ? `${job.fineTunedModel}:ckpt-step-0` : job.model,
    fineTunedModel: job.fineTunedModel,
    status: job.status,
    seed: job.seed,
    method: job.method,
    hyperparameters: { requested: job.requested, resolved: job.resolved },
    trainingFile: {
      sha256: training?.sha256 ?? '',
      sizeBytes: training?.sizeBytes ?? 0,
      examples: training?.examples ?? 0,
    },
    estimate: job.estimate,
    trainedTokens: job.trainedTokens,
    metrics: readMetrics(db, job.id, 0),
    checkpoints: readCheckpoints(db, job.id),
    createdAt: job.createdAt,
    endedAt: job.endedAt,
    weightsSha256: job.weightsSha256,
  };
}
