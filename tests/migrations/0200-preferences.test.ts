import { expect, test } from 'vitest';
import { explainQueryPlan, migratedDb } from '../helpers/schema.ts';

test.each([
  [
    'the queue behind a place',
    'SELECT id FROM preference_pairs WHERE preference_set = 1 AND position > 5 ORDER BY position LIMIT 3',
    'SEARCH preference_pairs USING COVERING INDEX preference_pairs_by_position (preference_set=? AND position>?)',
  ],
  [
    'the verdict that holds',
    "SELECT id FROM preference_verdicts WHERE pair_id = 1 AND role = 'reviewer' AND reviewer = 'a' AND state = 'current'",
    'SEARCH preference_verdicts USING COVERING INDEX preference_verdicts_current (pair_id=? AND role=? AND reviewer=?)',
  ],
  [
    'the newest verdicts of a reviewer',
    `SELECT id FROM preference_verdicts WHERE preference_set = 1 AND reviewer = 'a' AND state = 'current'
     ORDER BY id DESC LIMIT 10`,
    'SEARCH preference_verdicts USING COVERING INDEX preference_verdicts_by_reviewer (preference_set=? AND reviewer=?)',
  ],
  [
    'the newest ballot of a key',
    'SELECT sequence FROM ballots WHERE review_file = 1 AND public_key = 1 ORDER BY sequence DESC',
    'SEARCH ballots USING COVERING INDEX ballots_by_file (review_file=? AND public_key=?)',
  ],
  [
    'the name of a key',
    'SELECT reviewer FROM ballots WHERE public_key = 1',
    'SEARCH ballots USING INDEX ballots_by_key (public_key=?)',
  ],
])('migration 0200: %s comes from an index', (_, sql, plan) => {
  expect(explainQueryPlan(migratedDb(), sql)).toEqual([plan]);
});

test('migration 0200 keeps one verdict a pair and reviewer, with a choice or a rating', () => {
  const db = migratedDb();
  db.exec('PRAGMA foreign_keys = OFF');
  const add = (verdict: {
    choice: string | null;
    rating: number | null;
    strength?: number | null;
    state?: string;
  }) =>
    db
      .prepare(
        `INSERT INTO preference_verdicts (preference_set, pair_id, reviewer, role, choice, rating, strength, reasons, note,
           is_blind, elapsed_ms, decided_at, origin, state)
         VALUES (1, 1, 'a', 'reviewer', ?, ?, ?, '[]', '', 1, 0, 0, 'window', ?)`,
      )
      .run(verdict.choice, verdict.rating, verdict.strength ?? null, verdict.state ?? 'replaced');
  add({ choice: 'a', rating: null, strength: 2, state: 'current' });
  expect(() => add({ choice: 'b', rating: null, state: 'current' })).toThrow(/UNIQUE/);
  add({ choice: 'b', rating: null });
  expect(() => add({ choice: 'b', rating: 3 })).toThrow(/CHECK/);
  expect(() => add({ choice: null, rating: null })).toThrow(/CHECK/);
  expect(() => add({ choice: null, rating: 6 })).toThrow(/CHECK/);
  expect(() => add({ choice: 'tie', rating: null, strength: 1 })).toThrow(/CHECK/);
});
