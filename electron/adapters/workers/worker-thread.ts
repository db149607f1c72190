import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerContext, WorkerJob } from '../../core/ports.ts';
import type { FromWorker, WorkerStart } from './worker-host.ts';

/** Finds a job by its name; loads only what that job needs. */
export type FindJob = (name: string) => Promise<WorkerJob | undefined>;

/** Runs the job named in the start data and reports to the host. */
export async function serveWorkerThread(
  find: FindJob,
  toFailure: (error: unknown) => { code: string | null; data: unknown; message: string },
): Promise<void> {
  const start = workerData as WorkerStart;
  const send = (message: FromWorker): void => parentPort?.postMessage(message);
  const flag = new Int32Array(start.cancelled);
  // A listener keeps the thread alive while its job waits for what does not (`Atomics.waitAsync`).
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
  try {
    const job = await find(start.job);
    if (!job) throw new Error(`no worker job ${start.job}`);
    send({ type: 'result', value: await job(start.input as never, context) });
  } catch (error) {
    send({ type: 'failure', ...toFailure(error) });
  } finally {
    parentPort?.close();
  }
}
