import { EventLog } from './event-log.ts';
import type { Db, DbAddress, WorkerContext } from './ports.ts';

export type HistoryInput = { readonly store: DbAddress; readonly verb: 'undo' | 'redo'; readonly at: number };

/** The worker job `<feature>.history`: takes back, or makes again, a change of many rows off the main thread. */
export function createHistoryJob(
  parts: { openStore(address: DbAddress): Db },
  registerOperations: (events: EventLog) => void,
) {
  return async (input: HistoryInput, context: WorkerContext): Promise<{ label: string; feature: string }> => {
    const db = parts.openStore(input.store);
    const events = new EventLog({ now: () => input.at });
    registerOperations(events);
    const unlock = await context.lockWriter();
    try {
      return db.transaction(() => (input.verb === 'undo' ? events.undo(db) : events.redo(db)));
    } finally {
      unlock();
      db.close();
    }
  };
}
