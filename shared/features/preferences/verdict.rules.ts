import type { PreferenceKind, VerdictInput } from './preferences.model.ts';

/** Why a verdict cannot be taken as it is; null when it can. */
export function verdictProblem(kind: PreferenceKind, verdict: VerdictInput): string | null {
  if (kind === 'ratings') {
    if (verdict.rating === null) return 'Give one to five stars.';
    if (verdict.choice !== null || verdict.strength !== null) return 'Stars stand alone in this set.';
    return null;
  }
  if (verdict.choice === null) return 'Say which answer is better, or that neither is.';
  if (verdict.rating !== null) return 'Stars are for sets of single answers.';
  const hasWinner = verdict.choice === 'a' || verdict.choice === 'b';
  if (verdict.strength !== null && !hasWinner) return 'Only a better answer can be better by more or less.';
  if (verdict.ideal !== null && !hasWinner && verdict.choice !== 'both_bad') {
    return 'The better answer can be made ideal, or the first of two bad ones.';
  }
  return null;
}

/** A verdict that says nothing yet. */
export const noVerdict: VerdictInput = {
  choice: null,
  rating: null,
  strength: null,
  reasons: [],
  note: '',
  ideal: null,
};

/** True when a draft holds nothing worth keeping. */
export function isBlank(verdict: VerdictInput): boolean {
  const { choice, rating, strength, reasons, note, ideal } = verdict;
  return (
    choice === null &&
    rating === null &&
    strength === null &&
    ideal === null &&
    reasons.length === 0 &&
    note.trim() === ''
  );
}
