import { createPolicy, type Policy } from '../../shared/learner/layers.ts';
import { resolveHyperparameters } from '../../shared/learner/hyperparameters.ts';
import { collectCandidates, turnsOf, type Response } from '../../shared/learner/responses.ts';
import type { TrainingInput } from '../../shared/learner/trainer.ts';
import { policyFromBytes } from '../../shared/learner/weights.ts';
import type { SftExample } from '../../shared/features/datasets/datasets.model.ts';
import type { Db } from '../core/ports.ts';
import { readContent } from './files.sql.ts';
import { readCandidates, type JobRow } from './jobs.sql.ts';
import { practiceBaseModel } from './model-names.ts';
import { findModel, readWeights } from './models.sql.ts';
import { readTrainingFile, type FileFault } from './training-file.ts';

/** Hyperparameters as a job was asked for them. */
export type RequestedHyperparameters = {
  nEpochs: number | 'auto';
  batchSize: number | 'auto';
  learningRateMultiplier: number | 'auto';
};

/** Reads a job's file; a file that is gone is a fault too. */
export function readJobFile(db: Db, fileId: string): { examples: SftExample[] } | { fault: FileFault } {
  const content = readContent(db, fileId);
  if (content.length > 0) return readTrainingFile(content.toString('utf8'), fileId);
  const details = `The file ${fileId} was deleted before the job could read it.`;
  return { fault: { code: 'invalid_training_file', message: details, details } };
}

/** The earlier training a job goes on from: its weights and the answers it knows. */
export function earlierTraining(db: Db, job: JobRow): { policy: Policy; responses: Response[] } | null {
  if (job.model === practiceBaseModel) return null;
  const model = findModel(db, job.model);
  const weights = model && readWeights(db, model.weights_sha256);
  if (!model || !weights) return null;
  return {
    policy: policyFromBytes(weights),
    responses: JSON.parse(readCandidates(db, model.job_id)) as Response[],
  };
}

export type Plan = {
  input: TrainingInput;
  policy: Policy;
  examples: readonly SftExample[];
};

/** Everything a run starts from, the same on every start: files, answers, untrained (or earlier) policy. */
export function planRun(db: Db, job: JobRow): Plan | { fault: FileFault } {
  const training = readJobFile(db, job.training_file);
  if ('fault' in training) return training;
  const validation = job.validation_file ? readJobFile(db, job.validation_file) : { examples: [] };
  if ('fault' in validation) return validation;
  const earlier = earlierTraining(db, job);
  const train = training.examples.flatMap(turnsOf);
  const requested = JSON.parse(job.requested) as RequestedHyperparameters;
  return {
    input: {
      train,
      valid: validation.examples.flatMap(turnsOf),
      candidates: collectCandidates(train, earlier?.responses),
      hyperparameters: resolveHyperparameters(training.examples.length, requested),
      seed: job.seed,
    },
    policy: earlier?.policy ?? createPolicy(job.seed),
    examples: training.examples,
  };
}
