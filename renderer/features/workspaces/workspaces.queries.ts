import { useQuery } from '@tanstack/react-query';
import type { WorkspaceInfo } from '../../../shared/features/workspaces/workspaces.model.ts';
import { rpc } from '../../rpc.ts';

/** The open workspace and the ones opened before. */
export function useWorkspaces() {
  return useQuery({ queryKey: ['workspaces', 'status'], queryFn: () => rpc.workspaces.status() });
}

/** The open workspace; null while none is, also before that is known. */
export function useOpenWorkspace(): WorkspaceInfo | null {
  return useWorkspaces().data?.open ?? null;
}
