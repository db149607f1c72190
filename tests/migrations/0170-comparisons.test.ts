import { join } from 'node:path';
import { expect, it } from 'vitest';
import { quality } from '../../electron/adapters/sqlite/migrations/0110-quality.ts';
import { comparisons } from '../../electron/adapters/sqlite/migrations/0170-comparisons.ts';
import { migrate } from '../../electron/adapters/sqlite/migrate.ts';
import { openDatabase } from '../../electron/adapters/sqlite/open-database.ts';
import { createTempFolder } from '../helpers/test-kit.ts';

it('migration 0170 keeps the groups there are and takes some without an analysis', () => {
  const temp = createTempFolder();
  const db = openDatabase({ file: join(temp.folder, 'w.db'), keyHex: null });
  try {
    migrate(db, [quality]);
    db.prepare("INSERT INTO quality_profiles VALUES ('d', 1, ?, 1, '{}')").run(new Uint8Array(32));
    const add = "INSERT INTO quality_groups VALUES (?, 'near', 0, 2, 0.9, 0)";
    db.prepare(add).run('d');
    const member = "INSERT INTO quality_group_members VALUES (?, 'near', 0, 0, 4, 5, 6)";
    db.prepare(member).run('d');
    migrate(db, [quality, comparisons]);
    db.prepare(add).run('e');
    db.prepare(member).run('e');
    expect(db.prepare('SELECT example_id FROM quality_group_members').column()).toEqual([4, 4]);
    expect(db.prepare('SELECT dataset_id FROM quality_groups').column()).toEqual(['d', 'e']);
    expect(() => db.prepare(add).run('e')).toThrow(/UNIQUE/);
    const compared = db.prepare('INSERT INTO quality_comparisons VALUES (?, ?, ?, ?, 1)');
    compared.run('d', 5, 1, 0);
    expect(() => compared.run('d', 5, 1, 0)).toThrow(/UNIQUE/);
    expect(() => compared.run('e', 5, -1, 0)).toThrow(/CHECK/);
  } finally {
    db.close();
    temp.remove();
  }
});
