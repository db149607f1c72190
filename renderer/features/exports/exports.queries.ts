import { useMutation, useQuery } from '@tanstack/react-query';
import type { ExportChoice } from '../../../shared/features/exports/exports.model.ts';
import type { TargetName } from '../../../shared/features/formats/formats.model.ts';
import { rpc } from '../../rpc.ts';

/** What is to be exported, and as what. */
export type ExportWish = { datasetId: string; target: TargetName; which: ExportChoice };

/** Everything data can be written as. */
export function useTargets(isWanted: boolean) {
  return useQuery({
    queryKey: ['exports', 'targets'],
    queryFn: () => rpc.exports.targets(),
    enabled: isWanted,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What an export would write and lose. Looks at every example, so it is asked anew only when data or wish change. */
export function useExportPreview(wish: ExportWish, isWanted: boolean) {
  return useQuery({
    queryKey: ['datasets', 'export', wish],
    queryFn: ({ signal }) => rpc.exports.preview(wish, { signal }),
    enabled: isWanted,
    gcTime: 0,
    retry: false,
  });
}

/** The frozen versions of a data set, and whether it differs from the newest. */
export function useVersionsOf(datasetId: string) {
  return useQuery({
    queryKey: ['datasets', 'versions', datasetId],
    queryFn: () => rpc.versions.list({ datasetId }),
  });
}

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
    mutationFn: async ({ name, ending }: { name: string; ending: string }) => {
      const { destination } = await rpc.files.chooseDestination({
        title: 'Export examples',
        extensions: [ending],
        suggestedName: name,
      });
      return destination?.path ?? null;
    },
  });
}

/** Starts an export to a path. */
export function useExport() {
  return useMutation({
    mutationFn: async ({
      path,
      ...wish
    }: ExportWish & { perSplit: boolean; hasByteOrderMark: boolean; path: string }) => {
      const { destination } = await rpc.files.destinationPath({ path });
      return rpc.exports.start({ ...wish, destinationId: destination.destinationId });
    },
  });
}
