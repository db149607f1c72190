import type { PracticePace } from '../../shared/features/jobs/jobs.model.ts';
import type { Db, Log } from '../core/ports.ts';
import { findJob, openJobs, updateJob } from './jobs.sql.ts';
import { createControl, requestPause, setControlPace, wake, type Control } from './pacing.ts';
import { noteMessage } from './run-store.ts';

/** The workspace's store as the provider uses it. */
export type PracticeStore = {
  readonly db: Db;
  /** One transaction under the store's write lock; durable when it resolves. */
  write<T>(change: (db: Db) => T): Promise<T>;
};

/** Starts one phase of a job in a thread of its own; resolves when it has stopped, for whatever reason. */
export type RunTraining = (
  run: { jobId: string; phase: 'validate' | 'train'; control: Control },
  call: { signal: AbortSignal; onProgress: () => void },
) => Promise<void>;

export type RunnerParts = {
  store: PracticeStore;
  runTraining: RunTraining;
  now: () => number;
  log: Log;
  /** Called after every change of a job. */
  onChange: (jobId: string) => void;
};

type Running = { control: Control; abort: AbortController };

/**
 * Decides which job runs: files are checked at once, training goes one job after the other, oldest first. The states
 * are in the store; `recover` goes on with what the last run of the program left open.
 */
export class Runner {
  readonly #parts: RunnerParts;
  readonly #running = new Map<string, Running>();
  readonly #ended = new Set<Promise<void>>();
  #isClosed = false;
  #training: string | null = null;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
  }

  /** Goes on with every job that has something to do and is not running yet. */
  wakeUp(): void {
    if (this.#isClosed) return;
    for (const job of openJobs(this.#parts.store.db)) {
      if (this.#running.has(job.id)) continue;
      if (job.status === 'validating_files') this.#start(job.id, 'validate', job.pace);
      else if (this.#training === null) {
        this.#training = job.id;
        this.#start(job.id, 'train', job.pace);
        if (job.status === 'pausing') this.pause(job.id);
      }
    }
  }

  setPace(jobId: string, pace: PracticePace): void {
    const running = this.#running.get(jobId);
    if (running) setControlPace(running.control, pace);
  }

  pause(jobId: string): void {
    const running = this.#running.get(jobId);
    if (running) requestPause(running.control);
  }

  /** Stops a job's thread; its row must say `cancelled` already. */
  stop(jobId: string): void {
    const running = this.#running.get(jobId);
    if (!running) return;
    running.abort.abort();
    wake(running.control);
  }

  /** Stops all threads at a step from which they go on later, and waits for them. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const jobId of this.#running.keys()) this.stop(jobId);
    await Promise.all(this.#ended);
  }

  #start(jobId: string, phase: 'validate' | 'train', pace: PracticePace): void {
    const running = { control: createControl(pace), abort: new AbortController() };
    this.#running.set(jobId, running);
    const ended = this.#run(jobId, phase, running).finally(() => this.#ended.delete(ended));
    this.#ended.add(ended);
  }

  async #run(jobId: string, phase: 'validate' | 'train', running: Running): Promise<void> {
    const { runTraining, log, onChange } = this.#parts;
    try {
      await runTraining(
        { jobId, phase, control: running.control },
        { signal: running.abort.signal, onProgress: () => onChange(jobId) },
      );
    } catch (error) {
      log.error('a practice run failed', { jobId, error: String(error) });
      if (!this.#isClosed) await this.#fail(jobId);
    }
    this.#running.delete(jobId);
    if (this.#training === jobId) this.#training = null;
    onChange(jobId);
    this.wakeUp();
  }

  async #fail(jobId: string): Promise<void> {
    const at = this.#parts.now();
    const message =
      'The job failed due to an internal error of the practice provider; the log has its details.';
    await this.#parts.store.write((db) => {
      const job = findJob(db, jobId);
      if (!job || job.finished_at !== null) return;
      noteMessage(db, jobId, { slot: 'failed', message, level: 'error', at });
      const error = JSON.stringify({ code: 'server_error', message, param: null });
      updateJob(db, jobId, { status: 'failed', error, finished_at: at, estimated_finish: null });
    });
  }
}
