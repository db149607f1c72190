import { AppFailure } from '../../../shared/failures.ts';
import { formatMicroUsd, microUsdFor } from '../../../shared/features/costs/money.ts';
import { endedStatuses } from '../../../shared/features/jobs/jobs.model.ts';
import { estimateEnd } from '../../../shared/features/jobs/jobs.rules.ts';
import { isModerationRejection } from '../../../shared/features/quality/moderation.rules.ts';
import type { RemoteCheckpoint, RemoteEvent, RemoteJob } from '../../core/feature-ports.ts';
import type { Db } from '../../core/ports.ts';
import { keepCheckpoints, keepEvents, noteEvent, readMetrics, readPaceSoFar } from './curves.sql.ts';
import { type JobState, type StoredJob, updateJob } from './jobs.sql.ts';
import { cancelStrays } from './launch-once.ts';
import { asFailure, cleared, type Connection, currentJob, postpone, type Run, save } from './run.ts';

type Seen = { remote: RemoteJob; events: RemoteEvent[]; checkpoints: RemoteCheckpoint[] };

const firstMs = 1_000;
const shortestMs = 10_000;
const longestMs = 300_000;
const practiceMs = 2_000;
const practiceGapMs = 100;

/** How often a job is looked at: soon at first and while there is news, less and less often while there is none. */
export type Rhythm = { nextMs: number; hasLookedForStrays: boolean };

/** The rhythm of a job that nobody has looked at yet in this run of the program. */
export function newRhythm(): Rhythm {
  return { nextMs: firstMs, hasLookedForStrays: false };
}

/** Looks at the job once, keeps everything new in one transaction, and waits for the next look. */
export async function pollOnce(run: Run, connection: Connection, rhythm: Rhythm): Promise<void> {
  const job = currentJob(run);
  let fresh: number;
  try {
    if (job.isCancelRequested) await cancelAtProvider(run, connection, job);
    if (job.attempts > 1 || !rhythm.hasLookedForStrays) await cancelStrays(run, connection);
    rhythm.hasLookedForStrays = true;
    const seen = await look(job, connection, run.stop);
    fresh = await keep(run, seen);
    await enforceCap(run, connection, seen.remote);
    if (currentJob(run).endedAt !== null) return;
  } catch (error) {
    return postpone(run, asFailure(run, error));
  }
  await rest(run, job, { fresh, rhythm });
}

async function rest(run: Run, job: StoredJob, news: { fresh: number; rhythm: Rhythm }): Promise<void> {
  if (job.providerKind === 'practice') {
    // It rings the bell on every change; the gap keeps a fast run from filling the store with single points.
    await run.requires.wait(practiceGapMs, run.stop);
    return run.bell.wait(practiceMs, run.stop);
  }
  const shortest = isOnThisMachine(job.host) ? firstMs : shortestMs;
  news.rhythm.nextMs = news.fresh > 0 ? shortest : Math.min(longestMs, Math.round(news.rhythm.nextMs * 1.5));
  await run.bell.wait(news.rhythm.nextMs, run.stop);
}

const isOnThisMachine = (host: string): boolean => /^(?:127\.|localhost\b|\[::1\])/.test(host);

async function look(job: StoredJob, { provider }: Connection, stop: AbortSignal): Promise<Seen> {
  const remoteId = job.remoteId ?? '';
  // The job first: once it has ended, the events asked for afterwards are complete.
  const remote = await provider.retrieveJob(remoteId, stop);
  const hasEnded = endedStatuses.includes(remote.status);
  // At the end all of them again, in case one slipped in behind the cursor.
  const events = await provider.listEvents(remoteId, hasEnded ? null : job.eventCursor, stop);
  const checkpoints = await provider.listCheckpoints(remoteId, stop);
  return { remote, events, checkpoints };
}

async function keep(run: Run, seen: Seen): Promise<number> {
  const { kit } = run.requires;
  const fresh = await run.session.write((db) => {
    const at = kit.clock.now();
    const count = keepEvents(db, run.jobId, { events: seen.events, at });
    keepCheckpoints(db, run.jobId, seen.checkpoints);
    updateJob(db, run.jobId, stateAfter(db, currentJob(run), { seen, at }));
    return count;
  });
  kit.changes.emit('jobs');
  return fresh;
}

function stateAfter(db: Db, job: StoredJob, look: { seen: Seen; at: number }): Partial<JobState> {
  const { remote, events } = look.seen;
  const hasEnded = endedStatuses.includes(remote.status);
  const last = readMetrics(db, job.id, 0).at(-1);
  return {
    ...cleared(job),
    status: remote.status,
    providerStatus: remote.providerStatus,
    fineTunedModel: remote.fineTunedModel,
    resolved: remote.hyperparameters,
    trainedTokens: remote.trainedTokens,
    weightsSha256: remote.weightsSha256,
    eventCursor: events.at(-1)?.id ?? job.eventCursor,
    ...(last ? { step: last.step, totalSteps: last.totalSteps ?? job.totalSteps } : {}),
    estimatedEndAt: hasEnded ? null : (remote.estimatedFinish ?? estimateEnd(readPaceSoFar(db, job.id))),
    ...(hasEnded
      ? { endedAt: remote.finishedAt ?? look.at, problem: job.problem ?? problemAtEnd(remote) }
      : {}),
  };
}

function problemAtEnd(remote: RemoteJob): JobState['problem'] {
  if (remote.status !== 'failed') return null;
  const { code, message } = remote.error ?? { code: 'failed', message: 'The provider gave no reason.' };
  const todo = isModerationRejection(message)
    ? 'Run the moderation check in the Readiness tab of the data set: it names the examples. Remove them, then plan the launch again.'
    : 'Correct what the provider names, then plan the launch again.';
  return { code, message, todo };
}

async function cancelAtProvider(run: Run, { provider }: Connection, job: StoredJob): Promise<void> {
  try {
    await provider.cancelJob(job.remoteId ?? '');
  } catch (error) {
    // Too late, or cancelled already: what the provider says about the job itself decides.
    if (!(error instanceof AppFailure) || error.code !== 'PROVIDER_REFUSED') throw error;
    run.requires.kit.log.info('a cancel was refused', { jobId: job.id });
  }
}

/** "Auto" epochs are known only once the job runs; more of them than the cap pays for stops the job. */
async function enforceCap(run: Run, { provider, host }: Connection, remote: RemoteJob): Promise<void> {
  const job = currentJob(run);
  const epochs = remote.hyperparameters.nEpochs;
  if (job.endedAt !== null || job.isCancelRequested || !job.estimate || epochs === null) return;
  if (job.estimate.price.unit !== '1M_tokens') return;
  const costs = microUsdFor(job.estimate.tokensPerEpoch * epochs, job.estimate.price.microUsdPerUnit);
  if (costs <= job.capMicroUsd) return;
  const message = `${host} chose ${epochs} epochs, which would cost ${formatMicroUsd(costs)}; the cap is ${formatMicroUsd(job.capMicroUsd)}.`;
  const problem = {
    code: 'OVER_BUDGET',
    message,
    todo: 'Plan the launch again with a number of epochs or a higher cap.',
  };
  await save(
    run,
    { isCancelRequested: true, problem },
    { level: 'warn', message: `${message} The job is being cancelled.` },
  );
  await provider.cancelJob(remote.id);
}

/** Notes in the log, once, that watching goes on after a restart. */
export async function noteResumed(run: Run): Promise<void> {
  const { kit } = run.requires;
  await run.session.write((db) =>
    noteEvent(db, run.jobId, {
      at: kit.clock.now(),
      level: 'info',
      message: 'Lapidary was closed meanwhile; going on from where it was.',
    }),
  );
}
