import { z } from 'zod';
import { dataVersion } from '../versions/versions.model.ts';
import { costEstimate, trainingMethod } from '../costs/costs.model.ts';
import { connectionKind } from '../providers/providers.model.ts';

/** Job statuses as on the wire (platform reference 1.1.2) plus our own states before it is known there. */
export const jobStatus = z.enum([
  'preparing',
  'uploading',
  'launching',
  'unknown_outcome',
  'validating_files',
  'queued',
  'running',
  'pausing',
  'paused',
  'succeeded',
  'failed',
  'cancelled',
]);
export type JobStatus = z.infer<typeof jobStatus>;

/** How a job trains: on chat examples, or on preference pairs. The provider's own words. */
export const jobMethod = trainingMethod.extract(['supervised', 'dpo']);
export type JobMethod = z.infer<typeof jobMethod>;

const numberOrAuto = z.union([z.number().positive(), z.literal('auto')]);

/** Hyperparameters of a job; `auto` lets the provider decide (ranges: reference 1.1.1). */
export const hyperparameters = z.object({
  nEpochs: z.union([z.number().int().min(1).max(50), z.literal('auto')]),
  batchSize: z.union([z.number().int().min(1).max(256), z.literal('auto')]),
  learningRateMultiplier: numberOrAuto,
  /** Preference training only: a higher one keeps the model closer to the one it starts from. */
  beta: z.union([z.number().positive().max(2), z.literal('auto')]).optional(),
});
export type Hyperparameters = z.infer<typeof hyperparameters>;

/** One point of the curves; a metric the provider did not report is absent. */
export const jobMetric = z.object({
  step: z.number().int(),
  totalSteps: z.number().int().nullable(),
  values: z.record(z.string(), z.number()),
});
export type JobMetric = z.infer<typeof jobMetric>;

/** Statuses in which a job is over; every other one, also one we do not know, goes on. */
export const endedStatuses: readonly JobStatus[] = ['succeeded', 'failed', 'cancelled'];

/** How fast a practice run goes; changes the waiting between steps, never the result. */
export const practicePace = z.enum(['real_time', 'ten_times', 'instant']);
export type PracticePace = z.infer<typeof practicePace>;

/** A file as it leaves: line i is example i of the split. */
export const sentFile = z.object({
  role: z.enum(['training', 'validation']),
  sha256: z.string(),
  sizeBytes: z.number().int(),
  examples: z.number().int(),
});
export type SentFile = z.infer<typeof sentFile>;

/** What the user asks for. `capMicroUsd` is the most this launch may cost. */
export const launchRequest = z.object({
  name: z.string().trim().min(1).max(80),
  datasetId: z.string(),
  connectionId: z.string(),
  model: z.string().min(1).max(200),
  /** Part of the tuned model's name; letters, digits, `-` and `_`. */
  suffix: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/)
    .nullable(),
  seed: z.number().int().min(0).max(2147483647),
  /** Must be the one the data set is made for. */
  method: jobMethod.default('supervised'),
  hyperparameters,
  useValidation: z.boolean(),
  capMicroUsd: z.number().int().nonnegative(),
  /** How fast a practice run goes; of no effect elsewhere. */
  pace: practicePace.default('instant'),
});
export type LaunchRequest = z.infer<typeof launchRequest>;

/** One hyperparameter: what was asked, what to expect of it, and why. */
export const plannedValue = z.object({
  key: z.enum(['nEpochs', 'batchSize', 'learningRateMultiplier', 'beta']),
  requested: z.union([z.number(), z.literal('auto')]),
  /** What `auto` will become; null when only the provider knows. */
  expected: z.number().nullable(),
  reason: z.string(),
});
export type PlannedValue = z.infer<typeof plannedValue>;

/** Something that stops a launch, or that one should know before. */
export const planNote = z.object({
  level: z.enum(['blocks', 'warns']),
  code: z.string(),
  what: z.string(),
  todo: z.string(),
});
export type PlanNote = z.infer<typeof planNote>;

/** Everything a launch would do, before it does anything: what leaves, to whom, for how much, and what stands in the way. */
export const launchPlan = z.object({
  request: launchRequest,
  destination: z.object({
    connectionId: z.string(),
    name: z.string(),
    kind: connectionKind,
    host: z.string(),
    staysOnThisMachine: z.boolean(),
  }),
  dataset: z.object({ datasetId: z.string(), name: z.string(), isDemo: z.boolean() }),
  files: z.array(sentFile),
  totalBytes: z.number().int(),
  hyperparameters: z.array(plannedValue),
  /** Null when no price is known for this provider and model. */
  estimate: costEstimate.nullable(),
  capMicroUsd: z.number().int(),
  notes: z.array(planNote),
  /** Good for one launch of exactly this plan; null while something blocks it. */
  approval: z.object({ approvalId: z.string(), expiresAt: z.number().int() }).nullable(),
});
export type LaunchPlan = z.infer<typeof launchPlan>;

/** Why a job stopped or waits, in the provider's words or ours. */
export const jobProblem = z.object({ code: z.string(), message: z.string(), todo: z.string() });
export type JobProblem = z.infer<typeof jobProblem>;

/** One line of a job's log; `isOurs` marks what Lapidary itself noted. Times are ms UTC. */
export const jobEvent = z.object({
  seq: z.number().int(),
  at: z.number().int(),
  level: z.enum(['info', 'warn', 'error']),
  message: z.string(),
  isOurs: z.boolean(),
});
export type JobEvent = z.infer<typeof jobEvent>;

/** A model saved on the way; `metrics` under the provider's names. */
export const jobCheckpoint = z.object({
  id: z.string(),
  model: z.string(),
  stepNumber: z.number().int(),
  metrics: z.record(z.string(), z.number()),
});
export type JobCheckpoint = z.infer<typeof jobCheckpoint>;

const numberOrNull = z.number().nullable();

/** A job as lists and the run screen show it. Times are ms UTC, money integer micro-USD. */
export const job = z.object({
  id: z.string(),
  name: z.string(),
  datasetId: z.string(),
  datasetName: z.string(),
  dataVersion,
  connectionId: z.string(),
  connectionName: z.string(),
  providerKind: connectionKind,
  host: z.string(),
  model: z.string(),
  fineTunedModel: z.string().nullable(),
  status: jobStatus,
  /** The provider's own word for the status when it is not one we know. */
  providerStatus: z.string().nullable(),
  remoteId: z.string().nullable(),
  intentId: z.string(),
  seed: z.number().int(),
  suffix: z.string().nullable(),
  method: jobMethod,
  requested: hyperparameters,
  resolved: z.object({
    nEpochs: numberOrNull,
    batchSize: numberOrNull,
    learningRateMultiplier: numberOrNull,
    beta: numberOrNull.optional(),
  }),
  files: z.array(sentFile),
  estimate: costEstimate.nullable(),
  capMicroUsd: z.number().int(),
  trainedTokens: z.number().int().nullable(),
  /** Price of `trainedTokens`; null until the provider reported them or when the price is unknown. */
  actualMicroUsd: z.number().int().nullable(),
  progress: z.object({ step: z.number().int(), totalSteps: z.number().int().nullable() }).nullable(),
  /** When it should be done, from the provider or from the pace so far; null when unknown. */
  estimatedEndAt: z.number().int().nullable(),
  /** What it waits for (the gate, a rate limit, the provider) and until when, when known. */
  waiting: z.object({ what: z.string(), until: z.number().int().nullable() }).nullable(),
  problem: jobProblem.nullable(),
  pace: practicePace.nullable(),
  weightsSha256: z.string().nullable(),
  createdAt: z.number().int(),
  startedAt: z.number().int().nullable(),
  endedAt: z.number().int().nullable(),
});
export type Job = z.infer<typeof job>;

/** What is new since the last frame of a watch; the first frame holds everything so far. */
export const jobFrame = z.object({
  job,
  metrics: z.array(jobMetric),
  events: z.array(jobEvent),
  checkpoints: z.array(jobCheckpoint),
});
export type JobFrame = z.infer<typeof jobFrame>;
