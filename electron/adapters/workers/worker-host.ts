import { Worker } from 'node:worker_threads';
import type { WorkerCall, WorkerProgress, Workers } from '../../core/ports.ts';

/** Messages from the thread to the host. */
export type FromWorker =
  | { type: 'progress'; progress: WorkerProgress }
  | { type: 'lock' }
  | { type: 'unlock' }
  | { type: 'result'; value: unknown }
  | { type: 'failure'; code: string | null; data: unknown; message: string };

/** What a thread starts with; `cancelled` is a shared Int32 that becomes 1. */
export type WorkerStart = { job: string; input: unknown; cancelled: SharedArrayBuffer };

/** A failure inside a worker that carried a code and data for people. */
export class WorkerFailure extends Error {
  readonly code: string | null;
  readonly data: unknown;
  constructor(message: string, code: string | null, data: unknown) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

/** Runs each job in a fresh thread of the worker program at `entry`; `toError` restores typed failures. */
export function createWorkers(entry: URL, toError: (failure: WorkerFailure) => Error): Workers {
  const threads = new Set<Worker>();
  return {
    run: <Result>(job: string, input: unknown, call: WorkerCall = {}) =>
      runJob<Result>(
        { entry, threads, toError, start: { job, input, cancelled: new SharedArrayBuffer(4) } },
        call,
      ),
    async close() {
      await Promise.all([...threads].map((thread) => thread.terminate()));
    },
  };
}

/**
 * A thread works through much data and keeps little of it. V8 would give each of them up to 48 MB for new objects; with
 * 12 MB (three spaces of 4) they are as fast, and three threads need 100 MB less.
 */
const limits = { maxYoungGenerationSizeMb: 12 };

/** How long a thread that has given its result may take to end. */
const graceMs = 10_000;

type Run = {
  entry: URL;
  threads: Set<Worker>;
  toError: (failure: WorkerFailure) => Error;
  start: WorkerStart;
};

function runJob<Result>(run: Run, call: WorkerCall): Promise<Result> {
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  const thread = new Worker(run.entry, {
    workerData: run.start,
    resourceLimits: limits,
    transferList: [...(call.transfer ?? [])],
    ...(call.contained ? { resourceLimits: { maxOldGenerationSizeMb: call.contained.heapMib } } : {}),
  });
  run.threads.add(thread);
  const flag = new Int32Array(run.start.cancelled);
  const cancel = (): void => {
    Atomics.store(flag, 0, 1);
    if (call.contained) void thread.terminate();
  };
  if (call.signal?.aborted) cancel();
  call.signal?.addEventListener('abort', cancel);
  let unlock: () => void = () => {};

  const settle = (finish: () => void): void => {
    unlock();
    unlock = () => {};
    call.signal?.removeEventListener('abort', cancel);
    finish();
    // The thread ends by itself; killing one while its native parts shut down has crashed the whole process.
    setTimeout(() => void thread.terminate(), graceMs).unref();
  };
  const lock = async (): Promise<void> => {
    unlock = (await call.lockWriter?.()) ?? (() => {});
    thread.postMessage({ type: 'locked' });
  };

  thread.on('message', (message: FromWorker) => {
    if (message.type === 'progress') call.onProgress?.(message.progress);
    else if (message.type === 'lock') lock().catch(reject);
    else if (message.type === 'unlock') {
      unlock();
      unlock = () => {};
    } else if (message.type === 'result') settle(() => resolve(message.value as Result));
    else {
      const failure = new WorkerFailure(message.message, message.code, message.data);
      settle(() => reject(run.toError(failure)));
    }
  });
  thread.on('error', (error) => settle(() => reject(error)));
  thread.on('exit', () => {
    run.threads.delete(thread);
    settle(() => reject(new Error(`the worker for ${run.start.job} ended without a result`)));
  });
  return promise;
}
