import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestKit } from '../../tests/helpers/test-kit.ts';
import type { Db } from './ports.ts';

const setFact = (key: string, value: string) => ({ kind: 'test.set', args: { key, value } });

describe('event log', () => {
  let test_: ReturnType<typeof createTestKit>;
  const fact = (db: Db) =>
    db.prepare<{ value: string }>("SELECT value FROM workspace_facts WHERE key = 'a'").get()?.value;
  const rename = (from: string, to: string) =>
    test_.kit.workspace.require().write((db) =>
      test_.kit.events.run(db, {
        feature: 'test',
        kind: 'test.renamed',
        label: `rename to ${to}`,
        forward: setFact('a', to),
        inverse: setFact('a', from),
      }),
    );

  beforeEach(async () => {
    test_ = createTestKit();
    test_.kit.events.register('test.set', (db, args: { key: string; value: string }) => {
      db.prepare(
        'INSERT INTO workspace_facts VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
      ).run(args.key, args.value);
    });
    await test_.open();
    await rename('zero', 'one');
    await rename('one', 'two');
  });
  afterEach(() => test_.close());

  test('undo and redo walk through the changes in order and survive as events', async () => {
    const { events, workspace } = test_.kit;
    const session = workspace.require();
    await session.write((db) => events.undo(db));
    expect(fact(session.db)).toBe('one');
    await session.write((db) => events.undo(db));
    expect(fact(session.db)).toBe('zero');
    expect(events.labels(session.db)).toEqual({ undoLabel: null, redoLabel: 'rename to one' });
    await session.write((db) => events.redo(db));
    expect(fact(session.db)).toBe('one');
    expect(events.labels(session.db)).toEqual({ undoLabel: 'rename to one', redoLabel: 'rename to two' });
    expect(events.page(session.db, null, 10)).toHaveLength(5);
  });

  test('a new change drops what could be redone', async () => {
    const { events, workspace } = test_.kit;
    const session = workspace.require();
    await session.write((db) => events.undo(db));
    await rename('one', 'three');
    expect(events.labels(session.db).redoLabel).toBeNull();
    await expect(session.write((db) => events.redo(db))).rejects.toMatchObject({ code: 'NOTHING_TO_UNDO' });
  });

  test('events cannot be altered, and an altered chain is noticed', async () => {
    const { events, workspace } = test_.kit;
    const session = workspace.require();
    expect(events.verify(session.db)).toEqual({ isIntact: true, events: 2, brokenAtSeq: null });
    expect(() => session.db.exec("UPDATE events SET label = 'x' WHERE seq = 2")).toThrow(/append-only/);
    session.db.exec('DROP TRIGGER events_are_append_only_update');
    session.db.exec("UPDATE events SET label = 'x' WHERE seq = 2");
    expect(events.verify(session.db)).toMatchObject({ isIntact: false, brokenAtSeq: 2 });
  });
});
