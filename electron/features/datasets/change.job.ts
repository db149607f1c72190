import { EventLog, type NewEvent } from '../../core/event-log.ts';
import type { DbAddress, WorkerContext } from '../../core/ports.ts';
import type { DatasetWorkerParts } from './import.job.ts';
import { registerOperations } from './operations.ts';

export type ChangeInput = { readonly store: DbAddress; readonly event: NewEvent; readonly at: number };

/** Makes a change of many examples off the main thread, as one event. Job `datasets.change`. */
export function createChangeJob(parts: Pick<DatasetWorkerParts, 'openStore'>) {
  return async (input: ChangeInput, context: WorkerContext): Promise<void> => {
    const db = parts.openStore(input.store);
    const events = new EventLog({ now: () => input.at });
    registerOperations(events);
    const unlock = await context.lockWriter();
    try {
      db.transaction(() => events.run(db, input.event));
    } finally {
      unlock();
      db.close();
    }
  };
}
