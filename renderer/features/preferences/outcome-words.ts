import type { LeftOut } from '../../../shared/features/preferences/outcome.model.ts';

/** Why pairs make no row, in words; the detail says what to do about it. */
export const leftOutWords: Readonly<Record<LeftOut, { label: string; detail: string }>> = {
  undecided: { label: 'Not judged yet', detail: 'Judge on, or leave them.' },
  flagged: { label: 'Flagged', detail: 'Look at the flag and take it away, or leave them out.' },
  too_few_verdicts: {
    label: 'Too few verdicts',
    detail: 'More reviewers are asked for, or somebody contradicts their own repeat.',
  },
  disagreement: { label: 'Reviewers disagree', detail: 'An adjudicator settles them on the Trust tab.' },
  too_weak: { label: 'Not better by enough', detail: 'Ask for less strength, or leave them.' },
  tie: { label: 'Ties', detail: 'A pair without a winner teaches nothing.' },
  both_good: { label: 'Both good', detail: 'They can become chats, not pairs.' },
  both_bad: { label: 'Both bad', detail: 'Edit the first into the ideal to use the prompt.' },
  rated_low: { label: 'Too few stars', detail: 'Ask for fewer stars, or leave them.' },
  not_rewritten: {
    label: 'Not rewritten',
    detail: 'A pair needs a better answer beside the rated one: edit it into the ideal.',
  },
  identical_sides: { label: 'Same answer on both sides', detail: 'Nothing can be learned from them.' },
  repeated_row: { label: 'Repeats another row', detail: 'The first of them stays.' },
  weaker_of_prompt: { label: 'Weaker row of its prompt', detail: 'One row a prompt was asked for.' },
  opposite_lesson: {
    label: 'Teach the opposite of each other',
    detail: 'The same two answers won once each; settle which one is right.',
  },
};
