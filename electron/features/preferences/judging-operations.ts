import type { EventLog, Operation } from '../../core/event-log.ts';
import { setWork } from './pairs.sql.ts';
import { findSet, touchSet } from './sets.sql.ts';
import { holdVerdict } from './verdicts.sql.ts';

type Hold = {
  readonly current: number | null;
  readonly former: number | null;
  readonly formerState: 'replaced' | 'withdrawn';
  /** Of the verdict's content, so that the chain of events covers it; null where nothing new was said. */
  readonly sha256: string | null;
};
type AtPair = { readonly setId: string; readonly pairId: number; readonly reviewer: string };

/** Changes of judging as data; verdicts are named by id, so that no note of a reviewer gets into the log. */
export const judgingOperations = {
  hold: (args: Hold): Operation => ({ kind: 'preferences.hold-verdict', args }),
  skip: (args: AtPair & { isSkipped: boolean }): Operation => ({ kind: 'preferences.skip', args }),
  flag: (args: AtPair & { isFlagged: boolean }): Operation => ({ kind: 'preferences.flag', args }),
};

/** Teaches an event log these operations. */
export function registerJudgingOperations(events: EventLog): void {
  events.register('preferences.hold-verdict', (db, args: Hold) => holdVerdict(db, args));
  const work = (kind: string): void =>
    events.register(kind, (db, args: AtPair & { isSkipped?: boolean; isFlagged?: boolean }) => {
      const set = findSet(db, args.setId);
      if (!set) return;
      const change = {
        ...(args.isSkipped === undefined ? {} : { isSkipped: args.isSkipped }),
        ...(args.isFlagged === undefined ? {} : { isFlagged: args.isFlagged }),
      };
      setWork(db, { key: set.key, pairId: args.pairId, reviewer: args.reviewer }, change);
      touchSet(db, set.key);
    });
  work('preferences.skip');
  work('preferences.flag');
}
