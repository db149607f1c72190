import { join } from 'node:path';
import { expect, it } from 'vitest';
import { imports } from '../../electron/adapters/sqlite/migrations/0090-imports.ts';
import { migrate } from '../../electron/adapters/sqlite/migrate.ts';
import { openDatabase } from '../../electron/adapters/sqlite/open-database.ts';
import { createTempFolder } from '../helpers/test-kit.ts';

it('migration 0090 keeps line ranges and counts that add up, and JSON that is JSON', () => {
  const temp = createTempFolder();
  const db = openDatabase({ file: join(temp.folder, 'w.db'), keyHex: null });
  try {
    migrate(db, [imports]);
    const insert = (...values: (string | number)[]) =>
      db.prepare("INSERT INTO imports VALUES (?, 'd', ?, ?, 'f.csv', ?, ?, ?, NULL, '{}', 1)").run(...values);
    insert('empty', 1, 0, 0, 0, '[]');
    insert('first', 1, 10, 9, 2, '[]');
    expect(() => insert('backwards', 10, 8, 1, 0, '[]')).toThrow(/CHECK/);
    expect(() => insert('more aside than rows', 1, 2, 1, 2, '[]')).toThrow(/CHECK/);
    expect(() => insert('no json', 1, 2, 1, 0, 'x')).toThrow(/CHECK/);
  } finally {
    db.close();
    temp.remove();
  }
});
