import {
  type MadeDataset,
  outcomePolicy,
  type OutcomePolicy,
} from '../../../shared/features/preferences/outcome.model.ts';
import type { Db } from '../../core/ports.ts';
import type { OutcomeRow } from './outcome-rows.ts';

/** Writes down what a data set is made of, line by line. */
export function insertOutcome(
  db: Db,
  outcome: {
    datasetId: string;
    setKey: number;
    policy: OutcomePolicy;
    at: number;
    rows: readonly OutcomeRow[];
  },
): void {
  const { datasetId, rows } = outcome;
  db.prepare('INSERT INTO preference_outcomes VALUES (?, ?, ?, ?, ?)').run(
    datasetId,
    outcome.setKey,
    JSON.stringify(outcome.policy),
    rows.length,
    outcome.at,
  );
  const insert = db.prepare('INSERT INTO preference_outcome_rows VALUES (?, ?, ?, ?, ?, ?)');
  for (const [at, { pairId, preferred, rejected, verdictIds }] of rows.entries()) {
    insert.run(datasetId, at + 1, pairId, preferred, rejected, JSON.stringify(verdictIds));
  }
}

/** Forgets where the rows of a data set came from, when it was not made in the end. */
export function dropOutcome(db: Db, datasetId: string): void {
  db.prepare('DELETE FROM preference_outcome_rows WHERE dataset_id = ?').run(datasetId);
  db.prepare('DELETE FROM preference_outcomes WHERE dataset_id = ?').run(datasetId);
}

/** Data sets made of a set, newest first. */
export function outcomesOf(db: Db, setKey: number): Omit<MadeDataset, 'datasetName'>[] {
  return db
    .prepare<{ dataset_id: string; policy: string; row_count: number; made_at: number }>(
      'SELECT * FROM preference_outcomes WHERE preference_set = ? ORDER BY made_at DESC',
    )
    .all(setKey)
    .map((row) => ({
      datasetId: row.dataset_id,
      policy: outcomePolicy.parse(JSON.parse(row.policy)),
      rows: row.row_count,
      madeAt: row.made_at,
    }));
}
