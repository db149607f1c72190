import { AppFailure } from '../../../shared/failures.ts';
import type { PracticePace } from '../../../shared/features/jobs/jobs.model.ts';
import type { JobRequires } from './job-parts.ts';
import { type StoredJob, updateJob, writePace } from './jobs.sql.ts';
import type { Runners } from './runners.ts';

type Steering = { requires: JobRequires; runners: Runners };

function wrongState(job: StoredJob, verb: string): AppFailure {
  return new AppFailure('JOB_STATE', {
    what: `“${job.name}” is ${job.status.replaceAll('_', ' ')}, so it cannot be ${verb}.`,
    todo: job.endedAt === null ? 'Try again when it has gone further.' : 'Nothing needs to be done.',
    retry: job.endedAt === null ? 'later' : 'never',
  });
}

async function record({ requires }: Steering, job: StoredJob, verb: string): Promise<void> {
  const { kit } = requires;
  await kit.workspace.require().write((db) => {
    if (verb === 'cancel') updateJob(db, job.id, { isCancelRequested: true });
    kit.events.append(db, {
      feature: 'jobs',
      kind: `jobs.steered`,
      label: `${verb} ${job.name}`,
      forward: { kind: 'jobs.steer', args: { jobId: job.id, verb } },
      inverse: null,
    });
  });
  kit.changes.emit('jobs');
}

/** Cancels a job: at its provider when it is there, else before it gets there. */
export async function cancel(steering: Steering, job: StoredJob): Promise<void> {
  if (job.endedAt !== null) throw wrongState(job, 'cancelled');
  if (job.remoteId) {
    // The provider first: a cancel that did not arrive must not look like one that did.
    await steering.requires.providers.require(job.connectionId).provider.cancelJob(job.remoteId);
  }
  await record(steering, job, 'cancel');
  const taskId = steering.runners.taskOf(job.id);
  if (taskId) await steering.requires.kit.tasks.cancel(taskId);
  steering.runners.ring(job.id);
}

/** Pauses a running job. */
export async function pause(steering: Steering, job: StoredJob): Promise<void> {
  if (!job.remoteId || job.status !== 'running') throw wrongState(job, 'paused');
  await steering.requires.providers.require(job.connectionId).provider.pauseJob(job.remoteId);
  await record(steering, job, 'pause');
  steering.runners.ring(job.id);
}

/** Lets a paused job go on. */
export async function resume(steering: Steering, job: StoredJob): Promise<void> {
  if (!job.remoteId || (job.status !== 'paused' && job.status !== 'pausing'))
    throw wrongState(job, 'resumed');
  await steering.requires.providers.require(job.connectionId).provider.resumeJob(job.remoteId);
  await record(steering, job, 'resume');
  steering.runners.ring(job.id);
}

/** Sets how fast a practice run goes; kept until it can be told when the run is not there yet. */
export async function setPace(steering: Steering, job: StoredJob, pace: PracticePace): Promise<void> {
  const { kit, practice } = steering.requires;
  if (job.providerKind !== 'practice' || job.endedAt !== null) throw wrongState(job, 'sped up');
  await kit.workspace.require().write((db) => writePace(db, job.id, pace));
  if (job.remoteId) practice.setPace(job.remoteId, pace);
  kit.changes.emit('jobs');
}
