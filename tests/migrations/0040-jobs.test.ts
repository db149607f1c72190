import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { migrate } from '../../electron/adapters/sqlite/migrate.ts';
import { foundation } from '../../electron/adapters/sqlite/migrations/0010-foundation.ts';
import { providersEgress } from '../../electron/adapters/sqlite/migrations/0030-providers-egress.ts';
import { jobsSchema } from '../../electron/adapters/sqlite/migrations/0040-jobs.ts';
import { openDatabase } from '../../electron/adapters/sqlite/open-database.ts';
import type { Db } from '../../electron/core/ports.ts';
import { createTempFolder } from '../helpers/test-kit.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

function migrated(): Db {
  const temp = createTempFolder();
  const db = openDatabase({ file: join(temp.folder, 'w.db'), keyHex: null });
  closers.push(() => {
    db.close();
    temp.remove();
  });
  migrate(db, [foundation, providersEgress]);
  expect(migrate(db, [foundation, providersEgress, jobsSchema])).toEqual({ from: 30, to: 40 });
  return db;
}

function insert(db: Db, id: string, part: Record<string, string | number | null> = {}): void {
  const row = {
    id,
    name: 'n',
    dataset_id: 'd',
    dataset_name: 'd',
    connection_id: 'c',
    connection_name: 'c',
    provider_kind: 'openai',
    host: 'h',
    model: 'm',
    seed: 1,
    requested: '{}',
    config_sha256: 'a'.repeat(64),
    files: '[]',
    cap_micro_usd: 0,
    intent_id: id,
    status: 'preparing',
    created_at: 1,
    ...part,
  };
  const keys = Object.keys(row);
  db.prepare(`INSERT INTO jobs (${keys.join(', ')}) VALUES (${keys.map(() => '?').join(', ')})`).run(
    ...Object.values(row),
  );
}

test('of one training only one job can be active, and an ended one makes room', () => {
  const db = migrated();
  insert(db, 'a');
  expect(() => insert(db, 'b')).toThrow(/UNIQUE/);
  db.exec("UPDATE jobs SET status = 'failed', ended_at = 2 WHERE id = 'a'");
  insert(db, 'b');
});

test('an intent, and a job of the provider, belong to one job', () => {
  const db = migrated();
  insert(db, 'a', { remote_id: 'ftjob-1', status: 'running' });
  const other = { config_sha256: 'b'.repeat(64) };
  expect(() => insert(db, 'b', { ...other, intent_id: 'a' })).toThrow(/UNIQUE/);
  expect(() => insert(db, 'b', { ...other, remote_id: 'ftjob-1', status: 'running' })).toThrow(/UNIQUE/);
});

test('a state that cannot be is refused', () => {
  const db = migrated();
  expect(() => insert(db, 'a', { status: 'running' }), 'running, but not at a provider').toThrow(/CHECK/);
  expect(() => insert(db, 'a', { status: 'failed' }), 'over without an end').toThrow(/CHECK/);
  expect(() => insert(db, 'a', { ended_at: 2 }), 'ended, but preparing').toThrow(/CHECK/);
  expect(() => insert(db, 'a', { status: 'lost' })).toThrow(/CHECK/);
});

test('events come once and belong to a job', () => {
  const db = migrated();
  insert(db, 'a');
  const event = (seq: number) =>
    db
      .prepare(
        "INSERT INTO job_events (job_id, seq, remote_id, at, level, message) VALUES (?, ?, 'e1', 1, 'info', '')",
      )
      .run('a', seq);
  event(1);
  expect(() => event(2)).toThrow(/UNIQUE/);
  expect(() => db.exec("INSERT INTO job_metrics VALUES ('none', 1, 1, '{}', 1, 1)")).toThrow(/FOREIGN KEY/);
});
