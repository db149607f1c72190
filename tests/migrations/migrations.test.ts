import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  ForeignDatabaseError,
  migrate,
  NewerDatabaseError,
  readVersion,
} from '../../electron/adapters/sqlite/migrate.ts';
import { migrations } from '../../electron/adapters/sqlite/migrations/migrations.ts';
import {
  explainQueryPlan,
  failingDb,
  migratedDb,
  openMemoryDb,
  rowsOf,
  schemaOf,
  slowSteps,
  upTo,
} from '../helpers/schema.ts';

const newest = migrations.at(-1)?.version ?? 0;

describe('the schema', () => {
  test('is the one that was reviewed', async () => {
    // After a wanted change: npx vitest run tests/migrations -u, and look at the difference before committing it.
    await expect(schemaOf(migratedDb())).toMatchFileSnapshot('./schema.golden.sql');
  });

  test('has only STRICT tables, and checks that hold', () => {
    const db = migratedDb();
    const tables = db
      .prepare<{ name: string; strict: number; type: string }>('PRAGMA table_list')
      .all()
      .filter((table) => table.type === 'table' && !table.name.startsWith('sqlite_'));
    expect(tables.length).toBeGreaterThan(3);
    expect(tables.filter((table) => table.strict !== 1).map((table) => table.name)).toEqual([]);
    expect(db.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
  });

  test('gives every reference to another table an index', () => {
    const db = migratedDb();
    const references = db
      .prepare<{ tableName: string; columnName: string }>(
        `SELECT t.name AS tableName, f."from" AS columnName
         FROM pragma_table_list AS t, pragma_foreign_key_list(t.name) AS f WHERE t.type = 'table' AND f.seq = 0`,
      )
      .all();
    // Rows of the ledger are never deleted, and those that refer to another one have a partial index of their own.
    const exempt = new Set(['egress_ledger.request_seq']);
    const unindexed = references.filter(
      ({ tableName, columnName }) =>
        !exempt.has(`${tableName}.${columnName}`) &&
        slowSteps(db, `SELECT 1 FROM "${tableName}" WHERE "${columnName}" = 1`).length > 0,
    );
    expect(unindexed).toEqual([]);
  });
});

describe('migrations', () => {
  test('are numbered upward by tens, and each has a test of its own', () => {
    const versions = migrations.map((step) => step.version);
    expect(versions).toEqual([...new Set(versions)].toSorted((a, b) => a - b));
    expect(versions.filter((version) => version % 10 !== 0)).toEqual([]);
    const missing = migrations
      .map((step) => `${String(step.version).padStart(4, '0')}-${step.name}.test.ts`)
      .filter((file) => !existsSync(join(import.meta.dirname, file)));
    expect(missing).toEqual([]);
  });

  test.each(upTo(newest - 1))(
    'a store of version $version comes to the same schema as a new one, with its rows',
    ({ version }) => {
      const db = migratedDb(version);
      db.prepare("INSERT INTO workspace_facts VALUES ('id', 'x')").run();
      expect(migrate(db, migrations)).toEqual({ from: version, to: newest });
      expect(schemaOf(db)).toBe(schemaOf(migratedDb()));
      expect(rowsOf(db).workspace_facts).toEqual([{ key: 'id', value: 'x' }]);
    },
  );

  test.each(migrations)(
    'a failure at any statement of $version leaves the store as before',
    ({ version }) => {
      const stepBefore = (): ReturnType<typeof openMemoryDb> => migratedDb(version - 1);
      const original = stepBefore();
      const [schema, rows, mark] = [schemaOf(original), rowsOf(original), readVersion(original)];
      const whole = failingDb(stepBefore(), -1);
      migrate(whole, upTo(version));
      expect(whole.ran()).toBeGreaterThan(1);
      for (let failAt = 0; failAt < whole.ran(); failAt += 1) {
        const db = stepBefore();
        expect(() => migrate(failingDb(db, failAt), upTo(version)), `statement ${failAt}`).toThrow(
          'injected',
        );
        expect([schemaOf(db), rowsOf(db), readVersion(db)]).toEqual([schema, rows, mark]);
        migrate(db, upTo(version));
        expect(readVersion(db).version).toBe(version);
        db.close();
      }
    },
  );

  test("a newer store and another program's database are refused untouched", () => {
    const newer = migratedDb();
    newer.exec(`PRAGMA user_version = ${newest + 10}`);
    expect(() => migrate(newer, migrations)).toThrow(NewerDatabaseError);
    expect(readVersion(newer).version).toBe(newest + 10);
    const foreign = openMemoryDb();
    foreign.exec('CREATE TABLE theirs (a)');
    expect(() => migrate(foreign, migrations)).toThrow(ForeignDatabaseError);
    expect(schemaOf(foreign)).toBe('-- user_version 0\n\nCREATE TABLE theirs (a);\n');
  });
});

test('a plan that reads a whole table or sorts in memory is told', () => {
  const db = migratedDb();
  expect(explainQueryPlan(db, 'SELECT * FROM events WHERE seq = ?', 1)).toEqual([
    'SEARCH events USING INTEGER PRIMARY KEY (rowid=?)',
  ]);
  expect(slowSteps(db, 'SELECT * FROM events WHERE seq < ? ORDER BY seq DESC LIMIT 10', 1)).toEqual([]);
  expect(slowSteps(db, 'SELECT * FROM events WHERE label = ?', 'x')).toEqual(['SCAN events']);
  expect(slowSteps(db, 'SELECT * FROM events WHERE seq > ? ORDER BY label', 1)).toEqual([
    'USE TEMP B-TREE FOR ORDER BY',
  ]);
});
