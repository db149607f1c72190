import type { Reason } from '../../../shared/features/preferences/preferences.model.ts';
import type { EventLog } from '../../core/event-log.ts';

/** Teaches an event log to change the workspace's reasons. */
export function registerReasonOperations(events: EventLog): void {
  events.register('preferences.set-reasons', (db, { reasons }: { reasons: readonly Reason[] }) => {
    db.prepare('DELETE FROM preference_reasons').run();
    const insert = db.prepare('INSERT INTO preference_reasons VALUES (?, ?, ?, ?)');
    for (const [place, { code, label, isHidden }] of reasons.entries()) {
      insert.run(code, label, place + 1, isHidden ? 1 : 0);
    }
  });
}
