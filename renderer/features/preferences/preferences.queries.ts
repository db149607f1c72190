import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import type { Task } from '../../../shared/features/activity/activity.model.ts';
import type {
  PairFilter,
  PreferenceKind,
  PreferenceSource,
  QueueOrder,
  Reason,
} from '../../../shared/features/preferences/preferences.model.ts';
import { defaultSettings, type Settings } from '../../../shared/features/settings/settings.model.ts';
import { rpc } from '../../rpc.ts';

/** All preference sets, newest first. */
export function usePreferenceSets() {
  return useQuery({ queryKey: ['preferences', 'list'], queryFn: () => rpc.preferences.list() });
}

/** One set. */
export function usePreferenceSet(setId: string) {
  return useQuery({ queryKey: ['preferences', 'get', setId], queryFn: () => rpc.preferences.get({ setId }) });
}

/** The name under which this person judges, as a query; the same as for reviews of examples. */
export function useReviewerQuery() {
  return useQuery({
    queryKey: ['settings', 'get'],
    queryFn: () => rpc.settings.get(),
    select: ({ settings }) => settings.reviewer,
  });
}

/** The name under which this person judges; that of a new installation until it is read. */
export function useReviewer(): string {
  return useReviewerQuery().data ?? defaultSettings.reviewer;
}

/** The keys that the user changed, and whether single letters act. */
export function useKeySettings(): Pick<Settings, 'keymap' | 'singleKeys'> {
  const query = useQuery({ queryKey: ['settings', 'get'], queryFn: () => rpc.settings.get() });
  return query.data?.settings ?? defaultSettings;
}

/**
 * How far the reviewer was when judging began. Not asked again with every verdict: the screen counts on from there, and
 * counting a hundred thousand pairs takes longer than a verdict may.
 */
export function useProgressAtStart(setId: string, reviewer: string) {
  return useQuery({
    queryKey: ['judging-start', setId, reviewer],
    queryFn: async () => (await rpc.preferences.progress({ setId, reviewer })).mine,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

/** How far everybody has come in a set. */
export function useProgress(setId: string, reviewer: string) {
  return useQuery({
    queryKey: ['preferences', 'progress', setId, reviewer],
    queryFn: () => rpc.preferences.progress({ setId, reviewer }),
    placeholderData: keepPreviousData,
  });
}

/** How many pairs a filter leaves. */
export function usePairCount(of: { setId: string; reviewer: string; filter: PairFilter }) {
  return useQuery({
    queryKey: ['preferences', 'pairs', of],
    queryFn: async () => (await rpc.preferences.pairs({ ...of, start: 0, limit: 1 })).total,
    placeholderData: keepPreviousData,
  });
}

/** A pair as a reviewer sees it. */
export function usePair(of: { setId: string; reviewer: string; pairId: number }) {
  return useQuery({
    queryKey: ['preferences', 'pair', of],
    queryFn: () => rpc.preferences.pair({ ...of, role: 'reviewer' }),
  });
}

/** All that was said of a pair. */
export function usePairHistory(setId: string, pairId: number) {
  return useQuery({
    queryKey: ['preferences', 'history', setId, pairId],
    queryFn: () => rpc.preferences.history({ setId, pairId }),
  });
}

/** The reviewer's last ten verdicts; asked for only while they are shown. */
export function useRecent(of: { setId: string; reviewer: string }, isShown: boolean) {
  return useQuery({
    queryKey: ['preferences', 'recent', of],
    queryFn: () => rpc.preferences.recent({ ...of, limit: 10 }),
    enabled: isShown,
  });
}

/** The workspace's reasons for a verdict. */
export function useReasons() {
  return useQuery({ queryKey: ['preferences', 'reasons'], queryFn: () => rpc.preferences.reasons() });
}

/** A page of the lines that could not become pairs. */
export function useQuarantinedPairs(setId: string, start: number) {
  return useQuery({
    queryKey: ['preferences', 'quarantined', setId, start],
    queryFn: () => rpc.preferences.quarantined({ setId, start, limit: 50 }),
    placeholderData: keepPreviousData,
  });
}

/** What a source would give. Null asks nothing. */
export function usePreview(source: PreferenceSource | null, kind: PreferenceKind) {
  return useQuery({
    queryKey: ['preferences', 'preview', source, kind],
    queryFn: ({ signal }) => (source ? rpc.preferences.preview({ source, kind }, { signal }) : null),
    enabled: source !== null,
  });
}

/** Makes a set, as a task. */
export function useCreateSet() {
  return useMutation({
    mutationFn: (input: Parameters<typeof rpc.preferences.create>[0]) => rpc.preferences.create(input),
  });
}

/** Gives a set another name. */
export function useRenameSet() {
  return useMutation({
    mutationFn: (input: { setId: string; name: string }) => rpc.preferences.rename(input),
  });
}

/** Removes a set; it can be undone. */
export function useRemoveSet() {
  return useMutation({ mutationFn: (setId: string) => rpc.preferences.remove({ setId }) });
}

/** Closes a queue or opens it again. */
export function useCloseSet() {
  return useMutation({
    mutationFn: ({ setId, isClosed }: { setId: string; isClosed: boolean }) =>
      isClosed ? rpc.preferences.close({ setId }) : rpc.preferences.reopen({ setId }),
  });
}

/** Shows the sources for good. */
export function useUnblind() {
  return useMutation({ mutationFn: (setId: string) => rpc.preferences.unblind({ setId }) });
}

/** Orders anew what nobody has begun. */
export function useReorder() {
  return useMutation({
    mutationFn: (input: { setId: string; order: QueueOrder }) => rpc.preferences.reorder(input),
  });
}

/** Deals the pairs out among reviewers. */
export function useAssign() {
  return useMutation({
    mutationFn: (input: { setId: string; reviewers: string[]; reviewersPerPair: number }) =>
      rpc.preferences.assign(input),
  });
}

/** Puts the workspace's reasons in the place of those before. */
export function useSaveReasons() {
  return useMutation({ mutationFn: (reasons: Reason[]) => rpc.preferences.saveReasons({ reasons }) });
}

/** Tasks that make sets and have not ended, newest first. */
export function useSetTasks(): Task[] {
  const { data } = useQuery({ queryKey: ['activity', 'list'], queryFn: () => rpc.activity.list() });
  return (data ?? []).filter(({ kind }) => kind === 'preferences.create');
}

/** Asks a task to stop. */
export function useCancelMaking() {
  return useMutation({ mutationFn: (taskId: string) => rpc.activity.cancel({ taskId }) });
}
