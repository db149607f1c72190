import type {
  Choice,
  JudgingPair,
  VerdictInput,
} from '../../../shared/features/preferences/preferences.model.ts';
import { noVerdict } from '../../../shared/features/preferences/verdict.rules.ts';

/** What is said of a pair when it comes on screen: the draft that was kept, else the verdict that holds, else nothing. */
export function workOf({ draft, verdict }: Pick<JudgingPair, 'draft' | 'verdict'>): VerdictInput {
  if (draft) return draft;
  if (!verdict) return noVerdict;
  const { choice, rating, strength, reasons, note, ideal } = verdict;
  return { choice, rating, strength, reasons, note, ideal };
}

const hasWinner = (choice: Choice | null): boolean => choice === 'a' || choice === 'b';

/** The work with another choice: an ideal answer goes with its winner, and only a winner can be better by more or less. */
export function withChoice(work: VerdictInput, choice: Choice): VerdictInput {
  return {
    ...work,
    choice,
    strength: hasWinner(choice) ? work.strength : null,
    ideal: work.choice === choice ? work.ideal : null,
  };
}

/** Which answer an ideal one is made of: the better one, the first of two bad ones, or the only one; null before a choice. */
export function idealSide(
  { b }: Pick<JudgingPair, 'b'>,
  { choice }: Pick<VerdictInput, 'choice'>,
): 'a' | 'b' | null {
  if (b === null || choice === 'both_bad') return 'a';
  return choice === 'a' || choice === 'b' ? choice : null;
}

/** The work with the next strength: none, 1, 2, 3 and none again; nothing changes where no answer can be better. */
export function withNextStrength(work: VerdictInput): VerdictInput {
  if (work.choice !== null && !hasWinner(work.choice)) return work;
  const next = (work.strength ?? 0) + 1;
  return { ...work, strength: next > 3 ? null : next };
}

/** The work with a reason put in or taken out. */
export function withReason(work: VerdictInput, code: string): VerdictInput {
  const { reasons } = work;
  return {
    ...work,
    reasons: reasons.includes(code) ? reasons.filter((one) => one !== code) : [...reasons, code].slice(0, 20),
  };
}

/** Pairs of an answer of the core that are not on screen, not waiting and not done in this session. */
export function newPairs(
  given: readonly JudgingPair[],
  known: {
    readonly shown: number | null;
    readonly waiting: readonly JudgingPair[];
    readonly done: ReadonlySet<number>;
  },
): JudgingPair[] {
  const waiting = new Set(known.waiting.map(({ pairId }) => pairId));
  return given.filter(
    ({ pairId }) => pairId !== known.shown && !waiting.has(pairId) && !known.done.has(pairId),
  );
}
