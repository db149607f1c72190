import { join } from 'node:path';
import { expect, it } from 'vitest';
import { jobsSchema } from '../../electron/adapters/sqlite/migrations/0040-jobs.ts';
import { practice } from '../../electron/adapters/sqlite/migrations/0050-practice.ts';
import { jobsMethod } from '../../electron/adapters/sqlite/migrations/0180-jobs-method.ts';
import { migrate } from '../../electron/adapters/sqlite/migrate.ts';
import { openDatabase } from '../../electron/adapters/sqlite/open-database.ts';
import { createTempFolder } from '../helpers/test-kit.ts';

it('migration 0180 calls every job there is supervised, and takes dpo but no other word', () => {
  const temp = createTempFolder();
  const db = openDatabase({ file: join(temp.folder, 'w.db'), keyHex: null });
  try {
    migrate(db, [jobsSchema, practice]);
    const rest = "'validating_files', 'm', 'f', 1, '{}', 'null', 'instant', 1)";
    const names = 'id, seq, status, model, training_file, seed, requested, metadata, pace, created_at';
    db.prepare(`INSERT INTO practice_jobs (${names}) VALUES ('a', 1, ${rest}`).run();
    const ours = (id: string) =>
      `INSERT INTO jobs (id, name, dataset_id, dataset_name, connection_id, connection_name, provider_kind, host,
         model, seed, requested, config_sha256, files, cap_micro_usd, intent_id, status, created_at)
       VALUES ('${id}', 'n', 'd', 'd', 'c', 'c', 'practice', 'h', 'm', 1, '{}', '${id.repeat(64)}', '[]', 0, '${id}',
         'preparing', 1)`;
    db.prepare(ours('a')).run();
    migrate(db, [jobsSchema, practice, jobsMethod]);
    for (const table of ['practice_jobs', 'jobs']) {
      expect(db.prepare(`SELECT method FROM ${table}`).column()).toEqual(['supervised']);
      db.prepare(`UPDATE ${table} SET method = 'dpo'`).run();
      expect(() => db.prepare(`UPDATE ${table} SET method = 'rlhf'`).run()).toThrow(/CHECK/);
    }
  } finally {
    db.close();
    temp.remove();
  }
});
