import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from '../../failures.ts';
import { job, jobFrame, launchPlan, launchRequest, plannedValue, practicePace } from './jobs.model.ts';

const byId = z.object({ jobId: z.string() });
const nothing = z.object({});

/** How asking the provider to stop, hold or go on can end. */
const steeringFailures = [
  'NO_WORKSPACE',
  'JOB_NOT_FOUND',
  'JOB_STATE',
  'OFFLINE',
  'KEY_REJECTED',
  'PROVIDER_UNREACHABLE',
  'PROVIDER_REFUSED',
  'RATE_LIMITED',
  'CONNECTION_NOT_FOUND',
] as const;

/** Training jobs: plan, launch once, watch, steer. */
export const jobsContract = {
  list: procedure('NO_WORKSPACE').output(z.array(job)),
  get: procedure('NO_WORKSPACE', 'JOB_NOT_FOUND').input(byId).output(job),
  /** What would be sent, to whom, for how much. Writes the training file to this workspace; sends nothing. */
  plan: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND', 'CONNECTION_NOT_FOUND', 'MODEL_UNKNOWN', 'DISK_FULL')
    .input(launchRequest)
    .output(launchPlan),
  /** What "auto" means for a data set of this size, without making a plan. */
  defaults: procedure('NO_WORKSPACE', 'CONNECTION_NOT_FOUND', 'DATASET_NOT_FOUND')
    .input(z.object({ datasetId: z.string(), connectionId: z.string(), model: z.string() }))
    .output(z.array(plannedValue)),
  /** Launches exactly the approved plan, once. Durable when it resolves; a second call cannot make a second job. */
  launch: procedure(
    'NO_WORKSPACE',
    'NOT_APPROVED',
    'OVER_BUDGET',
    'ALREADY_LAUNCHED',
    'CONNECTION_NOT_FOUND',
    'OFFLINE',
    'PERSONAL_DATA_UNRESOLVED',
  )
    .input(z.object({ approvalId: z.string(), request: launchRequest }))
    .output(z.object({ jobId: z.string(), taskId: z.string() })),
  /** Yields everything so far, then what is new, until the job has ended and all of it was told. */
  watch: procedure('NO_WORKSPACE', 'JOB_NOT_FOUND').input(byId).output(eventIterator(jobFrame)),
  cancel: procedure(...steeringFailures)
    .input(byId)
    .output(job),
  pause: procedure(...steeringFailures)
    .input(byId)
    .output(job),
  resume: procedure(...steeringFailures)
    .input(byId)
    .output(job),
  /** Practice only: real time, ten times as fast, or as fast as this machine can. */
  setPace: procedure('NO_WORKSPACE', 'JOB_NOT_FOUND', 'JOB_STATE')
    .input(byId.extend({ pace: practicePace }))
    .output(nothing),
};
