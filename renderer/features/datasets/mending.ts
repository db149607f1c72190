import { useMutation, useQuery } from '@tanstack/react-query';
import { everything } from '../../../shared/features/datasets/filter.model.ts';
import { qualityMarks } from '../../../shared/features/quality/quality-codes.ts';
import { rpc } from '../../rpc.ts';

/** A view of the examples that hold errors. */
function openErrors(datasetId: string) {
  return rpc.datasets.openView({
    datasetId,
    filter: { ...everything, severities: ['error'] },
    order: { by: 'position', isDescending: false },
  });
}

/** What is learnt in one split and tested in another is no error of a provider's. */
const isLeak = (code: string): boolean => Object.hasOwn(qualityMarks, code);

async function errorsOf(viewId: string) {
  const { findings } = await rpc.datasets.viewFacets({ viewId });
  return findings.filter((one) => one.severity === 'error');
}

/** How many examples hold errors, how many kinds have a safe fix, and what is wrong with them. */
export function useRejected(datasetId: string) {
  return useQuery({
    queryKey: ['datasets', 'rejected', datasetId],
    queryFn: async () => {
      const { viewId, total } = await openErrors(datasetId);
      const errors = await errorsOf(viewId);
      return {
        examples: total,
        fixable: errors.filter(({ isFixable }) => isFixable).length,
        isRefused: errors.some(({ code }) => !isLeak(code)),
        isLeaking: errors.some(({ code }) => isLeak(code)),
      };
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
