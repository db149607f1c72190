import { createHash } from 'node:crypto';
import type { Db } from '../../core/ports.ts';
import type { DatasetRow } from './datasets.sql.ts';

/** What a look at all rows depends on: which contents there are, and the grader. Tags, splits and marks change nothing. */
export function lookState(db: Db, row: DatasetRow): string {
  const sums = db
    .prepare<{ text: string }>(
      `SELECT COUNT(*) || ':' || COALESCE(SUM(content_id), 0) || ':' || COALESCE(MAX(content_id), 0) AS text
       FROM examples WHERE dataset = ? AND deleted_at IS NULL`,
    )
    .get(row.key);
  const grader = createHash('sha256')
    .update(row.grader ?? '')
    .digest('hex')
    .slice(0, 16);
  return `${row.method}:${sums?.text ?? ''}:${grader}`;
}

export type RowLook = { state: string; whole: string };

/** The last look at all rows of a data set. */
export function findLook(db: Db, dataset: number): RowLook | undefined {
  return db.prepare<RowLook>('SELECT state, whole FROM row_looks WHERE dataset = ?').get(dataset);
}

/** Writes down what a look said about the whole. */
export function saveLook(db: Db, dataset: number, look: RowLook & { at: number }): void {
  db.prepare(
    `INSERT INTO row_looks (dataset, state, whole, at) VALUES (?, ?, ?, ?)
     ON CONFLICT (dataset) DO UPDATE SET state = excluded.state, whole = excluded.whole, at = excluded.at`,
  ).run(dataset, look.state, look.whole, look.at);
}
