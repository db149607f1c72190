import { useMutation, useQuery } from '@tanstack/react-query';
import { rpc } from '../../rpc.ts';

/** Every report of the open workspace, newest first. */
export function useReports() {
  return useQuery({ queryKey: ['reports', 'list'], queryFn: () => rpc.reports.list({ jobId: null }) });
}

/** Opens a report in the system's browser. */
export function useOpenReport() {
  return useMutation({ mutationFn: (reportId: string) => rpc.reports.open({ reportId }) });
}

/** Copies a report: to a typed path, or where the system's dialog says; null when the user changed their mind. */
export function useSaveCopy() {
  return useMutation({
    async mutationFn({ reportId, path }: { reportId: string; path: string | null }) {
      if (path === null) return rpc.reports.saveCopy({ reportId, destinationId: null });
      const { destination } = await rpc.files.destinationPath({ path });
      return rpc.reports.saveCopy({ reportId, destinationId: destination.destinationId });
    },
  });
}

/** A sensible path for a copy, to begin with where the system has no dialog. */
export function useSuggestedPath(name: string, isWanted: boolean) {
  return useQuery({
    queryKey: ['files', 'suggestion', name],
    queryFn: () => rpc.files.suggestDestination({ suggestedName: name }),
    enabled: isWanted,
  });
}
