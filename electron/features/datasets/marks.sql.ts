import type { ExampleMarkRow } from '../../../shared/features/datasets/datasets.model.ts';
import type { ReplaceMarks } from '../../core/dataset-ports.ts';
import type { Db } from '../../core/ports.ts';
import { findDataset, touchDataset } from './datasets.sql.ts';

/** Writes down anew what a source has to say about a data set, and how many marks each example then has. */
export const replaceMarks: ReplaceMarks = (db, { datasetId, source }, marks) => {
  const row = findDataset(db, datasetId);
  if (!row) throw new Error(`no data set ${datasetId}`);
  db.prepare('DELETE FROM example_marks WHERE dataset = ? AND source = ?').run(row.key, source);
  const insert = db.prepare(
    `INSERT INTO example_marks (dataset, source, example_id, code, severity, pointer, message, related_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const one of marks) {
    const { exampleId, code, severity, pointer, message, relatedExampleId } = one;
    insert.run(row.key, source, exampleId, code, severity, pointer, message, relatedExampleId);
  }
  countMarks(db, row.key);
  touchDataset(db, row.key);
};

function countMarks(db: Db, dataset: number): void {
  db.prepare(
    `UPDATE examples SET mark_errors = 0, mark_warnings = 0, mark_infos = 0
     WHERE dataset = ? AND mark_errors + mark_warnings + mark_infos > 0`,
  ).run(dataset);
  db.prepare(
    `UPDATE examples SET mark_errors = counted.errors, mark_warnings = counted.warnings, mark_infos = counted.infos
     FROM (SELECT example_id, SUM(severity = 'error') AS errors, SUM(severity = 'warning') AS warnings,
                  SUM(severity = 'info') AS infos
           FROM example_marks WHERE dataset = ? GROUP BY example_id) AS counted
     WHERE examples.id = counted.example_id`,
  ).run(dataset);
}

/** What other features say about an example, in the order they said it; the other example with its position. */
export function marksOf(db: Db, exampleId: number): ExampleMarkRow[] {
  return db
    .prepare<ExampleMarkRow>(
      `SELECT m.source, m.code, m.severity, m.pointer, m.message, o.id AS relatedExampleId, o.position AS relatedPosition
       FROM example_marks m LEFT JOIN examples o ON o.id = m.related_id WHERE m.example_id = ? ORDER BY m.id`,
    )
    .all(exampleId);
}
