import { z } from 'zod';

/** What becomes of verdicts: which of them make a training row. */
export const outcomePolicy = z.object({
  /** Pairs of a preferred and a rejected answer, or chats with the preferred answer alone. */
  method: z.enum(['dpo', 'sft']),
  /** Verdicts that a pair needs. */
  minVerdicts: z.number().int().min(1).max(9),
  /** Share of the verdicts that must be for the winner; 1 means everybody. */
  minAgreement: z.number().min(0.5).max(1),
  /** 1 slightly, 2 clearly, 3 far better: the median of those for the winner. A verdict without strength counts as 1. */
  minStrength: z.number().int().min(1).max(3),
  /** Stars a rated answer needs on average, in sets of ratings. */
  minRating: z.number().min(1).max(5),
  /** A reviewer who judges a pair and its repeat differently: no vote, or the later one. */
  onInconsistent: z.enum(['no_vote', 'latest']),
  /** Ties and two good answers: left out, or (for chats) a row of each. */
  onBothGood: z.enum(['leave_out', 'keep_both']),
  /** Whether an answer that a reviewer made ideal takes the place of the one it was made from. */
  useIdeal: z.boolean(),
  /** Rows that repeat each other: kept, or the first of them; `prompt` keeps one row a prompt, the strongest. */
  deduplicate: z.enum(['none', 'identical', 'prompt']),
  /** Rows that teach the opposite of each other: kept, or all of them left out. */
  onOpposite: z.enum(['keep', 'leave_out']),
  leaveOutFlagged: z.boolean(),
  onlyBlind: z.boolean(),
});
export type OutcomePolicy = z.infer<typeof outcomePolicy>;

/** What most sets are best served with. */
export const usualPolicy: OutcomePolicy = {
  method: 'dpo',
  minVerdicts: 1,
  minAgreement: 0.6,
  minStrength: 1,
  minRating: 4,
  onInconsistent: 'no_vote',
  onBothGood: 'leave_out',
  useIdeal: true,
  deduplicate: 'identical',
  onOpposite: 'leave_out',
  leaveOutFlagged: true,
  onlyBlind: false,
};

/** Why a pair makes no row. */
export const leftOut = z.enum([
  'undecided',
  'flagged',
  'too_few_verdicts',
  'disagreement',
  'too_weak',
  'tie',
  'both_good',
  'both_bad',
  'rated_low',
  'not_rewritten',
  'identical_sides',
  'repeated_row',
  'weaker_of_prompt',
  'opposite_lesson',
]);
export type LeftOut = z.infer<typeof leftOut>;

/** What a policy would make of a set as it is; `rows + left out = pairs`, except that `keep_both` makes two of one. */
export const outcomeCounts = z.object({
  /** Pairs without their repeats. */
  pairs: z.number().int(),
  rows: z.number().int(),
  prompts: z.number().int(),
  /** Rows whose answer was edited by a reviewer. */
  edited: z.number().int(),
  /** Rows that an adjudicator decided. */
  adjudicated: z.number().int(),
  /** Rows in which the preferred answer is the longer one. */
  longerPreferred: z.number().int(),
  leftOut: z.array(z.object({ why: leftOut, pairs: z.number().int() })),
  /** The first rows, one line each. */
  examples: z.array(
    z.object({
      pairId: z.number().int(),
      prompt: z.string(),
      preferred: z.string(),
      rejected: z.string().nullable(),
    }),
  ),
});
export type OutcomeCounts = z.infer<typeof outcomeCounts>;

/** A data set that was made of a set's verdicts. */
export const madeDataset = z.object({
  datasetId: z.string(),
  datasetName: z.string(),
  policy: outcomePolicy,
  rows: z.number().int(),
  madeAt: z.number().int(),
});
export type MadeDataset = z.infer<typeof madeDataset>;
