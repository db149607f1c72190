import { useMutation, useQuery } from '@tanstack/react-query';
import type { MergeResult, ReviewChoice } from '../../../shared/features/preferences/ballots.model.ts';
import type { PairFilter } from '../../../shared/features/preferences/preferences.model.ts';
import { rpc } from '../../rpc.ts';
import { sendFile } from '../../send-file.ts';

/** The review files of a set, newest first, and what came back of them. */
export function useReviewFiles(setId: string) {
  return useQuery({
    queryKey: ['preferences', 'review-files', setId],
    queryFn: () => rpc.ballots.list({ setId }),
  });
}

/** How many pairs a filter takes for a reviewer; null for everybody. */
export function useReviewCount(setId: string, filter: PairFilter, reviewer: string | null) {
  return useQuery({
    queryKey: ['preferences', 'review-count', setId, filter, reviewer],
    queryFn: () => rpc.ballots.count({ setId, filter, reviewer }),
  });
}

/** What a review file is made of, and where it goes. */
export type ReviewFileWish = {
  setId: string;
  which: ReviewChoice;
  reviewer: string | null;
  title: string;
  passphrase: string;
  path: string;
};

/** Makes a review file, as a task. */
export function useMakeReviewFile() {
  return useMutation({
    mutationFn: async ({ path, ...wish }: ReviewFileWish) => {
      const { destination } = await rpc.files.destinationPath({ path });
      return rpc.ballots.make({ ...wish, destinationId: destination.destinationId });
    },
  });
}

/** What became of a ballot, with the file it came from; `fileId` is unlike any other. */
export type MergedFile = MergeResult & { readonly file: File; readonly fileId: string };

/** Merges ballots that the window holds; what becomes of each is in the answer. */
export function useMergeBallots(setId: string) {
  return useMutation({
    mutationFn: async (of: {
      files: readonly File[];
      passphrase: string;
      allowsSecondKey: boolean;
    }): Promise<MergedFile[]> => {
      const sent: { file: File; fileId: string }[] = [];
      for (const file of of.files) sent.push({ file, fileId: await sendFile(file) });
      const { passphrase, allowsSecondKey } = of;
      const fileIds = sent.map(({ fileId }) => fileId);
      const { results } = await rpc.ballots.merge({ setId, fileIds, passphrase, allowsSecondKey });
      return sent.flatMap((one, at) => {
        const result = results[at];
        return result ? [{ ...result, ...one }] : [];
      });
    },
  });
}
