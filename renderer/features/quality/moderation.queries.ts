import { useMutation, useQuery } from '@tanstack/react-query';
import { rpc } from '../../rpc.ts';

/** The last moderation check of a data set; its marks are part of the data set, so the key begins with it. */
export function useLastModeration(datasetId: string) {
  return useQuery({
    queryKey: ['datasets', 'moderation', datasetId],
    queryFn: () => rpc.moderation.last({ datasetId }),
  });
}

/** The moderation check that runs now, if one does, and why the last one failed. */
export function useRunningModeration(datasetId: string) {
  const { data } = useQuery({ queryKey: ['activity', 'list'], queryFn: () => rpc.activity.list() });
  const task = data?.find(({ kind, subject }) => kind === 'quality.moderate' && subject?.id === datasetId);
  return { running: task?.endedAt === null ? task : undefined, failure: task?.failure ?? null };
}

/** Where texts can be checked. */
export function useModerators() {
  return useQuery({ queryKey: ['providers', 'list'], queryFn: () => rpc.providers.list() });
}

/** What a check would send; every look mints a fresh approval, so nothing old is kept. */
export function useModerationPlan(datasetId: string, connectionId: string) {
  return useQuery({
    queryKey: ['datasets', 'moderation-plan', datasetId, connectionId],
    queryFn: () => rpc.moderation.plan({ datasetId, connectionId }),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

/** Sends what was planned. */
export function useModerate() {
  return useMutation({
    mutationFn: (input: { datasetId: string; connectionId: string; approvalId: string }) =>
      rpc.moderation.start(input),
  });
}
