import { EventLog } from '../../core/event-log.ts';
import type { DbAddress, WorkerContext } from '../../core/ports.ts';
import { type BulkAction, type BulkIds, planBulk } from './bulk.ts';
import type { DatasetWorkerParts } from './import.job.ts';
import { registerOperations } from './operations.ts';
import { requireDataset } from './reader.ts';

export type BulkInput = {
  readonly store: DbAddress;
  readonly datasetId: string;
  readonly ids: BulkIds;
  readonly action: BulkAction;
  readonly at: number;
};

/** Does something to many examples off the main thread, as one event. Job `datasets.bulk`. */
export function createBulkJob(parts: Pick<DatasetWorkerParts, 'openStore'>) {
  return async (input: BulkInput, context: WorkerContext): Promise<{ changed: number }> => {
    const db = parts.openStore(input.store);
    const events = new EventLog({ now: () => input.at });
    registerOperations(events);
    const unlock = await context.lockWriter();
    try {
      return db.transaction(() => {
        const target = { dataset: requireDataset(db, input.datasetId), ids: input.ids };
        const { event, changed } = planBulk(db, target, input.action);
        if (event) events.run(db, event);
        return { changed };
      });
    } finally {
      unlock();
      db.close();
    }
  };
}
