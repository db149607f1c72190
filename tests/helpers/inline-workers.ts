import type { WorkerContext, WorkerJob, Workers } from '../../electron/core/ports.ts';

/** Runs worker jobs in the test's own thread, with the caller's lock, progress and cancel. */
export function createInlineWorkers(jobs: Readonly<Record<string, WorkerJob>>): Workers {
  return {
    async run<Result>(name: string, input: unknown, call: Parameters<Workers['run']>[2] = {}) {
      const job = jobs[name];
      if (!job) throw new Error(`no worker job ${name}`);
      const context: WorkerContext = {
        progress: (progress) => call.onProgress?.(progress),
        isCancelled: () => call.signal?.aborted ?? false,
        lockWriter: async () => (await call.lockWriter?.()) ?? (() => {}),
      };
      return (await job(structuredClone(input) as never, context)) as Result;
    },
    async close() {},
  };
}
