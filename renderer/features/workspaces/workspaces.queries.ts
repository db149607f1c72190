import { useMutation, useQuery } from '@tanstack/react-query';
import type { WorkspaceInfo } from '../../../shared/features/workspaces/workspaces.model.ts';
import { queryClient, rpc } from '../../rpc.ts';

/** The open workspace and the ones opened before. */
export function useWorkspaces() {
  return useQuery({ queryKey: ['workspaces', 'status'], queryFn: () => rpc.workspaces.status() });
}

/** The open workspace; null while none is, also before that is known. */
export function useOpenWorkspace(): WorkspaceInfo | null {
  return useWorkspaces().data?.open ?? null;
}

// Another workspace makes all that was read old; waiting for it keeps the old one from flashing up.
const readAnew = (): Promise<void> => queryClient.invalidateQueries();

/** Makes a workspace and opens it; its recovery phrase is in the answer, this once. */
export function useCreateWorkspace() {
  return useMutation({
    mutationFn: (wish: { name: string; folder: string | null }) => rpc.workspaces.create(wish),
    onSuccess: readAnew,
  });
}

/** Opens the workspace in a folder, with its recovery phrase when this machine does not hold its key. */
export function useOpenFolder() {
  return useMutation({
    mutationFn: (wish: { folder: string; recoveryPhrase: string | null }) => rpc.workspaces.open(wish),
    onSuccess: readAnew,
  });
}

/** Opens a damaged workspace from its newest backup that proves sound. */
export function useRescue() {
  return useMutation({
    mutationFn: (wish: { folder: string; recoveryPhrase: string | null }) => rpc.workspaces.rescue(wish),
    onSuccess: readAnew,
  });
}

/** Opens the demo project, made anew when it is not there or `reset`. */
export function useOpenDemo() {
  return useMutation({
    mutationFn: (wish: { reset: boolean }) => rpc.workspaces.openDemo(wish),
    onSuccess: readAnew,
  });
}

/** Takes a workspace off the list of recent ones; its files stay. */
export function useForgetRecent() {
  return useMutation({ mutationFn: (folder: string) => rpc.workspaces.forgetRecent({ folder }) });
}

/** The folder a new workspace of this name would get. */
export function useSuggestedFolder(name: string) {
  return useQuery({
    queryKey: ['workspaces', 'suggestFolder', name],
    queryFn: () => rpc.workspaces.suggestFolder({ name }),
    enabled: name.trim() !== '',
    placeholderData: (before) => before,
  });
}

/** Whether a new workspace would be encrypted here, and why. */
export function useKeyStorage() {
  return useQuery({
    queryKey: ['settings', 'about'],
    queryFn: () => rpc.settings.about(),
    select: (about) => about.keyStorage,
  });
}

const historyPage = 50;

/** The newest changes of the workspace, `pages` × 50 of them, and what undo and redo would do. */
export function useHistory(pages: number) {
  return useQuery({
    queryKey: ['workspaces', 'history', pages],
    queryFn: () => rpc.workspaces.history({ beforeSeq: null, limit: Math.min(200, historyPage * pages) }),
    placeholderData: (before) => before,
    // Any feature may have added a change; this is one small read.
    refetchOnMount: 'always',
  });
}

/** The workspace's backups, newest first. */
export function useBackups() {
  return useQuery({ queryKey: ['workspaces', 'backups'], queryFn: () => rpc.workspaces.backups() });
}

/** Makes and proves a backup now. */
export function useBackUp() {
  return useMutation({
    mutationFn: () => rpc.workspaces.backUp(),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['workspaces', 'backups'] }),
  });
}

/** Puts a backup in the place of the workspace, which is backed up first. */
export function useRestore() {
  return useMutation({
    mutationFn: (file: string) => rpc.workspaces.restore({ file }),
    onSuccess: readAnew,
  });
}

/** Checks the hash chain of the history from its first entry. */
export function useVerifyHistory() {
  return useMutation({ mutationFn: () => rpc.workspaces.verifyHistory() });
}
