import type { Db } from '../../core/ports.ts';

/** Facts about the workspace itself, kept in its store. */
export type WorkspaceFacts = { id: string; name: string; createdAt: number; isDemo: boolean };

/** The facts in the store; null in a store that was just made. */
export function readFacts(db: Db): WorkspaceFacts | null {
  const rows = db
    .prepare<{ key: string; value: string }>(
      "SELECT key, value FROM workspace_facts WHERE key IN ('id', 'name', 'createdAt', 'isDemo')",
    )
    .all();
  const facts = new Map(rows.map((row) => [row.key, row.value]));
  const id = facts.get('id');
  const name = facts.get('name');
  if (id === undefined || name === undefined) return null;
  return { id, name, createdAt: Number(facts.get('createdAt')), isDemo: facts.get('isDemo') === '1' };
}

/** Writes the facts down; call in a transaction. */
export function writeFacts(db: Db, facts: WorkspaceFacts): void {
  const put = db.prepare(
    'INSERT INTO workspace_facts (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  );
  put.run('id', facts.id);
  put.run('name', facts.name);
  put.run('createdAt', String(facts.createdAt));
  put.run('isDemo', facts.isDemo ? '1' : '0');
}

/** How many rows each table has, by table name; virtual tables' shadow tables count as tables. */
export function countRows(db: Db): Record<string, number> {
  const tables = db
    .prepare<{ name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name",
    )
    .all();
  return Object.fromEntries(
    tables.map(({ name }) => {
      const quoted = `"${name.replaceAll('"', '""')}"`;
      return [name, db.prepare<{ n: number }>(`SELECT COUNT(*) AS n FROM ${quoted}`).get()?.n ?? 0];
    }),
  );
}

/** The first complaint of SQLite's quick check; null when there is none. */
export function quickCheck(db: Db): string | null {
  const answer = db.prepare<{ quick_check: string }>('PRAGMA quick_check(1)').get()?.quick_check;
  return answer === 'ok' ? null : (answer ?? 'no answer');
}
