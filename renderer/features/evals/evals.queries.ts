import { useMutation, useQuery } from '@tanstack/react-query';
import type { ItemOutcome } from '../../../shared/features/evals/evals.model.ts';
import type { Grader } from '../../../shared/features/evals/graders.model.ts';
import { rpc } from '../../rpc.ts';

/** All evaluations of the open workspace, newest first. */
export function useEvals() {
  return useQuery({ queryKey: ['evals', 'list'], queryFn: () => rpc.evals.list({ jobId: null }) });
}

/** One evaluation with its results, kept up to date while it runs. */
export function useEval(evalId: string) {
  return useQuery({ queryKey: ['evals', 'one', evalId], queryFn: () => rpc.evals.get({ evalId }) });
}

export type ItemFilter = { outcome: ItemOutcome | null; search: string };

/** Which items fit a filter, and how many fared how. */
export function useItemIndex(evalId: string, filter: ItemFilter) {
  return useQuery({
    queryKey: ['evals', 'index', evalId, filter],
    queryFn: () => rpc.evals.itemIndex({ evalId, ...filter }),
    placeholderData: (before) => before,
  });
}

/** One item with everything about it. */
export function useItem(evalId: string, position: number) {
  return useQuery({
    queryKey: ['evals', 'item', evalId, position],
    queryFn: () => rpc.evals.item({ evalId, position }),
  });
}

/** The training runs that can be evaluated: those that left a tuned model. */
export function useTunedJobs() {
  return useQuery({
    queryKey: ['jobs', 'list'],
    queryFn: () => rpc.jobs.list(),
    select: (jobs) => jobs.filter((job) => job.fineTunedModel !== null),
  });
}

/** What evaluating a run would do; every look mints a fresh approval, so nothing old is kept. */
export function useEvalPlan(jobId: string | null) {
  return useQuery({
    queryKey: ['evals', 'plan', jobId],
    queryFn: () => rpc.evals.plan({ jobId: jobId ?? '' }),
    enabled: jobId !== null,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Starts the approved plan. */
export function useStartEval() {
  return useMutation({
    mutationFn: (start: { jobId: string; approvalId: string; graders: Grader[] }) =>
      rpc.evals.start({ ...start, seed: null }),
  });
}

/** Goes on with an evaluation that stopped. */
export function useResumeEval() {
  return useMutation({ mutationFn: (evalId: string) => rpc.evals.resume({ evalId }) });
}

/** Asks the task of an evaluation to stop. */
export function useStopEval() {
  return useMutation({ mutationFn: (taskId: string) => rpc.activity.cancel({ taskId }) });
}

/** Writes a report on an evaluation. */
export function useWriteReport() {
  return useMutation({
    mutationFn: (of: { jobId: string; evalId: string }) => rpc.reports.create(of),
  });
}
