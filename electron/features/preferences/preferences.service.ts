import type { preferencesContract } from '../../../shared/features/preferences/preferences.contract.ts';
import type { EventLog } from '../../core/event-log.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import { createJudging } from './judging.ts';
import { registerJudgingOperations } from './judging-operations.ts';
import { createQueue } from './queue.ts';
import { createReasons, registerReasonOperations } from './reasons.ts';
import { registerSetOperations } from './set-operations.ts';
import { createSets, type PreferenceRequires } from './sets.ts';

/** Teaches an event log every change of preferences. */
export function registerOperations(events: EventLog): void {
  registerSetOperations(events);
  registerJudgingOperations(events);
  registerReasonOperations(events);
}

/** Sets of pairs and their judging. */
export function createPreferencesService(
  kit: Kit,
  requires: PreferenceRequires,
): Handlers<typeof preferencesContract> {
  registerOperations(kit.events);
  return {
    ...createSets(kit, requires),
    ...createQueue(kit),
    ...createJudging(kit),
    ...createReasons(kit),
  };
}
