import { useMutation, useQuery } from '@tanstack/react-query';
import { everything } from '../../../shared/features/datasets/filter.model.ts';
import { rpc } from '../../rpc.ts';

/** A view of the examples that a provider would reject. */
function openErrors(datasetId: string) {
  return rpc.datasets.openView({
    datasetId,
    filter: { ...everything, severities: ['error'] },
    order: { by: 'position', isDescending: false },
  });
}

async function fixableCodes(viewId: string): Promise<string[]> {
  const { findings } = await rpc.datasets.viewFacets({ viewId });
  return findings.filter((one) => one.severity === 'error' && one.isFixable).map(({ code }) => code);
}

/** How many examples hold errors, and how many kinds of errors have a safe fix. */
export function useRejected(datasetId: string) {
  return useQuery({
    queryKey: ['datasets', 'rejected', datasetId],
    queryFn: async () => {
      const { viewId, total } = await openErrors(datasetId);
      return { examples: total, fixable: (await fixableCodes(viewId)).length };
    },
  });
}

/** Applies every safe fix of an error, one kind after the other; each is one undoable change. */
export function useMendErrors() {
  return useMutation({
    mutationFn: (datasetId: string) => rpc.datasets.mendErrors({ datasetId, deletesRest: false }),
  });
}

/** Deletes the examples that hold errors, as one undoable change. */
export function useDeleteRejected() {
  return useMutation({
    mutationFn: async (datasetId: string) => {
      const { viewId } = await openErrors(datasetId);
      return rpc.datasets.deleteExamples({ datasetId, which: { viewId } });
    },
  });
}
