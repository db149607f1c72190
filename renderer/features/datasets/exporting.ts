import { useMutation, useQuery } from '@tanstack/react-query';
import { rpc } from '../../rpc.ts';

export type ExportPart = 'all' | 'train' | 'validation' | 'test';

/** A sensible path to export to. */
export function useSuggestedPath(name: string, isWanted: boolean) {
  return useQuery({
    queryKey: ['files', 'suggestion', name],
    queryFn: () => rpc.files.suggestDestination({ suggestedName: name }),
    enabled: isWanted,
  });
}

/** Asks with the system's dialog where to write; null when the user cancelled. */
export function useAskPath() {
  return useMutation({
    mutationFn: async (suggestedName: string) => {
      const { destination } = await rpc.files.chooseDestination({
        title: 'Export examples',
        extensions: ['jsonl'],
        suggestedName,
      });
      return destination?.path ?? null;
    },
  });
}

/** Starts the export of a part of a data set to a path. */
export function useExport() {
  return useMutation({
    mutationFn: async (wish: { datasetId: string; part: ExportPart; path: string }) => {
      const { destination } = await rpc.files.destinationPath({ path: wish.path });
      const { destinationId } = destination;
      return rpc.datasets.exportFile({ datasetId: wish.datasetId, split: wish.part, destinationId });
    },
  });
}
