import {
  type JudgingPair,
  verdictInput,
  type VerdictRole,
} from '../../../shared/features/preferences/preferences.model.ts';
import type { Db } from '../../core/ports.ts';
import { candidateOf, promptOf, type StoredPair, workOf } from './pairs.sql.ts';
import { type SetRow, settingsOf } from './sets.sql.ts';
import { currentVerdict, toVerdict, verdictsOfPair } from './verdicts.sql.ts';

/**
 * Whether a reviewer may see who wrote the answers of a pair: in an open set, once it is closed or unblinded, and after
 * deciding the pair and every repeat of it.
 */
export function isShownTo(db: Db, set: SetRow, of: { pair: StoredPair; reviewer: string }): boolean {
  if (!settingsOf(set).isBlind || set.closed_at !== null || set.unblinded_at !== null) return true;
  const first = of.pair.repeat_of ?? of.pair.id;
  const open = db
    .prepare<{ id: number }>(
      `SELECT p.id FROM preference_pairs p WHERE (p.id = ? OR p.repeat_of = ?) AND NOT EXISTS
         (SELECT 1 FROM preference_verdicts v
          WHERE v.pair_id = p.id AND v.role = 'reviewer' AND v.reviewer = ? AND v.state = 'current') LIMIT 1`,
    )
    .get(first, first, of.reviewer);
  return open === undefined;
}

/** A pair with everything its screen shows to one reviewer, or to the adjudicator of a disagreement. */
export function viewPair(
  db: Db,
  set: SetRow,
  of: { pair: StoredPair; reviewer: string; role: VerdictRole },
): JudgingPair {
  const { pair, reviewer, role } = of;
  const isShown = isShownTo(db, set, of);
  const verdict = currentVerdict(db, { pairId: pair.id, reviewer, role });
  const work = workOf(db, pair.id, reviewer);
  const others =
    role === 'adjudicator'
      ? verdictsOfPair(db, pair.id).filter(
          ({ state, reviewer: by, role: as }) => state === 'current' && !(by === reviewer && as === role),
        )
      : [];
  return {
    pairId: pair.id,
    position: pair.position,
    prompt: promptOf(db, pair.prompt_id),
    a: candidateOf(db, pair.a_candidate, isShown),
    b: pair.b_candidate === null ? null : candidateOf(db, pair.b_candidate, isShown),
    state: verdict ? 'decided' : work?.is_skipped === 1 ? 'skipped' : work?.draft ? 'draft' : 'pending',
    isFlagged: work?.is_flagged === 1,
    draft: work?.draft ? verdictInput.parse(JSON.parse(work.draft)) : null,
    verdict: verdict ? toVerdict(db, verdict) : null,
    others: others.map((row) => toVerdict(db, row)),
  };
}
