import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import type { StateRef } from '../../../shared/features/versions/versions.model.ts';
import { rpc } from '../../rpc.ts';

/*
 * What is shown here changes with every change of the data set, so the keys begin with its feature.
 */

/** The versions of a data set and whether it differs from the newest. */
export function useVersions(datasetId: string) {
  return useQuery({
    queryKey: ['datasets', 'versions', datasetId],
    queryFn: () => rpc.versions.list({ datasetId }),
  });
}

/** The comparison of two states; the last one stays while the next is worked out. */
export function useDiff(before: StateRef, after: StateRef) {
  return useQuery({
    queryKey: ['datasets', 'diff', before, after],
    queryFn: () => rpc.versions.openDiff({ before, after }),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
}

/** One differing example in full. */
export function useDiffExample(diffId: string, index: number) {
  return useQuery({
    queryKey: ['datasets', 'diff-example', diffId, index],
    queryFn: () => rpc.versions.diffExample({ diffId, index }),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
}

/** Freezes the data set as it is. */
export function useFreeze() {
  return useMutation({
    mutationFn: (input: { datasetId: string; message: string }) => rpc.versions.freeze(input),
  });
}

/** Makes the data set what it was in a version. */
export function useRestore() {
  return useMutation({ mutationFn: (versionId: string) => rpc.versions.restore({ versionId }) });
}

/** Makes a data set of its own from a version. */
export function useBranch() {
  return useMutation({
    mutationFn: (input: { versionId: string; name: string }) => rpc.versions.branch(input),
  });
}

/** Works a version's root out again from the bytes of its examples. */
export function useVerify() {
  return useMutation({ mutationFn: (versionId: string) => rpc.versions.verify({ versionId }) });
}
