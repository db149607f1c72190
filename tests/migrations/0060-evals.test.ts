import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { evals } from '../../electron/adapters/sqlite/migrations/0060-evals.ts';
import { foundation } from '../../electron/adapters/sqlite/migrations/0010-foundation.ts';
import { migrate } from '../../electron/adapters/sqlite/migrate.ts';
import { openDatabase } from '../../electron/adapters/sqlite/open-database.ts';
import type { Db } from '../../electron/core/ports.ts';
import { createTempFolder } from '../helpers/test-kit.ts';

const open: { db: Db; temp: { remove(): void } }[] = [];
afterEach(() => {
  for (const { db, temp } of open.splice(0)) {
    db.close();
    temp.remove();
  }
});

function migrated(): Db {
  const temp = createTempFolder();
  const db = openDatabase({ file: join(temp.folder, 'w.db'), keyHex: null });
  open.push({ db, temp });
  migrate(db, [foundation, evals]);
  return db;
}

const insertEval = (db: Db, part: { results?: string | null; endedAt?: number | null; answered?: number }) =>
  db
    .prepare(
      `INSERT INTO evals VALUES ('e1', NULL, 'n', 'j', 'd', 'tickets', 'c', 'practice', 'b', 't', 1, 256, 2, ?, 1, ?,
                                 '[]', ?)`,
    )
    .run(part.answered ?? 0, part.endedAt ?? null, part.results ?? null);
const insertItem = (db: Db, outcome: string | null = null) =>
  db
    .prepare(
      `INSERT INTO eval_items (eval_id, position, example_id, outcome, is_answered, prompt_excerpt, expected_excerpt,
                               expected, tools, prompt)
       VALUES ('e1', 0, 1, ?, 0, 'p', 'x', '{}', '[]', '[]')`,
    )
    .run(outcome);

describe('migration 0060', () => {
  it('holds an evaluation with its items and takes the items away with it', () => {
    const db = migrated();
    insertEval(db, {});
    insertItem(db, 'improved');
    db.exec("DELETE FROM evals WHERE id = 'e1'");
    expect(db.prepare<{ n: number }>('SELECT COUNT(*) AS n FROM eval_items').get()?.n).toBe(0);
  });

  it('refuses results without an end, more answers than questions, unknown outcomes and double positions', () => {
    const db = migrated();
    expect(() => insertEval(db, { results: '[]' })).toThrow(/CHECK/);
    expect(() => insertEval(db, { answered: 5 })).toThrow(/CHECK/);
    expect(() => insertEval(db, { results: 'no json', endedAt: 2 })).toThrow(/CHECK/);
    insertEval(db, {});
    expect(() => insertItem(db, 'magic')).toThrow(/CHECK/);
    insertItem(db);
    expect(() => insertItem(db)).toThrow(/UNIQUE/);
  });

  it('finds lists by index', () => {
    const db = migrated();
    const plan = (sql: string): string =>
      db
        .prepare<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map((row) => row.detail)
        .join('; ');
    expect(plan("SELECT * FROM evals WHERE job_id = 'j' ORDER BY created_at DESC")).toContain('evals_by_job');
    expect(
      plan(
        "SELECT position FROM eval_items WHERE eval_id = 'e' AND outcome = 'improved' AND position > 3 ORDER BY position",
      ),
    ).toContain('eval_items_by_outcome');
    expect(
      plan(
        "SELECT * FROM eval_items WHERE eval_id = 'e' AND is_answered = 0 AND position > 3 ORDER BY position",
      ),
    ).toContain('eval_items_open');
  });
});
