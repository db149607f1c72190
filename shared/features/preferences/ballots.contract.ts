import { z } from 'zod';
import { procedure } from '../../failures.ts';
import { mergeResult, reviewChoice, reviewFile, reviewPassphrase } from './ballots.model.ts';
import { maxBallots } from './ballots.rules.ts';
import { reviewerName } from './preferences.model.ts';

const ofSet = z.object({ setId: z.string() });
const reviewer = reviewerName.nullable();

/** Review outside the app: one encrypted page goes out, small signed ballots come back. */
export const ballotsContract = {
  /** How many pairs a choice takes, the limit left aside. */
  count: procedure('NO_WORKSPACE', 'PREFERENCES_NOT_FOUND')
    .input(ofSet.extend({ filter: reviewChoice.shape.filter, reviewer }))
    .output(z.object({ pairs: z.number().int() })),
  /**
   * Writes a review file as a task: whole or not at all. It holds blinded pairs only, encrypted with a key from the
   * passphrase, which is kept nowhere: without it neither the file nor its ballots can be opened.
   */
  make: procedure('NO_WORKSPACE', 'PREFERENCES_NOT_FOUND', 'FILE_NOT_CHOSEN', 'QUEUE_CLOSED')
    .input(
      ofSet.extend({
        which: reviewChoice,
        reviewer,
        /** Shown to the reviewer. */
        title: z.string().trim().min(1).max(120),
        passphrase: reviewPassphrase,
        destinationId: z.string(),
      }),
    )
    .output(z.object({ taskId: z.string(), reviewFileId: z.string() })),
  /** The review files of a set, newest first. */
  list: procedure('NO_WORKSPACE', 'PREFERENCES_NOT_FOUND').input(ofSet).output(z.array(reviewFile)),
  /**
   * Merges ballots, each whole or not at all and each as one change that can be undone; answers in the order of the
   * files. A refused one has changed nothing. `allowsSecondKey` takes a ballot that was signed with another key than
   * the earlier ones of the same name.
   */
  merge: procedure('NO_WORKSPACE', 'PREFERENCES_NOT_FOUND', 'FILE_NOT_CHOSEN', 'FILE_UNREADABLE', 'CANCELLED')
    .input(
      ofSet.extend({
        fileIds: z.array(z.string()).min(1).max(maxBallots),
        passphrase: z.string().max(1000),
        allowsSecondKey: z.boolean(),
      }),
    )
    .output(z.object({ results: z.array(mergeResult) })),
};
