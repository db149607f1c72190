import type { DpoExample, SftExample } from '../../shared/features/datasets/datasets.model.ts';
import {
  resolveHyperparameters,
  resolvePreferenceHyperparameters,
} from '../../shared/learner/hyperparameters.ts';
import { copyPolicy, createPolicy, type Policy } from '../../shared/learner/layers.ts';
import { pairOf, turnsOfPairs } from '../../shared/learner/preference.ts';
import { trainPreferences } from '../../shared/learner/preference-trainer.ts';
import { collectCandidates, turnsOf, type Response } from '../../shared/learner/responses.ts';
import type { ResolvedHyperparameters, StepPlace } from '../../shared/learner/schedule.ts';
import { train, type TrainingState } from '../../shared/learner/trainer.ts';
import { policyFromBytes } from '../../shared/learner/weights.ts';
import type { Db } from '../core/ports.ts';
import type { FileFault, ReadFile } from './example-lines.ts';
import { readContent } from './files.sql.ts';
import { readCandidates, type JobRow } from './jobs.sql.ts';
import { isReported, toMetrics, toPreferenceMetrics, type Metrics } from './metrics.ts';
import { practiceBaseModel } from './model-names.ts';
import { findModel, readWeights } from './models.sql.ts';
import { readPreferenceFile } from './preference-file.ts';
import { readTrainingFile } from './training-file.ts';

/** Hyperparameters as a job was asked for them; `beta` only for preference training. */
export type RequestedHyperparameters = {
  nEpochs: number | 'auto';
  batchSize: number | 'auto';
  learningRateMultiplier: number | 'auto';
  beta?: number | 'auto';
};

type Read<Example> = (text: string, fileId: string) => ReadFile<Example>;

function readFile<Example>(db: Db, fileId: string, read: Read<Example>): ReadFile<Example> {
  const content = readContent(db, fileId);
  if (content.length > 0) return read(content.toString('utf8'), fileId);
  const details = `The file ${fileId} was deleted before the job could read it.`;
  return { fault: { code: 'invalid_training_file', message: details, details } };
}

/** What is wrong with a file of a job; null when it can be trained on. A file that is gone is a fault too. */
export function faultOfFile(db: Db, job: JobRow, fileId: string): FileFault | null {
  const read =
    job.method === 'dpo' ? readFile(db, fileId, readPreferenceFile) : readFile(db, fileId, readTrainingFile);
  return 'fault' in read ? read.fault : null;
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

/** One step that was made: its place, its numbers under the platform's names, and whether they become an event. */
export type RunStep = StepPlace & { metrics: Metrics; isReported: boolean };

/** Everything a run starts from, and the way to go on from any of its states. */
export type Plan = {
  readonly policy: Policy;
  readonly responses: readonly Response[];
  readonly hyperparameters: ResolvedHyperparameters;
  /** What is billed once an epoch: of a pair the prompt with both its answers. */
  readonly examples: readonly SftExample[];
  run(state: TrainingState): Generator<RunStep, void, void>;
};

/** Plans a run, the same on every start: files, answers, untrained (or earlier) policy. */
export function planRun(db: Db, job: JobRow): Plan | { fault: FileFault } {
  return job.method === 'dpo' ? planPreferences(db, job) : planSupervised(db, job);
}

function readBoth<Example>(
  db: Db,
  job: JobRow,
  read: Read<Example>,
): { train: Example[]; valid: Example[] } | { fault: FileFault } {
  const training = readFile(db, job.training_file, read);
  if ('fault' in training) return training;
  const validation = job.validation_file ? readFile(db, job.validation_file, read) : { examples: [] };
  if ('fault' in validation) return validation;
  return { train: training.examples, valid: validation.examples };
}

function planSupervised(db: Db, job: JobRow): Plan | { fault: FileFault } {
  const files = readBoth(db, job, readTrainingFile);
  if ('fault' in files) return files;
  const earlier = earlierTraining(db, job);
  const turns = files.train.flatMap(turnsOf);
  const requested = JSON.parse(job.requested) as RequestedHyperparameters;
  const input = {
    train: turns,
    valid: files.valid.flatMap(turnsOf),
    candidates: collectCandidates(turns, earlier?.responses),
    hyperparameters: resolveHyperparameters(files.train.length, requested),
    seed: job.seed,
  };
  return {
    policy: earlier?.policy ?? createPolicy(job.seed),
    responses: input.candidates.responses,
    hyperparameters: input.hyperparameters,
    examples: files.train,
    *run(state) {
      for (const report of train(input, state)) {
        yield { ...placeOf(report), metrics: toMetrics(report), isReported: isReported(report) };
      }
    },
  };
}

/** The reference is the model the job starts from, frozen: the base, or one that was tuned before. */
function planPreferences(db: Db, job: JobRow): Plan | { fault: FileFault } {
  const files = readBoth(db, job, readPreferenceFile);
  if ('fault' in files) return files;
  const earlier = earlierTraining(db, job);
  const reference = earlier?.policy ?? createPolicy(job.seed);
  const pairs = files.train.map(pairOf);
  const { beta = 'auto', ...requested } = JSON.parse(job.requested) as RequestedHyperparameters;
  const input = {
    train: pairs,
    valid: files.valid.map(pairOf),
    reference,
    hyperparameters: resolvePreferenceHyperparameters(pairs.length, { ...requested, beta }),
    seed: job.seed,
  };
  return {
    policy: copyPolicy(reference),
    responses: collectCandidates(turnsOfPairs(pairs), earlier?.responses).responses,
    hyperparameters: input.hyperparameters,
    examples: files.train.map(asOneExample),
    *run(state) {
      for (const report of trainPreferences(input, state)) {
        yield { ...placeOf(report), metrics: toPreferenceMetrics(report), isReported: isReported(report) };
      }
    },
  };
}

function asOneExample({ input, preferred_output, non_preferred_output }: DpoExample): SftExample {
  return { ...input, messages: [...input.messages, ...preferred_output, ...non_preferred_output] };
}

function placeOf({ step, totalSteps, epoch, isEpochEnd }: StepPlace): StepPlace {
  return { step, totalSteps, epoch, isEpochEnd };
}
