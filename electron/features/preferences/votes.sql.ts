import { turned, type Vote } from '../../../shared/features/preferences/outcome.rules.ts';
import type { Choice } from '../../../shared/features/preferences/preferences.model.ts';
import type { Db } from '../../core/ports.ts';

/** The verdicts that hold, by the pair they are about: those on a repeat stand, turned round, with the pair it repeats. */
export function votesOf(db: Db, key: number): Map<number, Vote[]> {
  const votes = new Map<number, Vote[]>();
  const rows = db
    .prepare<{
      verdictId: number;
      first: number;
      isRepeat: number;
      reviewer: string;
      role: Vote['role'];
      choice: Choice | null;
      rating: number | null;
      strength: number | null;
      isBlind: number;
      ideal: number | null;
    }>(
      `SELECT v.id AS verdictId, COALESCE(p.repeat_of, p.id) AS first, p.repeat_of IS NOT NULL AS isRepeat, v.reviewer, v.role,
              v.choice, v.rating, v.strength, v.is_blind AS isBlind, v.ideal_candidate AS ideal
       FROM preference_verdicts v JOIN preference_pairs p ON p.id = v.pair_id
       WHERE v.preference_set = ? AND v.state = 'current' ORDER BY v.id`,
    )
    .iterate(key);
  for (const { first, isRepeat, isBlind, choice, ...row } of rows) {
    const vote: Vote = {
      ...row,
      choice: isRepeat === 1 ? turned(choice) : choice,
      isRepeat: isRepeat === 1,
      isBlind: isBlind === 1,
    };
    const known = votes.get(first);
    if (known) known.push(vote);
    else votes.set(first, [vote]);
  }
  return votes;
}

/** A pair in the order of its source, without repeats. */
export type SourcePair = {
  readonly id: number;
  readonly promptId: number;
  readonly promptHash: Uint8Array;
  readonly a: number;
  readonly b: number | null;
};

/** All pairs of a set in the order of the source, without repeats. */
export function sourcePairs(db: Db, key: number): SourcePair[] {
  return db
    .prepare<SourcePair>(
      `SELECT p.id, p.prompt_id AS promptId, q.prompt_hash AS promptHash, p.a_candidate AS a, p.b_candidate AS b
       FROM preference_pairs p JOIN preference_prompts q ON q.id = p.prompt_id
       WHERE p.preference_set = ? AND p.repeat_of IS NULL ORDER BY q.ordinal, p.id`,
    )
    .all(key);
}

/** Pairs that somebody flagged, with those whose repeat somebody flagged. */
export function flaggedPairs(db: Db, key: number): Set<number> {
  return new Set(
    db
      .prepare<{ id: number }>(
        `SELECT COALESCE(p.repeat_of, p.id) AS id FROM preference_work w JOIN preference_pairs p ON p.id = w.pair_id
         WHERE w.preference_set = ? AND w.is_flagged = 1`,
      )
      .column(key),
  );
}
