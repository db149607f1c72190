import { expect, test } from 'vitest';
import { explainQueryPlan, migratedDb } from '../helpers/schema.ts';

test('migration 0260: counts of a generation come from an index, its prompts in order too', () => {
  const db = migratedDb();
  const counts =
    "SELECT COUNT(*) - COUNT(failure) AS answered FROM generation_answers WHERE generation_id = 'g'";
  expect(explainQueryPlan(db, counts)).toEqual([
    'SEARCH generation_answers USING COVERING INDEX generation_answers_by_generation (generation_id=?)',
  ]);
  const prompts =
    "SELECT id, ordinal, input FROM generation_prompts WHERE generation_id = 'g' AND ordinal > 3 ORDER BY ordinal LIMIT 100";
  expect(explainQueryPlan(db, prompts)).toEqual([
    'SEARCH generation_prompts USING INDEX generation_prompts_by_ordinal (generation_id=? AND ordinal>?)',
  ]);
});

test('migration 0260 takes every answer once, and either an answer or the words of a refusal', () => {
  const db = migratedDb();
  db.exec('PRAGMA foreign_keys = OFF');
  const add = db.prepare("INSERT INTO generation_answers VALUES (1, ?, 'g', ?, ?, 'stop', 1, 1, 1)");
  add.run(0, '{}', null);
  add.run(1, null, 'refused');
  expect(() => add.run(0, '{}', null)).toThrow(/UNIQUE/);
  expect(() => add.run(2, '{}', 'refused')).toThrow(/CHECK/);
  expect(() => add.run(8, '{}', null)).toThrow(/CHECK/);
});
