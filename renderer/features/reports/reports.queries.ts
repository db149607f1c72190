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

/** Asks where to put a copy; null when the user changed their mind. */
export function useSaveCopy() {
  return useMutation({ mutationFn: (reportId: string) => rpc.reports.saveCopy({ reportId }) });
}
