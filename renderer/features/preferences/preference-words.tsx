import type {
  Choice,
  PairRow,
  PreferenceSet,
  QueueOrder,
  WorkState,
} from '../../../shared/features/preferences/preferences.model.ts';
import { Badge } from '../../ui/badge.tsx';
import { formatCount, formatMoment } from '../../ui/format.ts';

/** A choice in words, sides by their letters. */
export const choiceWords = {
  a: 'A better',
  b: 'B better',
  both_good: 'Both good',
  both_bad: 'Both bad',
  tie: 'Tie',
} as const satisfies Record<Choice, string>;

/** How much better, in words, by strength. */
export const strengthWords: Readonly<Record<number, string>> = { 1: 'slightly', 2: 'clearly', 3: 'far' };

/** How far a pair has come, in words. */
export const stateWords = {
  pending: 'Pending',
  draft: 'Draft',
  decided: 'Decided',
  skipped: 'Skipped',
} as const satisfies Record<WorkState, string>;

/** The orders of a queue, each with what it is good for. */
export const orderWords = {
  seeded: { label: 'By chance', detail: 'Drawn from the seed; no pattern to get used to.' },
  uncertainty: { label: 'Uncertain first', detail: 'Pairs about which the verdicts so far say the least.' },
  disagreement: { label: 'Disagreement first', detail: 'Pairs on which reviewers do not agree.' },
  cluster: { label: 'Spread out', detail: 'Near-identical prompts do not follow each other.' },
} as const satisfies Record<QueueOrder, { label: string; detail: string }>;

/** A verdict in words: `A better, clearly`, `4 stars`, or nothing. */
export function verdictText(
  verdict: Pick<PairRow, 'choice' | 'rating' | 'strength'> | null | undefined,
): string {
  if (!verdict) return '';
  if (verdict.rating !== null) return formatCount(verdict.rating, 'star');
  if (verdict.choice === null) return '';
  const strength = verdict.strength === null ? undefined : strengthWords[verdict.strength];
  return strength ? `${choiceWords[verdict.choice]}, ${strength}` : choiceWords[verdict.choice];
}

/** Pairs of a set that are no repeats. */
export function ownPairs(set: Pick<PreferenceSet, 'pairs' | 'repeats'>): number {
  return set.pairs - set.repeats;
}

/** What a set asks for, one and many: pairs, or answers to rate. */
export function unitOf(set: Pick<PreferenceSet, 'kind'>): readonly [one: string, many: string] {
  return set.kind === 'pairs' ? ['pair', 'pairs'] : ['answer', 'answers'];
}

/** Whether a set's queue is open, and whether its sources may be seen. */
export function SetMarks({ set }: { set: PreferenceSet }) {
  const isDone = set.finished >= ownPairs(set);
  return (
    <span className="flex flex-wrap items-center gap-1">
      {set.closedAt !== null ? (
        <Badge title={`Closed ${formatMoment(set.closedAt)}`}>closed</Badge>
      ) : (
        <Badge tone={isDone ? 'emerald' : 'accent'}>{isDone ? 'all judged' : 'open'}</Badge>
      )}
      {set.settings.isBlind && set.unblindedAt === null && set.closedAt === null && <Badge>blind</Badge>}
      {set.unblindedAt !== null && (
        <Badge tone="amber" title={`Sources shown ${formatMoment(set.unblindedAt)}`}>
          unblinded
        </Badge>
      )}
    </span>
  );
}
