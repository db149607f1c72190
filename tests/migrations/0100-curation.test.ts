import { expect, test } from 'vitest';
import { explainQueryPlan, migratedDb } from '../helpers/schema.ts';

test.each([
  [
    'the marks of a data set, counted',
    `SELECT SUM(mark_errors), SUM(mark_warnings), SUM(mark_infos) FROM examples
     WHERE dataset = 1 AND deleted_at IS NULL AND mark_errors + mark_warnings + mark_infos > 0`,
    'SEARCH examples USING COVERING INDEX examples_with_marks (dataset=? AND deleted_at=?)',
  ],
  [
    'the reviewed examples, counted',
    `SELECT SUM(approvals >= 2 AND rejections = 0), SUM(rejections > 0) FROM examples
     WHERE dataset = 1 AND deleted_at IS NULL AND approvals + rejections > 0`,
    'SEARCH examples USING COVERING INDEX examples_reviewed (dataset=? AND deleted_at=?)',
  ],
  [
    'marks of an example by code',
    "SELECT 1 FROM example_marks WHERE example_id = 1 AND code = 'x'",
    'SEARCH example_marks USING COVERING INDEX example_marks_by_example (example_id=? AND code=?)',
  ],
  [
    'open comments of an example',
    'SELECT COUNT(*) FROM example_comments WHERE example_id = 1 AND is_hidden = 0 AND is_resolved = 0',
    'SEARCH example_comments USING COVERING INDEX example_comments_by_example (example_id=? AND is_hidden=? AND is_resolved=?)',
  ],
])('migration 0100: %s come from an index', (_, sql, plan) => {
  expect(explainQueryPlan(migratedDb(), sql)).toEqual([plan]);
});

test('migration 0100 refuses states and severities that do not exist', () => {
  const db = migratedDb();
  db.exec('PRAGMA foreign_keys = OFF');
  const decide = (decision: string) =>
    db.prepare('INSERT INTO review_decisions VALUES (1, 1, ?, ?, 1)').run(decision, decision);
  decide('approved');
  decide('rejected');
  expect(() => decide('draft')).toThrow(/CHECK/);
  const mark = (severity: string) =>
    db
      .prepare(
        `INSERT INTO example_marks (dataset, source, example_id, code, severity, pointer, message)
         VALUES (1, 'quality', 1, 'c', ?, '', 'm')`,
      )
      .run(severity);
  mark('error');
  expect(() => mark('fatal')).toThrow(/CHECK/);
});
