import type { PreferenceSettings } from '../../../shared/features/preferences/preferences.model.ts';
import type { EventLog, Operation } from '../../core/event-log.ts';
import type { Db } from '../../core/ports.ts';
import { recountFinished } from './verdicts.sql.ts';
import { findSet, type SetRow, touchSet } from './sets.sql.ts';

type Settings = Pick<PreferenceSettings, 'reviewersPerPair' | 'reviewers'>;
type Dealing = Settings & { readonly seed: number };

/** Changes of whole sets as data. */
export const setOperations = {
  show: (setId: string): Operation => ({ kind: 'preferences.show-set', args: { setId } }),
  hide: (setId: string, at: number): Operation => ({ kind: 'preferences.hide-set', args: { setId, at } }),
  rename: (setId: string, name: string): Operation => ({
    kind: 'preferences.rename-set',
    args: { setId, name },
  }),
  close: (setId: string, at: number | null): Operation => ({
    kind: 'preferences.close-set',
    args: { setId, at },
  }),
  unblind: (setId: string, at: number): Operation => ({
    kind: 'preferences.unblind-set',
    args: { setId, at },
  }),
  /** Puts pairs at places: `ids[i]` gets the i-th place; packed as base64 of 32-bit numbers. */
  place: (setId: string, ids: string, order: PreferenceSettings['order']): Operation => ({
    kind: 'preferences.place-pairs',
    args: { setId, ids, order },
  }),
  deal: (setId: string, dealing: Dealing): Operation => ({
    kind: 'preferences.deal-pairs',
    args: { setId, ...dealing },
  }),
};

type OfSet = { setId: string };

/** Teaches an event log these operations. */
export function registerSetOperations(events: EventLog): void {
  const register = <Args extends OfSet>(
    kind: string,
    apply: (db: Db, row: SetRow, args: Args) => void,
    weigh?: (row: SetRow) => number,
  ): void =>
    events.register(
      kind,
      (db, args: Args) => {
        const row = findSet(db, args.setId);
        if (!row) return;
        apply(db, row, args);
        touchSet(db, row.key);
      },
      weigh
        ? (db, { setId }: Args) => {
            const row = findSet(db, setId);
            return row ? weigh(row) : 0;
          }
        : undefined,
    );
  const update = (column: 'deleted_at' | 'name' | 'closed_at' | 'unblinded_at') => {
    const sql = `UPDATE preference_sets SET ${column} = ? WHERE key = ?`;
    return (db: Db, row: SetRow, value: string | number | null) => void db.prepare(sql).run(value, row.key);
  };
  register('preferences.show-set', (db, row) => update('deleted_at')(db, row, null));
  register('preferences.hide-set', (db, row, args: OfSet & { at: number }) =>
    update('deleted_at')(db, row, args.at),
  );
  register('preferences.rename-set', (db, row, args: OfSet & { name: string }) =>
    update('name')(db, row, args.name),
  );
  register('preferences.close-set', (db, row, args: OfSet & { at: number | null }) =>
    update('closed_at')(db, row, args.at),
  );
  register('preferences.unblind-set', (db, row, args: OfSet & { at: number }) =>
    update('unblinded_at')(db, row, args.at),
  );
  register('preferences.place-pairs', place, ({ pairs }) => pairs);
  register('preferences.deal-pairs', deal, ({ pairs }) => pairs);
}

function place(
  db: Db,
  row: SetRow,
  { ids, order }: OfSet & { ids: string; order: PreferenceSettings['order'] },
): void {
  const bytes = Uint8Array.from(Buffer.from(ids, 'base64'));
  const move = db.prepare('UPDATE preference_pairs SET position = ? WHERE id = ? AND preference_set = ?');
  // Places are taken once each: they move out of the way first.
  db.prepare('UPDATE preference_pairs SET position = position + 100000000 WHERE preference_set = ?').run(
    row.key,
  );
  for (const [index, id] of new Uint32Array(bytes.buffer).entries()) move.run(index + 1, id, row.key);
  db.prepare("UPDATE preference_sets SET settings = json_set(settings, '$.order', ?) WHERE key = ?").run(
    order,
    row.key,
  );
}

/** Every pair goes to `reviewersPerPair` of the reviewers, in turn; the repeat of a pair goes to the same ones. */
function deal(db: Db, row: SetRow, { reviewers, reviewersPerPair }: OfSet & Dealing): void {
  db.prepare(
    `DELETE FROM preference_assignments WHERE pair_id IN (SELECT id FROM preference_pairs WHERE preference_set = ?)`,
  ).run(row.key);
  const insert = db.prepare('INSERT INTO preference_assignments (reviewer, pair_id) VALUES (?, ?)');
  const each = Math.min(reviewersPerPair, reviewers.length);
  const pairs = db
    .prepare<{ id: number; repeat_of: number | null }>(
      'SELECT id, repeat_of FROM preference_pairs WHERE preference_set = ? ORDER BY id',
    )
    .all(row.key);
  const turns = new Map<number, number>();
  for (const { id, repeat_of: repeatOf } of pairs) {
    const turn = repeatOf === null ? turns.size : (turns.get(repeatOf) ?? 0);
    if (repeatOf === null) turns.set(id, turn);
    for (let at = 0; at < each; at += 1)
      insert.run(reviewers[(turn * each + at) % reviewers.length] ?? '', id);
  }
  db.prepare(
    `UPDATE preference_sets SET settings = json_set(settings, '$.reviewers', json(?), '$.reviewersPerPair', CAST(? AS INTEGER))
     WHERE key = ?`,
  ).run(JSON.stringify(reviewers), reviewersPerPair, row.key);
  recountFinished(db, row.key, reviewersPerPair);
}
