import { beforeEach, describe, expect, test } from 'vitest';
import type { Db } from '../../electron/core/ports.ts';
import { migratedDb, slowSteps } from '../helpers/schema.ts';

describe('0010 foundation', () => {
  let db: Db;
  const hash = 'a'.repeat(64);
  const addEvent = (seq: number): void =>
    void db
      .prepare("INSERT INTO events VALUES (?, ?, 1, 'f', 'k', 'l', '{}', NULL, ?, ?)")
      .run(seq, `id-${seq}`, hash, String(seq).padStart(64, '0'));
  const addTask = (state: string): void =>
    void db
      .prepare(
        `INSERT INTO tasks (id, kind, title, state, done, total, unit, message, params, created_at)
         VALUES ('t', 'k', 't', ?, 0, 0, '', '', '{}', 1)`,
      )
      .run(state);

  beforeEach(() => {
    db = migratedDb(10);
  });

  test('events can be added, never changed or deleted', () => {
    addEvent(1);
    expect(() => db.exec("UPDATE events SET label = 'x'")).toThrow(/append-only/);
    expect(() => db.exec('DELETE FROM events')).toThrow(/append-only/);
    expect(() => addEvent(1)).toThrow(/UNIQUE/);
  });

  test('an undo state belongs to an event and is one of three', () => {
    addEvent(1);
    expect(() => db.exec("INSERT INTO undo_states VALUES (2, 'done')")).toThrow(/FOREIGN KEY/);
    expect(() => db.exec("INSERT INTO undo_states VALUES (1, 'maybe')")).toThrow(/CHECK/);
    db.exec("INSERT INTO undo_states VALUES (1, 'done')");
  });

  test('a task has a known state, and types are kept', () => {
    expect(() => addTask('lost')).toThrow(/CHECK/);
    addTask('running');
    expect(() => db.exec("UPDATE tasks SET created_at = 'soon'")).toThrow(/INTEGER/);
  });

  test('what is asked often is found through an index', () => {
    for (const sql of [
      'SELECT * FROM tasks ORDER BY created_at DESC, id DESC LIMIT 200',
      "SELECT MAX(seq) FROM undo_states WHERE state = 'done'",
      'SELECT * FROM events WHERE seq < 5 ORDER BY seq DESC LIMIT 50',
    ])
      expect(
        slowSteps(db, sql).filter((step) => !step.includes('USING INDEX')),
        sql,
      ).toEqual([]);
  });
});
