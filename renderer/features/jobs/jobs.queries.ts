import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type {
  JobCheckpoint,
  JobEvent,
  JobFrame,
  JobMetric,
  Job,
  LaunchRequest,
  PracticePace,
} from '../../../shared/features/jobs/jobs.model.ts';
import { rpc } from '../../rpc.ts';

/** Every job, newest first. */
export function useJobs() {
  return useQuery({ queryKey: ['jobs', 'list'], queryFn: () => rpc.jobs.list() });
}

/** The data sets one can train on. */
export function useTrainableDatasets() {
  return useQuery({ queryKey: ['datasets', 'list'], queryFn: () => rpc.datasets.list() });
}

/** The connections one can train at. */
export function useTrainingConnections() {
  return useQuery({ queryKey: ['providers', 'list'], queryFn: () => rpc.providers.list() });
}

/** The models a connection lists, as last read. */
export function useConnectionModels(connectionId: string) {
  return useQuery({
    queryKey: ['providers', 'models', connectionId],
    queryFn: () => rpc.providers.models({ connectionId, refresh: false }),
  });
}

/** The models with a training price on file. */
export function useCatalogueModels() {
  return useQuery({ queryKey: ['costs', 'models'], queryFn: () => rpc.costs.models() });
}

const planLifeMs = 20 * 60_000;

/**
 * What a launch would do; the last plan stays while the next is made. Kept under `datasets`: it is stale when an
 * example changes, not whenever a running job goes on.
 */
export function usePlan(request: LaunchRequest | null) {
  const gate = useQuery({ queryKey: ['egress', 'gate-for-plan'], queryFn: () => rpc.egress.gate() }).data;
  return useQuery({
    queryKey: ['datasets', 'launch-plan', request, gate?.position],
    queryFn: () => {
      if (!request) throw new Error('nothing is chosen');
      return rpc.jobs.plan(request);
    },
    enabled: request !== null && gate !== undefined,
    placeholderData: keepPreviousData,
    // Its approval ends after half an hour.
    refetchInterval: planLifeMs,
    gcTime: 0,
  });
}

/** Launches an approved plan. */
export function useLaunch() {
  return useMutation({
    mutationFn: (input: { approvalId: string; request: LaunchRequest }) => rpc.jobs.launch(input),
  });
}

/** Cancels, pauses or resumes a job. */
export function useSteer(jobId: string) {
  return useMutation({
    mutationFn: (verb: 'cancel' | 'pause' | 'resume') => rpc.jobs[verb]({ jobId }),
  });
}

/** Sets how fast a practice run goes. */
export function usePace(jobId: string) {
  return useMutation({ mutationFn: (pace: PracticePace) => rpc.jobs.setPace({ jobId, pace }) });
}

/** A job with everything seen of it so far. */
export type WatchedJob = {
  job: Job;
  metrics: readonly JobMetric[];
  events: readonly JobEvent[];
  checkpoints: readonly JobCheckpoint[];
};

/** Adds a frame: points of a step replace earlier ones of it, events are new, checkpoints are all there are. */
export function addFrame(seen: WatchedJob | null, frame: JobFrame): WatchedJob {
  const bySteps = new Map(seen?.metrics.map((metric) => [metric.step, metric]));
  for (const metric of frame.metrics) bySteps.set(metric.step, metric);
  const metrics =
    frame.metrics.length > 0 || !seen
      ? [...bySteps.values()].toSorted((a, b) => a.step - b.step)
      : seen.metrics;
  return {
    job: frame.job,
    metrics,
    events: frame.events.length > 0 ? [...(seen?.events ?? []), ...frame.events] : (seen?.events ?? []),
    checkpoints: frame.checkpoints,
  };
}

/** Follows a job live; `again` starts over after an error. */
export function useWatchedJob(jobId: string): { seen: WatchedJob | null; error: unknown; again: () => void } {
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<{ seen: WatchedJob | null; error: unknown }>({
    seen: null,
    error: null,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` starts the watch over
  useEffect(() => {
    const stop = new AbortController();
    setState({ seen: null, error: null });
    const follow = async (): Promise<void> => {
      for await (const frame of await rpc.jobs.watch({ jobId }, { signal: stop.signal })) {
        if (stop.signal.aborted) return;
        setState(({ seen }) => ({ seen: addFrame(seen, frame), error: null }));
      }
    };
    follow().catch((error: unknown) => {
      if (!stop.signal.aborted) setState(({ seen }) => ({ seen, error }));
    });
    return () => stop.abort();
  }, [jobId, attempt]);
  return { ...state, again: () => setAttempt((count) => count + 1) };
}
