import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import type { ExamplesOrView } from '../../../shared/features/datasets/datasets.contract.ts';
import type { SplitName } from '../../../shared/features/datasets/datasets.model.ts';
import type { ReviewDecision } from '../../../shared/features/datasets/review.model.ts';
import type { BulkChange } from '../../../shared/features/datasets/text-changes.ts';
import { defaultSettings } from '../../../shared/features/settings/settings.model.ts';
import { rpc } from '../../rpc.ts';

type Which = { datasetId: string; which: ExamplesOrView };

/** The name decisions and comments are made under, as set on this machine. */
export function useReviewer(): string {
  const { data } = useQuery({ queryKey: ['settings', 'get'], queryFn: () => rpc.settings.get() });
  return (data?.settings ?? defaultSettings).reviewer;
}

/** Approves, rejects or takes a decision back. */
export function useDecide() {
  return useMutation({
    mutationFn: (input: Which & { reviewer: string; decision: ReviewDecision['decision'] | null }) =>
      rpc.datasets.decide(input),
  });
}

/** Moves examples to a split. */
export function useAssignSplit() {
  return useMutation({
    mutationFn: (input: Which & { split: SplitName | null }) => rpc.datasets.assignSplit(input),
  });
}

type Change = { datasetId: string; which: ExamplesOrView; change: BulkChange };

/** What a change of texts would do; the first differences at once, all counted with `isWhole`. */
export function useChangePreview(input: Change | null, isWhole: boolean) {
  return useQuery({
    queryKey: ['datasets', 'change', input, isWhole],
    queryFn: ({ signal }) => {
      if (!input) throw new Error('there is nothing to preview');
      return rpc.datasets.previewChange({ ...input, isWhole }, { signal });
    },
    enabled: input !== null,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  });
}

/** Changes texts of many examples, as a task. */
export function useChangeExamples() {
  return useMutation({ mutationFn: (input: Change) => rpc.datasets.changeExamples(input) });
}

/** Findings a text would have; the last ones stay while the next are worked out. */
export function useTextCheck(datasetId: string, text: string, isWanted: boolean) {
  return useQuery({
    queryKey: ['datasets', 'check', datasetId, text],
    queryFn: ({ signal }) => rpc.datasets.checkText({ datasetId, text }, { signal }),
    enabled: isWanted,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  });
}

/** Adds an example: a line of JSON, or a copy of another. */
export function useAddExample() {
  return useMutation({
    mutationFn: (input: { datasetId: string; from: { text: string } | { exampleId: number } }) =>
      rpc.datasets.addExample(input),
  });
}
