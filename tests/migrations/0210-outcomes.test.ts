import { expect, test } from 'vitest';
import { explainQueryPlan, migratedDb } from '../helpers/schema.ts';

test('migration 0210: the rows of a made data set come in their order from the table itself', () => {
  const sql =
    "SELECT * FROM preference_outcome_rows WHERE dataset_id = 'd' AND line > 5 ORDER BY line LIMIT 100";
  expect(explainQueryPlan(migratedDb(), sql)).toEqual([
    'SEARCH preference_outcome_rows USING PRIMARY KEY (dataset_id=? AND line>?)',
  ]);
});

test('migration 0210 refuses a row without a line', () => {
  const db = migratedDb();
  db.exec('PRAGMA foreign_keys = OFF');
  const add = db.prepare("INSERT INTO preference_outcome_rows VALUES ('d', ?, 1, 1, NULL, '[]')");
  add.run(1);
  expect(() => add.run(0)).toThrow(/CHECK/);
  expect(() => add.run(1)).toThrow(/UNIQUE/);
});
