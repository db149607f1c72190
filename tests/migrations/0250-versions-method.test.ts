import { join } from 'node:path';
import { expect, it } from 'vitest';
import { versions } from '../../electron/adapters/sqlite/migrations/0130-versions.ts';
import { versionsMethod } from '../../electron/adapters/sqlite/migrations/0250-versions-method.ts';
import { migrate } from '../../electron/adapters/sqlite/migrate.ts';
import { openDatabase } from '../../electron/adapters/sqlite/open-database.ts';
import { createTempFolder } from '../helpers/test-kit.ts';

it('migration 0250 leaves the method of older versions unknown, and takes no other word than a method', () => {
  const temp = createTempFolder();
  const db = openDatabase({ file: join(temp.folder, 'w.db'), keyHex: null });
  try {
    migrate(db, [versions]);
    db.prepare(
      `INSERT INTO versions (id, dataset_id, number, message, origin, root, splits_sha256, example_count, token_total,
         split_counts, revision, created_at) VALUES ('v', 'd', 1, '', 'person', ?, ?, 0, 0, '{}', 1, 1)`,
    ).run(new Uint8Array(32), new Uint8Array(32));
    migrate(db, [versions, versionsMethod]);
    expect(db.prepare('SELECT method FROM versions').column()).toEqual([null]);
    db.prepare("UPDATE versions SET method = 'dpo'").run();
    expect(() => db.prepare("UPDATE versions SET method = 'rlhf'").run()).toThrow(/CHECK/);
  } finally {
    db.close();
    temp.remove();
  }
});
