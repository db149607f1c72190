import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import type { OutcomePolicy } from '../../../shared/features/preferences/outcome.model.ts';
import { rpc } from '../../rpc.ts';

/** What a policy would make of a set as it is. */
export function useOutcome(setId: string, policy: OutcomePolicy) {
  return useQuery({
    queryKey: ['preferences', 'outcome', setId, policy],
    queryFn: ({ signal }) => rpc.outcome.preview({ setId, policy }, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** Data sets that were made of a set. */
export function useMade(setId: string) {
  return useQuery({
    queryKey: ['preferences', 'made', setId],
    queryFn: () => rpc.outcome.made({ setId }),
  });
}

/** Makes a data set of verdicts, as a task. */
export function useMakeDataset() {
  return useMutation({
    mutationFn: (input: { setId: string; policy: OutcomePolicy; name: string }) =>
      rpc.outcome.makeDataset(input),
  });
}

/** A sensible place for a file. */
export function useSuggestedPlace(suggestedName: string) {
  return useQuery({
    queryKey: ['files', 'suggestion', suggestedName],
    queryFn: () => rpc.files.suggestDestination({ suggestedName }),
  });
}

/** Writes where the rows of a made data set come from, as a task. */
export function useExportLineage() {
  return useMutation({
    mutationFn: async ({
      path,
      ...of
    }: {
      setId: string;
      datasetId: string;
      withNames: boolean;
      path: string;
    }) => {
      const { destination } = await rpc.files.destinationPath({ path });
      return rpc.outcome.exportLineage({ ...of, destinationId: destination.destinationId });
    },
  });
}
