import type { EventLog } from '../../core/event-log.ts';
import type { GateSetting } from '../../../shared/features/privacy/privacy.model.ts';
import { keptInBatch, switchKeeping, writeGate } from './decisions.sql.ts';

export type KeepingArgs = { batch: string; isKept: boolean };

/** Makes the operations of this feature's events known, in the core and in its workers. */
export function registerPrivacyOperations(events: EventLog): void {
  events.register(
    'privacy.switch-keeping',
    (db, args: KeepingArgs) => switchKeeping(db, args),
    (db, args: KeepingArgs) => keptInBatch(db, args),
  );
  events.register('privacy.set-gate', (db, setting: GateSetting) => writeGate(db, setting));
}
