import type { PracticeHost } from '../core/feature-ports.ts';
import type { Clock, Log, Workers } from '../core/ports.ts';
import type { CurrentWorkspace, WorkspaceSession } from '../core/workspace-session.ts';
import { createPracticeProvider, type PracticeProvider } from './practice-provider.ts';
import type { RunTraining } from './runner.ts';
import type { TrainJobInput } from './train.job.ts';
import { createUsageCounter } from './usage-counter.ts';

/** Base URL of the practice API: a host that cannot exist, so a request that escaped would reach nobody. */
const baseUrl = 'http://practice.invalid/v1';

type HostParts = {
  workspace: CurrentWorkspace;
  workers: Workers;
  clock: Clock;
  log: Log;
};

/** One practice provider for each workspace that is opened; jobs of a closed one wait in its store. */
export function createPracticeHost(parts: HostParts): PracticeHost {
  let open: PracticeProvider | null = null;
  const usage = createUsageCounter(parts.workers);
  const listeners = new Set<(jobId: string) => void>();
  parts.workspace.onOpen(async (session) => {
    open = createPracticeProvider({
      store: session,
      runTraining: inWorker(parts.workers, session),
      clock: parts.clock,
      log: parts.log,
      countUsage: (asked, answer) => usage.count(asked, answer),
      defaultPace: () => 'instant',
      onChange: (jobId) => {
        for (const listener of listeners) listener(jobId);
      },
    });
    await open.recover();
  });
  parts.workspace.onClose(async () => {
    await open?.close();
    await usage.close();
    open = null;
  });
  return {
    baseUrl,
    fetch: async (input, init) => {
      const provider = open;
      parts.workspace.require();
      if (!provider) throw new Error('the practice provider is not ready');
      return provider.fetch(input, init);
    },
    setPace: (jobId, pace) => open?.setPace(jobId, pace),
    pace: (jobId) => open?.pace(jobId) ?? null,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function inWorker(workers: Workers, session: WorkspaceSession): RunTraining {
  return (run, call) => {
    const input: TrainJobInput = { ...run, address: session.address };
    return workers.run('practice.train', input, { ...call, lockWriter: () => session.lockWriter() });
  };
}
