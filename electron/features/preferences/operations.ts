import type { EventLog } from '../../core/event-log.ts';
import { registerBallotOperations } from './ballot-operations.ts';
import { registerJudgingOperations } from './judging-operations.ts';
import { registerReasonOperations } from './reason-operations.ts';
import { registerSetOperations } from './set-operations.ts';

/** Teaches an event log every change of preferences. */
export function registerOperations(events: EventLog): void {
  registerSetOperations(events);
  registerJudgingOperations(events);
  registerReasonOperations(events);
  registerBallotOperations(events);
}
