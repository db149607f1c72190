import { join } from 'node:path';
import { expect, test } from 'vitest';
import { migrate } from '../../electron/adapters/sqlite/migrate.ts';
import { migrations } from '../../electron/adapters/sqlite/migrations/migrations.ts';
import { openDatabase } from '../../electron/adapters/sqlite/open-database.ts';
import { createTempFolder } from '../helpers/test-kit.ts';

test('data sets from before are supervised; only known methods and graders of JSON are taken', () => {
  const temp = createTempFolder();
  const db = openDatabase({ file: join(temp.folder, 'w.db'), keyHex: null });
  try {
    migrate(
      db,
      migrations.filter(({ version }) => version < 80),
    );
    db.exec(`INSERT INTO datasets (id, name, is_demo, source_name, source_sha256, source_bytes, line_count, quarantined_count,
      first_content_id, created_at) VALUES ('d', 'D', 0, 'd.jsonl', '${'0'.repeat(64)}', 1, 1, 0, 1, 1)`);
    migrate(
      db,
      migrations.filter(({ version }) => version <= 80),
    );
    expect(db.prepare('SELECT method, grader FROM datasets').all()).toEqual([
      { method: 'sft', grader: null },
    ]);
    expect(() => db.exec("UPDATE datasets SET method = 'ppo'")).toThrow(/CHECK/);
    expect(() => db.exec("UPDATE datasets SET grader = 'no json'")).toThrow(/CHECK/);
    db.exec(`UPDATE datasets SET method = 'rft', grader = '{"type":"python"}'`);
  } finally {
    db.close();
    temp.remove();
  }
});
