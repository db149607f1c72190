import type { Migration } from '../../electron/adapters/sqlite/migrate.ts';
import { migrate } from '../../electron/adapters/sqlite/migrate.ts';
import { migrations } from '../../electron/adapters/sqlite/migrations/migrations.ts';
import { openDatabase } from '../../electron/adapters/sqlite/open-database.ts';
import type { Db, SqlValue } from '../../electron/core/ports.ts';

/** An empty store in memory, not migrated. */
export function openMemoryDb(): Db {
  return openDatabase({ file: ':memory:', keyHex: null });
}

/** A store in memory at `version` (the newest when left out). */
export function migratedDb(version = Number.MAX_SAFE_INTEGER): Db {
  const db = openMemoryDb();
  migrate(db, upTo(version));
  return db;
}

/** The migrations up to and including `version`. */
export function upTo(version: number): Migration[] {
  return migrations.filter((step) => step.version <= version);
}

/** The whole schema as SQL, in a stable order, with what SQLite makes by itself left out. */
export function schemaOf(db: Db): string {
  const rows = db
    .prepare<{ sql: string }>(
      `SELECT sql FROM sqlite_schema
       WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
       ORDER BY tbl_name, CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 WHEN 'trigger' THEN 2 ELSE 3 END, name`,
    )
    .all();
  const tidy = (sql: string): string => sql.replaceAll(/\n +/g, '\n  ').replaceAll(/\n {2}\)/g, '\n)');
  const version = db.prepare<{ user_version: number }>('PRAGMA user_version').get()?.user_version;
  return [`-- user_version ${version}`, ...rows.map((row) => `${tidy(row.sql)};`), '']
    .join('\n\n')
    .trimEnd()
    .concat('\n');
}

/** Every row of every table, so that two stores can be compared. */
export function rowsOf(db: Db): Record<string, unknown[]> {
  const tables = db
    .prepare<{ name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .all();
  return Object.fromEntries(tables.map(({ name }) => [name, db.prepare(`SELECT * FROM "${name}"`).all()]));
}

/**
 * The steps of SQLite's plan for a query, e.g. `SEARCH examples USING INDEX examples_by_set (dataset_id=?)`.
 * A query that must stay fast has no step that begins with SCAN and none that says TEMP B-TREE.
 */
export function explainQueryPlan(db: Db, sql: string, ...parameters: SqlValue[]): string[] {
  return db
    .prepare<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    .all(...parameters)
    .map((step) => step.detail);
}

/** The steps of the plan that read a whole table or sort in memory; empty is good. */
export function slowSteps(db: Db, sql: string, ...parameters: SqlValue[]): string[] {
  return explainQueryPlan(db, sql, ...parameters).filter((step) => /^SCAN\b|TEMP B-TREE/.test(step));
}

/** The statements of a migration's SQL text; a trigger's body belongs to its statement. */
export function statementsOf(sql: string): string[] {
  const statements: string[] = [];
  let current = '';
  for (const part of sql.replaceAll(/--[^\n]*/g, '').split(';')) {
    current += part;
    const isTrigger = /^\s*CREATE\s+(?:TEMP\s+)?TRIGGER\b/i.test(current);
    if (isTrigger && !/\bEND\s*$/i.test(current)) {
      current += ';';
      continue;
    }
    if (current.trim() !== '') statements.push(current.trim());
    current = '';
  }
  return statements;
}

/** The same store, but the statement number `failAt` (from 0) throws instead of running; `ran` counts them. */
export function failingDb(db: Db, failAt: number): Db & { ran(): number } {
  let count = 0;
  const step = (): void => {
    if (count === failAt) throw new Error('injected failure');
    count += 1;
  };
  return {
    ...db,
    ran: () => count,
    exec(sql) {
      for (const statement of statementsOf(sql)) {
        step();
        db.exec(statement);
      }
    },
    prepare: <Row>(sql: string) => {
      const statement = db.prepare<Row>(sql);
      return {
        ...statement,
        run: (...parameters: readonly SqlValue[]) => {
          step();
          return statement.run(...parameters);
        },
      };
    },
  };
}
