import { z } from 'zod';

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

const numberOrAuto = z.union([z.number().positive(), z.literal('auto')]);

/** Hyperparameters of supervised training; `auto` lets the provider decide (ranges: reference 1.1.1). */
export const hyperparameters = z.object({
  nEpochs: z.union([z.number().int().min(1).max(50), z.literal('auto')]),
  batchSize: z.union([z.number().int().min(1).max(256), z.literal('auto')]),
  learningRateMultiplier: numberOrAuto,
});
export type Hyperparameters = z.infer<typeof hyperparameters>;

/** One point of the curves; a metric the provider did not report is absent. */
export const jobMetric = z.object({
  step: z.number().int(),
  totalSteps: z.number().int().nullable(),
  values: z.record(z.string(), z.number()),
});
export type JobMetric = z.infer<typeof jobMetric>;
