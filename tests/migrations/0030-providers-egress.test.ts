import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { migrate } from '../../electron/adapters/sqlite/migrate.ts';
import { foundation } from '../../electron/adapters/sqlite/migrations/0010-foundation.ts';
import { providersEgress } from '../../electron/adapters/sqlite/migrations/0030-providers-egress.ts';
import { openDatabase } from '../../electron/adapters/sqlite/open-database.ts';
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
  expect(migrate(db, [foundation, providersEgress])).toEqual({ from: 10, to: 30 });
  return db;
}

test('a workspace starts offline, with one gate and an empty ledger', () => {
  const db = migrated();
  expect(db.prepare('SELECT * FROM egress_gate').all()).toEqual([
    { id: 1, position: 'offline', moved_at: null },
  ]);
  expect(() => db.exec("INSERT INTO egress_gate VALUES (2, 'online', 1)")).toThrow(/CHECK/);
  expect(() => db.exec("UPDATE egress_gate SET position = 'ajar'")).toThrow(/CHECK/);
});

test('the ledger can only grow', () => {
  const db = migrated();
  const zero = '0'.repeat(64);
  db.exec(`INSERT INTO egress_ledger (seq, at, kind, detail, prev_hash, hash)
           VALUES (1, 1, 'gate', 'online', '${zero}', '${'1'.repeat(64)}')`);
  expect(() => db.exec("UPDATE egress_ledger SET detail = 'x'")).toThrow(/append-only/);
  expect(() => db.exec('DELETE FROM egress_ledger')).toThrow(/append-only/);
  const request = `INSERT INTO egress_ledger (seq, at, kind, detail, prev_hash, hash)
                   VALUES (2, 1, 'request', '', '${zero}', '${'2'.repeat(64)}')`;
  expect(() => db.exec(request), 'a request without the hash of its body').toThrow(/CHECK/);
});

test('a connection has no room for a key', () => {
  const db = migrated();
  const insert = (last4: string) =>
    db
      .prepare(
        `INSERT INTO connections (id, kind, name, base_url, host, key_last4, key_stored, created_at)
         VALUES ('a', 'openai', 'A', 'https://a.example/v1', 'a.example', ?, 'memory', 1)`,
      )
      .run(last4);
  expect(() => insert('sk-secret')).toThrow(/CHECK/);
  insert('cret');
  const columns = db.prepare<{ name: string }>("SELECT name FROM pragma_table_info('connections')").all();
  expect(columns.map((column) => column.name)).toEqual([
    'id',
    'kind',
    'name',
    'base_url',
    'host',
    'organization',
    'project',
    'key_last4',
    'key_stored',
    'created_at',
  ]);
});
