import { AppFailure, failureCodes } from '../../../shared/failures.ts';
import type { SentFile } from '../../../shared/features/jobs/jobs.model.ts';
import type { TaskContext } from '../../core/tasks.ts';
import { isClosing } from '../../core/tasks.ts';
import type { Bell } from './bell.ts';
import type { JobRequires } from './job-parts.ts';
import { type StoredJob, updateJob } from './jobs.sql.ts';
import { launchOnce, postponeOrEnd, reconcile } from './launch-once.ts';
import { newRhythm, noteResumed, pollOnce, type Rhythm } from './poll.ts';
import { asFailure, cleared, type Connection, currentJob, end, postpone, type Run, save } from './run.ts';
import { blobPath, forgetClearFiles, isBlobIntact, writeSplit } from './training-files.ts';

const unsent: readonly string[] = ['preparing', 'uploading'];

/**
 * Carries a job from wherever it stands to its end. Everything that must survive is in its row before it matters,
 * so this may be stopped at any point, also by kill -9, and started again.
 */
export async function runJob(
  requires: JobRequires,
  context: TaskContext<{ jobId: string }>,
  bell: Bell,
): Promise<void> {
  const stop = new AbortController();
  const run: Run = {
    requires,
    session: context.workspace,
    jobId: context.params.jobId,
    bell,
    stop: stop.signal,
  };
  const onAbort = (): void => {
    if (isClosing(context.signal)) stop.abort(context.signal.reason);
    else requestCancel(run);
  };
  if (context.signal.aborted) onAbort();
  else context.signal.addEventListener('abort', onAbort, { once: true });
  if (context.isResumed) await noteResumed(run);
  const rhythm = newRhythm();
  for (let job = currentJob(run); job.endedAt === null; job = currentJob(run)) {
    context.progress(progressOf(job));
    try {
      await goOn(run, job, rhythm);
    } catch (error) {
      await survive(run, job, error);
    }
  }
  const job = currentJob(run);
  context.progress(progressOf(job));
  await forgetClearFiles(run.session, job.files);
  tellEnd(job, context.signal.aborted);
}

/** A defect or a full disk must not leave a job that may cost money unwatched: it is tried again, ever less often. */
async function survive(run: Run, job: StoredJob, error: unknown): Promise<void> {
  run.stop.throwIfAborted();
  run.requires.kit.log.error('a step of a job failed', { jobId: job.id, error: String(error) });
  const failure = new AppFailure('PROVIDER_UNREACHABLE', {
    what: 'Something went wrong inside Lapidary; the log has the details.',
    todo: 'It is tried again by itself.',
    retry: 'later',
  });
  if (unsent.includes(job.status)) await postponeOrEnd(run, failure);
  else await postpone(run, failure);
}

/** A cancel from the Activity panel; durable, then carried out by the loop. */
function requestCancel(run: Run): void {
  run.session
    .write((db) => updateJob(db, run.jobId, { isCancelRequested: true }))
    .then(() => run.bell.ring())
    .catch((error: unknown) => run.requires.kit.log.error('a cancel was not kept', { error: String(error) }));
}

function progressOf(job: StoredJob): { done: number; total: number; unit: string; message: string } {
  const message = job.waiting?.what ?? job.status;
  return { done: job.step ?? 0, total: job.totalSteps ?? 0, unit: 'steps', message };
}

function tellEnd(job: StoredJob, isCancelled: boolean): void {
  if (job.status === 'cancelled' && isCancelled) {
    throw new AppFailure('CANCELLED', {
      what: 'Cancelled.',
      todo: 'Nothing needs to be done.',
      retry: 'now',
    });
  }
  if (job.status !== 'failed' || !job.problem) return;
  const known = failureCodes.find((code) => code === job.problem?.code);
  throw new AppFailure(known ?? 'PROVIDER_REFUSED', {
    what: job.problem.message,
    todo: job.problem.todo,
    retry: 'never',
  });
}

async function goOn(run: Run, job: StoredJob, rhythm: Rhythm): Promise<void> {
  run.stop.throwIfAborted();
  if (job.isCancelRequested && unsent.includes(job.status)) return end(run, 'cancelled', null);
  if (await mustWait(run, job)) return;
  if (job.status === 'preparing') return prepare(run, job);
  // Only a program that ended between writing the intent and hearing of it leaves this behind.
  if (job.status === 'launching') {
    const message = 'Lapidary ended while the launch was under way; asking the provider what became of it.';
    return save(run, { status: 'unknown_outcome' }, { level: 'warn', message });
  }
  let connection: Connection;
  try {
    connection = run.requires.providers.require(job.connectionId);
  } catch (error) {
    return postponeOrEnd(run, asFailure(run, error));
  }
  if (job.status === 'uploading') return upload(run, job, connection);
  if (job.status === 'unknown_outcome') return reconcile(run, connection);
  return pollOnce(run, connection, rhythm);
}

/** Waits for the gate or for the time a provider asked for; true when it did, so that the job is looked at anew. */
async function mustWait(run: Run, job: StoredJob): Promise<boolean> {
  const { gate, kit } = run.requires;
  if (job.waiting && job.waiting.until === null && !gate.isOpen()) {
    await run.bell.wait(null, run.stop);
    return true;
  }
  const left = (job.notBefore ?? 0) - kit.clock.now();
  if (left <= 0) return false;
  await run.bell.wait(left, run.stop);
  return true;
}

async function prepare(run: Run, job: StoredJob): Promise<void> {
  for (const file of job.files) {
    if (await isBlobIntact(run.session, file)) continue;
    const name = file.role === 'training' ? 'train' : 'validation';
    const again = await writeSplit(run.session, run.requires.datasets, { datasetId: job.datasetId, name });
    if (again.sha256 === file.sha256) continue;
    return end(run, 'failed', {
      code: 'NOT_APPROVED',
      message: `The ${file.role} file is not the approved one any more: the data set has changed.`,
      todo: 'Plan the launch again.',
    });
  }
  await save(run, { status: 'uploading' });
}

async function upload(run: Run, job: StoredJob, connection: Connection): Promise<void> {
  const next = job.files.find((file) =>
    file.role === 'training' ? job.trainingFileId === null : job.validationFileId === null,
  );
  if (!next) {
    await forgetClearFiles(run.session, job.files);
    return launchOnce(run, connection);
  }
  if (!(await isBlobIntact(run.session, next))) return save(run, { status: 'preparing' });
  try {
    const id = await uploadFile(run, next, connection);
    const change = next.role === 'training' ? { trainingFileId: id } : { validationFileId: id };
    await save(
      run,
      { ...change, ...cleared(job) },
      { message: `Sent the ${next.role} file to ${job.host} as ${id}.` },
    );
  } catch (error) {
    await postponeOrEnd(run, asFailure(run, error));
  }
}

async function uploadFile(run: Run, file: SentFile, { provider }: Connection): Promise<string> {
  const { intentId } = currentJob(run);
  const uploaded = await provider.uploadFile(
    {
      path: blobPath(run.session, file.sha256),
      filename: `${file.role}-${file.sha256.slice(0, 12)}.jsonl`,
      sha256: file.sha256,
      intentId,
    },
    run.stop,
  );
  return uploaded.id;
}
