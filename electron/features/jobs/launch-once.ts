import type { AppFailure } from '../../../shared/failures.ts';
import { formatMicroUsd } from '../../../shared/features/costs/money.ts';
import { endedStatuses } from '../../../shared/features/jobs/jobs.model.ts';
import { type RemoteJob, UnknownOutcome } from '../../core/feature-ports.ts';
import { backOffMs } from '../../core/waiting.ts';
import { updateJob, type JobState, type StoredJob } from './jobs.sql.ts';
import {
  asFailure,
  cleared,
  type Connection,
  currentJob,
  end,
  postpone,
  problemOf,
  type Run,
  save,
} from './run.ts';

/*
 * A job is created at most once per intent. The intent is durable before the socket opens; whenever it is not known
 * whether the provider acted on it, the provider's list of jobs is asked, for long enough that a slow one shows up,
 * before a second request may leave.
 */

const mostAttempts = 3;
const mostFailuresBeforeLaunch = 8;
const quietMs = 60_000;
const lookAgainMs = 10_000;

const mayPass: readonly string[] = ['OFFLINE', 'RATE_LIMITED', 'PROVIDER_UNREACHABLE'];

/** Before a launch only what may pass by itself is waited out; anything else ends the job and says why. */
export async function postponeOrEnd(run: Run, failure: AppFailure): Promise<void> {
  const { failures } = currentJob(run);
  const isWorthWaiting = mayPass.includes(failure.code) && failures < mostFailuresBeforeLaunch;
  if (isWorthWaiting || failure.code === 'OFFLINE') await postpone(run, failure);
  else await end(run, 'failed', problemOf(failure));
}

/** Writes the intent down, sends it once, and keeps what came of it. */
export async function launchOnce(run: Run, connection: Connection): Promise<void> {
  const job = currentJob(run);
  if (job.estimate && job.estimate.totalMicroUsd > job.capMicroUsd) {
    const message = `The estimate is above the cap of ${formatMicroUsd(job.capMicroUsd)}.`;
    return end(run, 'failed', { code: 'OVER_BUDGET', message, todo: 'Plan the launch again.' });
  }
  const isWritten = await writeIntent(run);
  if (!isWritten) return;
  try {
    const remote = await connection.provider.createJob(requestOf(job), run.stop);
    await acknowledge(run, remote);
  } catch (error) {
    if (error instanceof UnknownOutcome) return doubt(run, error.message);
    const failure = asFailure(run, error);
    // Refused for certain: this attempt made nothing.
    await save(run, { status: 'uploading', attempts: job.attempts, sentAt: null });
    await postponeOrEnd(run, failure);
  }
}

/** In one transaction with the last look at a cancel: either it is called off, or the intent is on disk. */
async function writeIntent(run: Run): Promise<boolean> {
  const { kit } = run.requires;
  const isWritten = await run.session.write((db) => {
    const job = currentJob(run);
    if (job.isCancelRequested) return false;
    updateJob(db, run.jobId, {
      status: 'launching',
      attempts: job.attempts + 1,
      sentAt: kit.clock.now(),
      ...cleared(job),
    });
    return true;
  });
  kit.changes.emit('jobs');
  return isWritten;
}

function requestOf(job: StoredJob) {
  const artifact = job.files.find((file) => file.role === 'training')?.sha256 ?? '';
  return {
    model: job.model,
    trainingFileId: job.trainingFileId ?? '',
    validationFileId: job.validationFileId,
    suffix: job.suffix,
    seed: job.seed,
    method: job.method,
    hyperparameters: job.requested,
    metadata: { intent: job.intentId, artifact, app: 'lapidary' },
  };
}

async function doubt(run: Run, reason: string): Promise<void> {
  run.stop.throwIfAborted();
  const message = `${reason} It is not known whether the job was created; asking the provider before anything else is sent.`;
  await save(run, { status: 'unknown_outcome' }, { level: 'warn', message });
}

/** Keeps the provider's job as ours. */
export async function acknowledge(run: Run, remote: RemoteJob): Promise<void> {
  const job = currentJob(run);
  await save(
    run,
    {
      // Also a job that has ended already is looked at once more, for its events.
      status: endedStatuses.includes(remote.status) ? 'running' : remote.status,
      providerStatus: remote.providerStatus,
      remoteId: remote.id,
      startedAt: run.requires.kit.clock.now(),
      ...cleared(job),
    },
    { message: `Created at ${job.host} as ${remote.id}.` },
  );
  if (job.providerKind === 'practice' && job.pace) run.requires.practice.setPace(remote.id, job.pace);
}

/** The provider's jobs that came from this intent, oldest first: by our mark, else by the file that only we use. */
async function findOurs(job: StoredJob, connection: Connection, stop: AbortSignal): Promise<RemoteJob[]> {
  const marked = await connection.provider.findJobs({ intent: job.intentId }, stop);
  const found =
    marked.length > 0
      ? marked
      : (await connection.provider.findJobs({}, stop)).filter(
          (one) => one.trainingFile === job.trainingFileId,
        );
  return found.toSorted((a, b) => a.createdAt - b.createdAt);
}

/** Finds out what became of an intent; returns when something is known or it is time to look again. */
export async function reconcile(run: Run, connection: Connection): Promise<void> {
  const job = currentJob(run);
  let found: RemoteJob[];
  try {
    found = await findOurs(job, connection, run.stop);
  } catch (error) {
    return postpone(run, asFailure(run, error));
  }
  const [first] = found;
  if (first) return acknowledge(run, first);
  const now = run.requires.kit.clock.now();
  const certainAt = (job.sentAt ?? now) + (job.providerKind === 'practice' ? 0 : quietMs);
  if (now >= certainAt) return notCreated(run, job);
  const waiting: JobState['waiting'] = {
    what: 'Asking the provider whether the job was created.',
    until: certainAt,
  };
  await save(run, { ...cleared(job), waiting });
  await run.bell.wait(Math.min(lookAgainMs, certainAt - now), run.stop);
}

async function notCreated(run: Run, job: StoredJob): Promise<void> {
  if (job.isCancelRequested) return end(run, 'cancelled', null);
  if (job.attempts >= mostAttempts) {
    return end(run, 'failed', {
      code: 'NOT_CREATED',
      message: `The provider did not create the job in ${job.attempts} attempts.`,
      todo: 'Look at its status page, then plan the launch again.',
    });
  }
  const until =
    run.requires.kit.clock.now() + (job.providerKind === 'practice' ? 0 : backOffMs(job.attempts - 1));
  const message = 'The provider has no such job, so none was created. Trying again.';
  const waiting = { what: 'Trying the launch again.', until };
  await save(run, { status: 'uploading', sentAt: null, notBefore: until, waiting }, { message });
}

/** Should a provider ever show two jobs of one intent, all but ours are cancelled and the log says so. */
export async function cancelStrays(run: Run, connection: Connection): Promise<void> {
  const job = currentJob(run);
  for (const stray of await findOurs(job, connection, run.stop)) {
    if (stray.id === job.remoteId || endedStatuses.includes(stray.status)) continue;
    await connection.provider.cancelJob(stray.id);
    const message = `The provider had a second job of this launch, ${stray.id}; it was cancelled.`;
    await save(run, {}, { level: 'warn', message });
  }
}
