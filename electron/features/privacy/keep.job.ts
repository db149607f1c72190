import type { WhichDetections } from '../../../shared/features/privacy/privacy.model.ts';
import { EventLog } from '../../core/event-log.ts';
import type { Db, DbAddress, WorkerContext } from '../../core/ports.ts';
import { type KeepingArgs, registerPrivacyOperations } from './operations.ts';
import { pagesOfOpen } from './privacy.sql.ts';
import { prepareKeeping } from './decisions.sql.ts';
import { locked } from './scan.job.ts';

export type KeepInput = {
  store: DbAddress;
  key: number;
  which: WhichDetections;
  batch: string;
  reason: string;
  /** What the event is called. */
  label: string;
  at: number;
};

/**
 * Keeps detections with a reason: the values are written down page by page, not yet in force, so that others can write in
 * between; one event puts all of them in force. Job `privacy.keep`.
 */
export function createKeepJob(parts: { openStore(address: DbAddress): Db }) {
  return async (input: KeepInput, context: WorkerContext): Promise<void> => {
    const { key, which, batch, reason, label } = input;
    const db = parts.openStore(input.store);
    const events = new EventLog({ now: () => input.at });
    registerPrivacyOperations(events);
    const operation = (isKept: boolean): { kind: string; args: KeepingArgs } => ({
      kind: 'privacy.switch-keeping',
      args: { batch, isKept },
    });
    try {
      for (const rows of pagesOfOpen(db, key, which))
        await locked(db, context, () => prepareKeeping(db, rows, { batch, reason }));
      await locked(db, context, () =>
        events.run(db, {
          feature: 'privacy',
          kind: 'privacy.detections-kept',
          label,
          forward: operation(true),
          inverse: operation(false),
        }),
      );
    } finally {
      db.close();
    }
  };
}
