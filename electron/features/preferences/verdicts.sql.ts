import { z } from 'zod';
import {
  answerMessage,
  type Choice,
  type PairVerdict,
  type VerdictInput,
  type VerdictRole,
} from '../../../shared/features/preferences/preferences.model.ts';
import type { Db } from '../../core/ports.ts';

/** A verdict as it is stored. */
export type VerdictRow = {
  id: number;
  preference_set: number;
  pair_id: number;
  reviewer: string;
  role: VerdictRole;
  choice: Choice | null;
  rating: number | null;
  strength: number | null;
  reasons: string;
  note: string;
  ideal_candidate: number | null;
  is_blind: number;
  elapsed_ms: number;
  decided_at: number;
  origin: 'window' | 'file';
  ballot: string | null;
  replaces: number | null;
  state: 'current' | 'replaced' | 'withdrawn';
};

export type NewVerdict = Pick<VerdictInput, 'choice' | 'rating' | 'strength' | 'reasons' | 'note'> & {
  readonly setKey: number;
  readonly pairId: number;
  readonly reviewer: string;
  readonly role: VerdictRole;
  readonly idealCandidate: number | null;
  readonly isBlind: boolean;
  readonly elapsedMs: number;
  readonly at: number;
  readonly origin: 'window' | 'file';
  readonly ballot: string | null;
  readonly replaces: number | null;
};

/** Writes a verdict that does not hold yet; answers its id. {@link holdVerdict} puts it in force. */
export function insertVerdict(db: Db, verdict: NewVerdict): number {
  const { lastInsertRowid } = db
    .prepare(
      `INSERT INTO preference_verdicts (preference_set, pair_id, reviewer, role, choice, rating, strength, reasons, note,
         ideal_candidate, is_blind, elapsed_ms, decided_at, origin, ballot, replaces, state)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'withdrawn')`,
    )
    .run(
      verdict.setKey,
      verdict.pairId,
      verdict.reviewer,
      verdict.role,
      verdict.choice,
      verdict.rating,
      verdict.strength,
      JSON.stringify(verdict.reasons),
      verdict.note,
      verdict.idealCandidate,
      verdict.isBlind ? 1 : 0,
      verdict.elapsedMs,
      verdict.at,
      verdict.origin,
      verdict.ballot,
      verdict.replaces,
    );
  return Number(lastInsertRowid);
}

/** Changes which verdict of a reviewer holds: `former` gets its new state, `current` (if any) holds from now on. */
export function holdVerdict(
  db: Db,
  change: { current: number | null; former: number | null; formerState: 'replaced' | 'withdrawn' },
): void {
  const set = db.prepare('UPDATE preference_verdicts SET state = ? WHERE id = ?');
  if (change.former !== null) set.run(change.formerState, change.former);
  if (change.current !== null) set.run('current', change.current);
  const id = change.current ?? change.former;
  if (id === null) return;
  const row = db.prepare<{ pair_id: number }>('SELECT pair_id FROM preference_verdicts WHERE id = ?').get(id);
  if (row) recountPair(db, row.pair_id);
}

/** The verdict of a reviewer that holds. */
export function currentVerdict(
  db: Db,
  of: { pairId: number; reviewer: string; role: VerdictRole },
): VerdictRow | undefined {
  return db
    .prepare<VerdictRow>(
      `SELECT * FROM preference_verdicts WHERE pair_id = ? AND role = ? AND reviewer = ? AND state = 'current'`,
    )
    .get(of.pairId, of.role, of.reviewer);
}

/** All verdicts of a pair, oldest first. */
export function verdictsOfPair(db: Db, pairId: number): VerdictRow[] {
  return db
    .prepare<VerdictRow>('SELECT * FROM preference_verdicts WHERE pair_id = ? ORDER BY id')
    .all(pairId);
}

/** The newest verdicts of a reviewer that hold. */
export function recentVerdicts(db: Db, of: { key: number; reviewer: string; limit: number }): VerdictRow[] {
  return db
    .prepare<VerdictRow>(
      `SELECT * FROM preference_verdicts WHERE preference_set = ? AND reviewer = ? AND state = 'current'
       ORDER BY id DESC LIMIT ?`,
    )
    .all(of.key, of.reviewer, of.limit);
}

const reasonCodes = z.array(z.string());

/** A stored verdict as a window sees it. */
export function toVerdict(db: Db, row: VerdictRow): PairVerdict {
  const ideal =
    row.ideal_candidate === null
      ? null
      : (db
          .prepare<{ message: string }>('SELECT message FROM preference_candidates WHERE id = ?')
          .get(row.ideal_candidate)?.message ?? null);
  return {
    verdictId: row.id,
    pairId: row.pair_id,
    reviewer: row.reviewer,
    role: row.role,
    choice: row.choice,
    rating: row.rating,
    strength: row.strength,
    reasons: reasonCodes.parse(JSON.parse(row.reasons)),
    note: row.note,
    ideal: ideal === null ? null : answerMessage.parse(JSON.parse(ideal)),
    isBlind: row.is_blind === 1,
    elapsedMs: row.elapsed_ms,
    decidedAt: row.decided_at,
    origin: row.origin,
  };
}

/** How many stars two ratings of one answer must be apart to be a disagreement. */
const starsApart = 2;

/**
 * Counts a pair anew: how many reviewers' verdicts hold, and whether they (those of its repeats among them) disagree with
 * nobody having settled it. A repeat is counted with the pair that it repeats.
 */
export function recountPair(db: Db, pairId: number): void {
  const found = db
    .prepare<{ first: number; preference_set: number; settings: string }>(
      `SELECT COALESCE(p.repeat_of, p.id) AS first, p.preference_set, s.settings
       FROM preference_pairs p JOIN preference_sets s ON s.key = p.preference_set WHERE p.id = ?`,
    )
    .get(pairId);
  if (!found) return;
  const given = db
    .prepare<{ isDisputed: number }>(
      `SELECT (COUNT(DISTINCT winner) > 1 OR MAX(rating) - MIN(rating) >= ${starsApart})
              AND NOT MAX(role = 'adjudicator') AS isDisputed
       FROM (SELECT v.role, v.rating,
                    CASE v.choice WHEN 'a' THEN p.a_candidate WHEN 'b' THEN p.b_candidate ELSE v.choice END AS winner
             FROM preference_pairs p JOIN preference_verdicts v ON v.pair_id = p.id AND v.state = 'current'
             WHERE p.id = ? OR p.repeat_of = ?)`,
    )
    .get(found.first, found.first);
  const count = db.prepare<{ n: number }>(
    "SELECT COUNT(*) AS n FROM preference_verdicts WHERE pair_id = ? AND role = 'reviewer' AND state = 'current'",
  );
  const before = db
    .prepare<{ verdicts: number; repeat_of: number | null }>(
      'SELECT verdicts, repeat_of FROM preference_pairs WHERE id = ?',
    )
    .get(pairId);
  const now = count.get(pairId)?.n ?? 0;
  db.prepare('UPDATE preference_pairs SET verdicts = ? WHERE id = ?').run(now, pairId);
  db.prepare('UPDATE preference_pairs SET is_disputed = ? WHERE id = ?').run(
    given?.isDisputed ?? 0,
    found.first,
  );
  const wanted = Number((JSON.parse(found.settings) as { reviewersPerPair: number }).reviewersPerPair);
  const was = before?.verdicts ?? 0;
  const finished = before?.repeat_of !== null ? 0 : Number(now >= wanted) - Number(was >= wanted);
  db.prepare(
    'UPDATE preference_sets SET verdicts = verdicts + ?, finished = finished + ?, revision = revision + 1 WHERE key = ?',
  ).run(now - was, finished, found.preference_set);
}

/** Counts anew how many pairs have enough verdicts, after the number that is enough changed. */
export function recountFinished(db: Db, key: number, reviewersPerPair: number): void {
  db.prepare(
    `UPDATE preference_sets SET finished =
       (SELECT COUNT(*) FROM preference_pairs WHERE preference_set = ? AND repeat_of IS NULL AND verdicts >= ?)
     WHERE key = ?`,
  ).run(key, reviewersPerPair, key);
}
