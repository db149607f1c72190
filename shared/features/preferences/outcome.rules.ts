import type { Choice } from './preferences.model.ts';
import type { LeftOut, OutcomePolicy } from './outcome.model.ts';

/** A verdict on a pair, its choice turned to the sides of the first showing; `ideal` names an edited answer. */
export type Vote = {
  readonly verdictId: number;
  readonly reviewer: string;
  readonly role: 'reviewer' | 'adjudicator';
  readonly choice: Choice | null;
  readonly rating: number | null;
  readonly strength: number | null;
  readonly isBlind: boolean;
  readonly isRepeat: boolean;
  readonly ideal: number | null;
};

/** What the votes on one pair come to. `strength` is the median of those who preferred the winner. */
export type PairOutcome =
  | { readonly kind: 'left_out'; readonly why: LeftOut }
  | {
      readonly kind: 'winner';
      readonly side: 'a' | 'b';
      readonly strength: number;
      readonly agreement: number;
      readonly ideal: number | null;
      readonly isAdjudicated: boolean;
      readonly verdictIds: readonly number[];
    }
  /** The first answer is bad, and `ideal` is what it should have been. */
  | {
      readonly kind: 'rewritten';
      readonly ideal: number;
      readonly isAdjudicated: boolean;
      readonly verdictIds: readonly number[];
    }
  | { readonly kind: 'both'; readonly verdictIds: readonly number[] };

const left = (why: LeftOut): PairOutcome => ({ kind: 'left_out', why });

/** The choice on a repeat as if the pair had been shown as the first time. */
export function turned(choice: Choice | null): Choice | null {
  if (choice === 'a') return 'b';
  return choice === 'b' ? 'a' : choice;
}

/** Decides what a pair's votes come to; the votes are in the order they were given. An adjudicator decides alone. */
export function outcomeOf(votes: readonly Vote[], policy: OutcomePolicy): PairOutcome {
  const taken = policy.onlyBlind
    ? votes.filter(({ isBlind, role }) => isBlind || role === 'adjudicator')
    : votes;
  const settled = taken.findLast(({ role }) => role === 'adjudicator');
  if (settled) return resultOf([settled], policy, { agreement: 1, isAdjudicated: true });
  if (taken.length === 0) return left('undecided');
  const counted = onePerReviewer(taken, policy);
  if (counted.length < policy.minVerdicts) return left('too_few_verdicts');
  const groups = new Map<Choice | null, Vote[]>();
  for (const vote of counted) groups.set(vote.choice, [...(groups.get(vote.choice) ?? []), vote]);
  const [largest = [], second = []] = [...groups.values()].toSorted((a, b) => b.length - a.length);
  const agreement = largest.length / counted.length;
  if (agreement < policy.minAgreement || largest.length === second.length) return left('disagreement');
  return resultOf(largest, policy, { agreement, isAdjudicated: false });
}

/** Every reviewer has one vote; who judged a pair and its repeat differently has none, or the later one. */
function onePerReviewer(votes: readonly Vote[], { onInconsistent }: OutcomePolicy): Vote[] {
  const byReviewer = new Map<string, Vote[]>();
  for (const vote of votes) byReviewer.set(vote.reviewer, [...(byReviewer.get(vote.reviewer) ?? []), vote]);
  return [...byReviewer.values()].flatMap((own) => {
    const last = own.at(-1);
    const isConsistent = own.every(({ choice }) => choice === last?.choice);
    return last && (isConsistent || onInconsistent === 'latest') ? [last] : [];
  });
}

function resultOf(
  votes: readonly Vote[],
  policy: OutcomePolicy,
  { agreement, isAdjudicated }: { agreement: number; isAdjudicated: boolean },
): PairOutcome {
  const choice = votes[0]?.choice ?? null;
  const verdictIds = votes.map(({ verdictId }) => verdictId);
  const ideal = policy.useIdeal ? (votes.findLast((vote) => vote.ideal !== null)?.ideal ?? null) : null;
  if (choice === 'both_bad') {
    return ideal === null ? left('both_bad') : { kind: 'rewritten', ideal, isAdjudicated, verdictIds };
  }
  if (choice === 'tie' || choice === 'both_good') {
    const isKept = policy.method === 'sft' && policy.onBothGood === 'keep_both';
    return isKept ? { kind: 'both', verdictIds } : left(choice);
  }
  if (choice === null) return left('undecided');
  const strength = median(votes.map((vote) => vote.strength ?? 1));
  if (strength < policy.minStrength) return left('too_weak');
  return { kind: 'winner', side: choice, strength, agreement, ideal, isAdjudicated, verdictIds };
}

/**
 * What the stars on one answer come to: its mean, of every reviewer's last rating. A rewritten answer takes its place,
 * however many stars it had; a pair is made of the two and of nothing else.
 */
export function ratingOutcome(
  votes: readonly Vote[],
  policy: OutcomePolicy,
):
  | { kind: 'left_out'; why: LeftOut }
  | { kind: 'kept'; mean: number; ideal: number | null; verdictIds: readonly number[] } {
  const taken = policy.onlyBlind ? votes.filter(({ isBlind }) => isBlind) : votes;
  if (taken.length === 0) return { kind: 'left_out', why: 'undecided' };
  const byReviewer = new Map(taken.map((vote) => [vote.reviewer, vote]));
  if (byReviewer.size < policy.minVerdicts) return { kind: 'left_out', why: 'too_few_verdicts' };
  const counted = [...byReviewer.values()];
  const mean = counted.reduce((sum, { rating }) => sum + (rating ?? 0), 0) / counted.length;
  const ideal = policy.useIdeal ? (counted.findLast((vote) => vote.ideal !== null)?.ideal ?? null) : null;
  if (ideal === null && policy.method === 'dpo') return { kind: 'left_out', why: 'not_rewritten' };
  if (ideal === null && mean < policy.minRating) return { kind: 'left_out', why: 'rated_low' };
  return { kind: 'kept', mean, ideal, verdictIds: counted.map(({ verdictId }) => verdictId) };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** A row that may be written; hashes say what is the same. `rejected` is null for chats. */
export type RowCandidate = {
  readonly prompt: string;
  readonly preferred: string;
  readonly rejected: string | null;
  readonly strength: number;
};

/** For every row whether it stays (null) or why it is left out, after looking at all of them together. */
export function withoutRepeats(rows: readonly RowCandidate[], policy: OutcomePolicy): (LeftOut | null)[] {
  const fates: (LeftOut | null)[] = rows.map((row) =>
    row.rejected !== null && row.preferred === row.rejected ? 'identical_sides' : null,
  );
  if (policy.onOpposite === 'leave_out') leaveOutOpposite(rows, fates);
  if (policy.deduplicate !== 'none') leaveOutRepeated(rows, fates);
  if (policy.deduplicate === 'prompt') leaveOutWeaker(rows, fates);
  return fates;
}

const lesson = (prompt: string, better: string, worse: string): string => `${prompt} ${better} ${worse}`;

function leaveOutOpposite(rows: readonly RowCandidate[], fates: (LeftOut | null)[]): void {
  const lessons = new Set<string>();
  for (const { prompt, preferred, rejected } of rows) {
    if (rejected !== null && preferred !== rejected) lessons.add(lesson(prompt, preferred, rejected));
  }
  for (const [at, { prompt, preferred, rejected }] of rows.entries()) {
    if (fates[at] === null && rejected !== null && lessons.has(lesson(prompt, rejected, preferred))) {
      fates[at] = 'opposite_lesson';
    }
  }
}

function leaveOutRepeated(rows: readonly RowCandidate[], fates: (LeftOut | null)[]): void {
  const seen = new Set<string>();
  for (const [at, { prompt, preferred, rejected }] of rows.entries()) {
    if (fates[at] !== null) continue;
    const key = lesson(prompt, preferred, rejected ?? '');
    if (seen.has(key)) fates[at] = 'repeated_row';
    seen.add(key);
  }
}

function leaveOutWeaker(rows: readonly RowCandidate[], fates: (LeftOut | null)[]): void {
  const strongest = new Map<string, number>();
  for (const [at, { prompt, strength }] of rows.entries()) {
    if (fates[at] !== null) continue;
    const best = strongest.get(prompt);
    if (best === undefined || strength > (rows[best]?.strength ?? 0)) strongest.set(prompt, at);
  }
  for (const [at, { prompt }] of rows.entries()) {
    if (fates[at] === null && strongest.get(prompt) !== at) fates[at] = 'weaker_of_prompt';
  }
}
