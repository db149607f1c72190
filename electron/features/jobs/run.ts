import { AppFailure } from '../../../shared/failures.ts';
import type { JobEvent, JobProblem, JobStatus } from '../../../shared/features/jobs/jobs.model.ts';
import type { ProviderRegistry } from '../../core/feature-ports.ts';
import { backOffMs } from '../../core/waiting.ts';
import type { WorkspaceSession } from '../../core/workspace-session.ts';
import type { Bell } from './bell.ts';
import { noteEvent } from './curves.sql.ts';
import type { JobRequires } from './job-parts.ts';
import { findJob, type JobState, type StoredJob, updateJob } from './jobs.sql.ts';

/** One job on its way, in one run of the program. */
export type Run = {
  readonly requires: JobRequires;
  readonly session: WorkspaceSession;
  readonly jobId: string;
  readonly bell: Bell;
  /** Fires when the workspace closes; then everything stays as it is and goes on at the next start. */
  readonly stop: AbortSignal;
};

export type Connection = ReturnType<ProviderRegistry['require']>;

/** The job as stored now. */
export function currentJob(run: Run): StoredJob {
  const job = findJob(run.session.db, run.jobId);
  if (!job) throw new Error(`job ${run.jobId} is gone`);
  return job;
}

/** Writes a change of the job's state, with a line for its log when there is something to tell. */
export async function save(
  run: Run,
  change: Partial<JobState>,
  note?: { level?: JobEvent['level']; message: string },
): Promise<void> {
  const { kit } = run.requires;
  await run.session.write((db) => {
    updateJob(db, run.jobId, change);
    if (note)
      noteEvent(db, run.jobId, { at: kit.clock.now(), level: note.level ?? 'info', message: note.message });
  });
  kit.changes.emit('jobs');
}

/** Ends the job. */
export async function end(
  run: Run,
  status: Extract<JobStatus, 'failed' | 'cancelled'>,
  problem: JobProblem | null,
): Promise<void> {
  const endedAt = run.requires.kit.clock.now();
  const message = problem
    ? `${problem.message} ${problem.todo}`.trim()
    : 'Cancelled before anything was launched.';
  await save(
    run,
    { status, problem, endedAt, waiting: null, notBefore: null },
    { level: status === 'failed' ? 'error' : 'info', message },
  );
}

/** The problem in a failure, as a job keeps it. */
export function problemOf(failure: AppFailure): JobProblem {
  return { code: failure.code, message: failure.data.what, todo: failure.data.todo };
}

/**
 * Notes why the next request has to wait, durably, so that a restart does not ask too early.
 * Waits for the gate have no end of their own: opening it wakes the job.
 */
export async function postpone(run: Run, failure: AppFailure): Promise<void> {
  const job = currentJob(run);
  if (failure.code === 'OFFLINE') {
    await save(run, { notBefore: null, waiting: { what: 'The network gate is closed.', until: null } });
    return;
  }
  const failures = job.failures + 1;
  const ms = failure.data.retryAfterMs ?? backOffMs(failures - 1);
  const until = run.requires.kit.clock.now() + ms;
  await save(run, { failures, notBefore: until, waiting: { what: failure.data.what, until } });
}

/** Forgets why the job waited, once a request has worked. */
export function cleared(job: StoredJob): Partial<JobState> {
  return job.waiting || job.failures > 0 || job.notBefore !== null
    ? { waiting: null, failures: 0, notBefore: null }
    : {};
}

/** The failure in an error, or the error itself again when it is a defect or the workspace closes. */
export function asFailure(run: Run, error: unknown): AppFailure {
  run.stop.throwIfAborted();
  if (error instanceof AppFailure) return error;
  throw error;
}
