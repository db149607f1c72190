import { join } from 'node:path';
import { expect, it } from 'vitest';
import { quality } from '../../electron/adapters/sqlite/migrations/0110-quality.ts';
import { migrate } from '../../electron/adapters/sqlite/migrate.ts';
import { openDatabase } from '../../electron/adapters/sqlite/open-database.ts';
import { createTempFolder } from '../helpers/test-kit.ts';

it('migration 0110 keeps groups with their analysis and terms that say something', () => {
  const temp = createTempFolder();
  const db = openDatabase({ file: join(temp.folder, 'w.db'), keyHex: null });
  try {
    migrate(db, [quality]);
    const group = db.prepare("INSERT INTO quality_groups VALUES ('d', ?, 0, ?, ?, 0)");
    expect(() => group.run('near', 2, 0.9)).toThrow(/FOREIGN KEY/);
    db.prepare("INSERT INTO quality_profiles VALUES ('d', 1, ?, 1, '{}')").run(new Uint8Array(32));
    group.run('near', 2, 0.9);
    expect(() => group.run('near', 2, 0.9)).toThrow(/UNIQUE/);
    expect(() => group.run('exact', 1, 1)).toThrow(/CHECK/);
    expect(() => group.run('exact', 2, 1.1)).toThrow(/CHECK/);
    expect(() => group.run('other', 2, 1)).toThrow(/CHECK/);
    const term = db.prepare('INSERT INTO quality_terms VALUES (?, ?, ?)');
    term.run('forbidden', 'cheap', null);
    expect(() => term.run('preferred', 'e-mail', null)).toThrow(/CHECK/);
    expect(() => term.run('word', '', null)).toThrow(/CHECK/);
  } finally {
    db.close();
    temp.remove();
  }
});
