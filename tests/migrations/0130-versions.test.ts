import { join } from 'node:path';
import { expect, it } from 'vitest';
import { versions } from '../../electron/adapters/sqlite/migrations/0130-versions.ts';
import { migrate } from '../../electron/adapters/sqlite/migrate.ts';
import { openDatabase } from '../../electron/adapters/sqlite/open-database.ts';
import { createTempFolder } from '../helpers/test-kit.ts';

it('migration 0130 numbers versions once per data set and keeps columns of one length', () => {
  const temp = createTempFolder();
  const db = openDatabase({ file: join(temp.folder, 'w.db'), keyHex: null });
  try {
    migrate(db, [versions]);
    const hash = new Uint8Array(32);
    const insert = (id: string, number: number | null, origin: string) =>
      db
        .prepare("INSERT INTO versions VALUES (NULL, ?, 'd', ?, 'm', ?, ?, ?, 1, 1, '{}', 1, 1)")
        .run(id, number, origin, hash, hash);
    insert('v1', 1, 'person');
    expect(() => insert('v2', 1, 'person')).toThrow(/UNIQUE/);
    insert('kept', null, 'restore');
    insert('kept too', null, 'restore');
    expect(() => insert('v3', null, 'person')).toThrow(/CHECK/);
    const member = db.prepare('INSERT INTO version_members VALUES (1, ?, ?, ?, ?)');
    member.run(0, new Uint8Array(8), new Uint8Array(8), new Uint8Array(2));
    expect(() => member.run(1, new Uint8Array(8), new Uint8Array(4), new Uint8Array(2))).toThrow(/CHECK/);
    expect(() => member.run(1, new Uint8Array(8), new Uint8Array(8), new Uint8Array(1))).toThrow(/CHECK/);
  } finally {
    db.close();
    temp.remove();
  }
});
