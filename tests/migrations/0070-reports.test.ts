import { join } from 'node:path';
import { expect, it } from 'vitest';
import { reports } from '../../electron/adapters/sqlite/migrations/0070-reports.ts';
import { migrate } from '../../electron/adapters/sqlite/migrate.ts';
import { openDatabase } from '../../electron/adapters/sqlite/open-database.ts';
import { createTempFolder } from '../helpers/test-kit.ts';

it('migration 0070 keeps reports by file name, never by path', () => {
  const temp = createTempFolder();
  const db = openDatabase({ file: join(temp.folder, 'w.db'), keyHex: null });
  try {
    migrate(db, [reports]);
    const insert = (id: string, file: string, sha256 = 'a'.repeat(64)) =>
      db.prepare("INSERT INTO reports VALUES (?, 't', 'j', NULL, ?, ?, 10, 1, 1)").run(id, file, sha256);
    insert('r1', 'a.html');
    expect(() => insert('r2', 'a.html')).toThrow(/UNIQUE/);
    expect(() => insert('r2', '../a.html')).toThrow(/CHECK/);
    expect(() => insert('r2', '..\\a.html')).toThrow(/CHECK/);
    expect(() => insert('r2', 'b.html', 'short')).toThrow(/CHECK/);
  } finally {
    db.close();
    temp.remove();
  }
});
