import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerContext, WorkerJob } from '../../core/ports.ts';
import type { FromWorker, WorkerStart } from './worker-host.ts';

/** Runs the job named in the start data with `jobs` and reports to the host. */
export async function serveWorkerThread(
  jobs: Readonly<Record<string, WorkerJob>>,
  toFailure: (error: unknown) => { code: string | null; data: unknown; message: string },
): Promise<void> {
  const start = workerData as WorkerStart;
  const send = (message: FromWorker): void => parentPort?.postMessage(message);
  const flag = new Int32Array(start.cancelled);
  // A listener keeps the thread alive: a job may wait for what does not (`Atomics.waitAsync`), the host ends the thread.
  parentPort?.on('message', () => {});
  const context: WorkerContext = {
    progress: (progress) => send({ type: 'progress', progress }),
    isCancelled: () => Atomics.load(flag, 0) === 1,
    async lockWriter() {
      const granted = new Promise<void>((resolve) => parentPort?.once('message', () => resolve()));
      send({ type: 'lock' });
      await granted;
      return () => send({ type: 'unlock' });
    },
  };
  // Some waits (Atomics.waitAsync) do not keep a thread alive; it would end in the middle of its job.
  const alive = setInterval(() => {}, 60_000);
  try {
    const job = jobs[start.job];
    if (!job) throw new Error(`no worker job ${start.job}`);
    send({ type: 'result', value: await job(start.input as never, context) });
  } catch (error) {
    send({ type: 'failure', ...toFailure(error) });
  } finally {
    clearInterval(alive);
  }
}
