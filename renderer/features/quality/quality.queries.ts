import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import type {
  AnalysisSettings,
  GroupKind,
  KeepRule,
  TargetShares,
} from '../../../shared/features/quality/quality.model.ts';
import type { GlossaryTerm } from '../../../shared/features/quality/signs/glossary.rules.ts';
import { rpc } from '../../rpc.ts';

/*
 * How old an analysis is changes with every change of the data set, so the keys begin with its feature.
 */

/** The last analysis of a data set, with its age. */
export function useQuality(datasetId: string) {
  return useQuery({
    queryKey: ['datasets', 'quality', datasetId],
    queryFn: () => rpc.quality.get({ datasetId }),
  });
}

/** The analysis that runs now, if one does. */
export function useRunningAnalysis(datasetId: string) {
  const { data } = useQuery({ queryKey: ['activity', 'list'], queryFn: () => rpc.activity.list() });
  const task = data?.find(({ subject }) => subject?.feature === 'quality' && subject.id === datasetId);
  return { running: task?.endedAt === null ? task : undefined, failure: task?.failure ?? null };
}

/** Starts an analysis. */
export function useAnalyse() {
  return useMutation({
    mutationFn: (input: { datasetId: string; settings: AnalysisSettings | null }) =>
      rpc.quality.analyse(input),
  });
}

/** Asks a task to stop. */
export function useStop() {
  return useMutation({ mutationFn: (taskId: string) => rpc.activity.cancel({ taskId }) });
}

/** Groups whose areas are drawn: those with the lowest numbers. */
const drawnGroups = 60;

/** How many groups of a kind there are, and the first of them. */
export function useGroups(which: { datasetId: string; kind: GroupKind }) {
  return useQuery({
    queryKey: ['datasets', 'quality-groups', which],
    queryFn: () => rpc.quality.groups({ ...which, start: 0, limit: drawnGroups }),
    placeholderData: keepPreviousData,
  });
}

/** One example, whole but for very long texts. */
export function useMember(exampleId: number | undefined) {
  return useQuery({
    queryKey: ['datasets', 'example', exampleId],
    queryFn: () => rpc.datasets.example({ exampleId: exampleId ?? 0 }),
    enabled: exampleId !== undefined,
    placeholderData: keepPreviousData,
  });
}

/** Deletes all but one of groups and analyses what is left. */
export function useKeepOne() {
  return useMutation({
    mutationFn: (input: {
      datasetId: string;
      kind: 'exact' | 'near';
      ordinals: number[] | null;
      keep: KeepRule;
    }) => rpc.quality.keepOne(input),
  });
}

/** Words and terms of the workspace. */
export function useTerms() {
  return useQuery({ queryKey: ['quality', 'terms'], queryFn: () => rpc.quality.terms() });
}

/** Puts a term in, or takes it out. */
export function useChangeTerm() {
  return useMutation({
    mutationFn: ({ isThere, ...term }: GlossaryTerm & { isThere: boolean }) =>
      isThere ? rpc.quality.putTerm(term) : rpc.quality.removeTerm({ kind: term.kind, term: term.term }),
  });
}

/** Reads a file as a sample of production, by its path or by the system's dialog; null when that was cancelled. */
export function useReadSample(datasetId: string) {
  return useMutation({
    mutationFn: async (path: string | null) => {
      const { file } =
        path === null
          ? await rpc.files.chooseFile({ title: 'Sample of production', extensions: ['jsonl', 'ndjson'] })
          : await rpc.files.choosePath({ path });
      return file ? rpc.quality.readSample({ datasetId, fileId: file.fileId }) : null;
    },
  });
}

/** Sets typed label shares; none forgets what production looks like. */
export function useSetTargets(datasetId: string) {
  return useMutation({
    mutationFn: (shares: TargetShares) => rpc.quality.setTargets({ datasetId, shares }),
  });
}

/** What re-balancing would keep. */
export function useBalancePreview(datasetId: string, isOpen: boolean) {
  return useQuery({
    queryKey: ['datasets', 'quality-balance', datasetId],
    queryFn: () => rpc.quality.previewBalance({ datasetId }),
    enabled: isOpen,
    gcTime: 0,
  });
}

/** Deletes what is too much for production's label shares and analyses what is left. */
export function useBalance() {
  return useMutation({
    mutationFn: (input: { datasetId: string; seed: number }) => rpc.quality.balance(input),
  });
}
