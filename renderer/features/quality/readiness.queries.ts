import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { rpc } from '../../rpc.ts';

/** The scorecard of a data set at a provider; it changes with every change of the data set, so its key begins with it. */
export function useReadiness(datasetId: string, provider: string) {
  return useQuery({
    queryKey: ['datasets', 'readiness', datasetId, provider],
    queryFn: () => rpc.readiness.get({ datasetId, provider }),
    placeholderData: keepPreviousData,
  });
}

/** Compares all rows with each other, as a task. */
export function useLook() {
  return useMutation({ mutationFn: (datasetId: string) => rpc.readiness.look({ datasetId }) });
}

/** Mends every finding of a kind, as a task and one undoable change. */
export function useMendAll() {
  return useMutation({
    mutationFn: (input: { datasetId: string; code: string }) => rpc.datasets.fixAll(input),
  });
}

/** Names the grader that will score the rows. */
export function useSetGrader() {
  return useMutation({
    mutationFn: (input: { datasetId: string; text: string | null }) => rpc.readiness.setGrader(input),
  });
}
