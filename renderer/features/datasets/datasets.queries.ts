import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Task } from '../../../shared/features/activity/activity.model.ts';
import type { ExamplesOrView } from '../../../shared/features/datasets/datasets.contract.ts';
import type { Method, SplitRecipe } from '../../../shared/features/datasets/datasets.model.ts';
import type { ExampleFilter, ExampleOrder } from '../../../shared/features/datasets/filter.model.ts';
import { rpc } from '../../rpc.ts';

/** All data sets of the workspace. */
export function useDatasets() {
  return useQuery({ queryKey: ['datasets', 'list'], queryFn: () => rpc.datasets.list() });
}

/** One data set. */
export function useDataset(datasetId: string) {
  return useQuery({
    queryKey: ['datasets', 'one', datasetId],
    queryFn: () => rpc.datasets.get({ datasetId }),
  });
}

/** Findings about the data set as a whole. */
export function useDatasetFindings(datasetId: string) {
  return useQuery({
    queryKey: ['datasets', 'findings', datasetId],
    queryFn: () => rpc.datasets.datasetFindings({ datasetId }),
  });
}

/** The imports a data set is made of, with what is known about their rows. */
export function useProvenance(datasetId: string) {
  return useQuery({
    queryKey: ['imports', 'records', datasetId],
    queryFn: () => rpc.imports.records({ datasetId }),
  });
}

/** The roles, tools and reviewers of a data set, when somebody wants to filter by them. */
export function useFilterNames(datasetId: string) {
  return useQuery({
    queryKey: ['datasets', 'names', datasetId],
    queryFn: ({ signal }) => rpc.datasets.filterNames({ datasetId }, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** Saved filters of a data set and of the workspace. */
export function useSavedViews(datasetId: string) {
  return useQuery({
    queryKey: ['datasets', 'saved', datasetId],
    queryFn: () => rpc.datasets.savedViews({ datasetId }),
  });
}

type Want = { filter: ExampleFilter; order: ExampleOrder };

/**
 * The view for a filter; the last one stays while the next is worked out, so that typing does not flicker. `total` is what
 * is known of its size: while a view is counted, that of the same list before it changed, or of what was found first.
 */
export function useView(datasetId: string, want: Want) {
  const opened = useQuery({
    queryKey: ['datasets', 'view', datasetId, want],
    queryFn: async ({ signal }) => ({
      ...(await rpc.datasets.openView({ datasetId, ...want, isFirstEnough: true }, { signal })),
      wanted: JSON.stringify(want),
    }),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const view = opened.data;
  const counted = useQuery({
    queryKey: ['datasets', 'total', view?.viewId],
    queryFn: ({ signal }) => rpc.datasets.viewTotal({ viewId: view?.viewId ?? '' }, { signal }),
    enabled: view !== undefined && !view.isCounted,
    gcTime: 0,
  });
  const last = useRef({ wanted: '', total: 0 });
  if (!view) return { ...opened, data: undefined };
  const total = view.isCounted ? view.total : counted.data?.total;
  if (total !== undefined) last.current = { wanted: view.wanted, total };
  const before = last.current.wanted === view.wanted ? last.current.total : view.total;
  return {
    ...opened,
    data: { ...view, total: total ?? before, isCounted: total !== undefined },
    error: opened.error ?? counted.error,
  };
}

/** What the examples of a view are made of. */
export function useFacets(viewId: string | undefined) {
  return useQuery({
    queryKey: ['datasets', 'facets', viewId],
    queryFn: ({ signal }) => rpc.datasets.viewFacets({ viewId: viewId ?? '' }, { signal }),
    enabled: viewId !== undefined,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
}

/** One example, whole but for very long texts. */
export function useExample(exampleId: number) {
  return useQuery({
    queryKey: ['datasets', 'example', exampleId],
    queryFn: () => rpc.datasets.example({ exampleId }),
    placeholderData: keepPreviousData,
  });
}

/** The JSON line of an example as it is now, in full. */
export function useExampleText(exampleId: number) {
  return useQuery({
    queryKey: ['datasets', 'text', exampleId],
    queryFn: () => rpc.datasets.exampleText({ exampleId, versionId: null }),
  });
}

/** The picture of an image part, decoded from its `data:` URL and never fetched; null when it cannot be shown. */
export function useExampleImage(exampleId: number, pointer: string) {
  return useQuery({
    queryKey: ['datasets', 'image', exampleId, pointer],
    queryFn: () => rpc.datasets.exampleImage({ exampleId, pointer }),
  });
}

/** Quarantined lines after a line number. */
export function useQuarantine(datasetId: string, afterLine: number) {
  return useQuery({
    queryKey: ['datasets', 'quarantine', datasetId, afterLine],
    queryFn: () => rpc.datasets.quarantine({ datasetId, afterLine, limit: 50 }),
    placeholderData: keepPreviousData,
  });
}

/** The counts a recipe would give; the last ones stay while the next are worked out. */
export function useSplitPreview(datasetId: string, recipe: SplitRecipe, isWanted: boolean) {
  return useQuery({
    queryKey: ['datasets', 'split', datasetId, recipe],
    queryFn: () => rpc.datasets.previewSplit({ datasetId, recipe }),
    enabled: isWanted,
    placeholderData: keepPreviousData,
  });
}

/** Whether prompts stand in more than one split. */
export function useLeaks(datasetId: string) {
  return useQuery({
    queryKey: ['datasets', 'leaks', datasetId],
    queryFn: () => rpc.datasets.checkLeaks({ datasetId }),
    gcTime: 0,
  });
}

/** Splits a data set. */
export function useSplit() {
  return useMutation({
    mutationFn: (input: { datasetId: string; recipe: SplitRecipe }) => rpc.datasets.split(input),
  });
}

/** Puts new JSON in the place of an example. */
export function useEditExample() {
  return useMutation({
    mutationFn: (input: { exampleId: number; text: string }) => rpc.datasets.editExample(input),
  });
}

/** Applies the fix of one finding. */
export function useFixFinding() {
  return useMutation({
    mutationFn: (input: { exampleId: number; code: string; pointer: string }) =>
      rpc.datasets.fixFinding(input),
  });
}

/** Applies the fix of every finding of a kind, as a task. */
export function useFixAll() {
  return useMutation({
    mutationFn: (input: { datasetId: string; code: string }) => rpc.datasets.fixAll(input),
  });
}

type Which = { datasetId: string; which: ExamplesOrView };

/** Puts tags on examples or takes them off. */
export function useChangeTags() {
  return useMutation({
    mutationFn: (input: Which & { add: string[]; remove: string[] }) => rpc.datasets.changeTags(input),
  });
}

/** Deletes examples; it can be undone. */
export function useDeleteExamples() {
  return useMutation({ mutationFn: (input: Which) => rpc.datasets.deleteExamples(input) });
}

/** Gives a data set another name. */
export function useRename() {
  return useMutation({
    mutationFn: (input: { datasetId: string; name: string }) => rpc.datasets.rename(input),
  });
}

/** Looks at all examples by the rules of another method, as a task; it can be undone. */
export function useChangeMethod() {
  return useMutation({
    mutationFn: (input: { datasetId: string; method: Method }) => rpc.datasets.changeMethod(input),
  });
}

/** Deletes a data set; it can be undone. */
export function useDeleteDataset() {
  return useMutation({ mutationFn: (datasetId: string) => rpc.datasets.delete({ datasetId }) });
}

/** Tasks about data sets that have not ended, newest first. */
export function useRunningTasks(): Task[] {
  const { data } = useQuery({ queryKey: ['activity', 'list'], queryFn: () => rpc.activity.list() });
  return (data ?? []).filter(({ subject, endedAt }) => subject?.feature === 'datasets' && endedAt === null);
}

/** The newest task about a data set, ended or not. */
export function useNewestTask(datasetId: string): Task | undefined {
  const { data } = useQuery({ queryKey: ['activity', 'list'], queryFn: () => rpc.activity.list() });
  return data?.find(({ subject }) => subject?.feature === 'datasets' && subject.id === datasetId);
}

/** Asks a task to stop. */
export function useCancel() {
  return useMutation({ mutationFn: (taskId: string) => rpc.activity.cancel({ taskId }) });
}
