import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { migrate } from '../../electron/adapters/sqlite/migrate.ts';
import { foundation } from '../../electron/adapters/sqlite/migrations/0010-foundation.ts';
import { practice } from '../../electron/adapters/sqlite/migrations/0050-practice.ts';
import { openDatabase } from '../../electron/adapters/sqlite/open-database.ts';
import { addEvent, insertJob, listEvents, updateJob } from '../../electron/practice/jobs.sql.ts';
import { deleteModel, readWeights, saveModel } from '../../electron/practice/models.sql.ts';
import { createTempFolder } from '../helpers/test-kit.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

function migrated() {
  const temp = createTempFolder();
  const db = openDatabase({ file: join(temp.folder, 'w.db'), keyHex: null });
  closers.push(() => {
    db.close();
    temp.remove();
  });
  migrate(db, [foundation]);
  expect(migrate(db, [foundation, practice])).toEqual({ from: 10, to: 50 });
  // What is written here today needs the later column too.
  db.exec("ALTER TABLE practice_jobs ADD COLUMN method TEXT NOT NULL DEFAULT 'supervised'");
  insertJob(db, {
    id: 'ftjob-1',
    method: 'supervised',
    model: 'practice-ranker-1',
    training_file: 'file-1',
    validation_file: null,
    suffix: null,
    seed: 1,
    requested: '{}',
    metadata: 'null',
    pace: 'instant',
    created_at: 1,
  });
  return db;
}

test('an event of a slot is noted once, and events keep their order', () => {
  const db = migrated();
  const event = { job_id: 'ftjob-1', level: 'info', type: 'message', data: null, created_at: 1 } as const;
  for (const slot of ['a', 'b', 'a']) addEvent(db, { ...event, slot, id: slot, message: slot });
  expect(listEvents(db, 'ftjob-1', { afterId: null, limit: 9 }).map((row) => row.slot)).toEqual(['b', 'a']);
});

test('only known states and seeds can be written', () => {
  const db = migrated();
  expect(() => updateJob(db, 'ftjob-1', { status: 'lost' as 'failed' })).toThrow(/CHECK/);
  expect(() => db.exec('UPDATE practice_jobs SET seed = -1')).toThrow(/CHECK/);
});

test('weights live as long as a model that has them', () => {
  const db = migrated();
  const model = { job_id: 'ftjob-1', step: 3, weights_sha256: 'a'.repeat(64), created_at: 1 };
  saveModel(db, { ...model, id: 'one' }, new Uint8Array([1, 2]));
  saveModel(db, { ...model, id: 'two' }, new Uint8Array([1, 2]));
  expect(deleteModel(db, 'one')).toBe(true);
  expect(readWeights(db, 'a'.repeat(64))).toEqual(Buffer.from([1, 2]));
  expect(deleteModel(db, 'two')).toBe(true);
  expect(readWeights(db, 'a'.repeat(64))).toBeUndefined();
});

test('jobs that have something to do are found by an index', () => {
  const db = migrated();
  const plan = db
    .prepare<{ detail: string }>(
      `EXPLAIN QUERY PLAN SELECT * FROM practice_jobs
       WHERE status IN ('validating_files', 'queued', 'running', 'pausing') ORDER BY seq`,
    )
    .all();
  expect(plan.map((row) => row.detail).join()).toContain('practice_jobs_open');
});
