import type { EventLog, Operation } from '../../core/event-log.ts';
import type { Db } from '../../core/ports.ts';
import { setWork } from './pairs.sql.ts';
import type { BallotRow } from './review-files.sql.ts';
import { touchSet } from './sets.sql.ts';
import { recountPair } from './verdicts.sql.ts';

/** What merging a ballot changes. Its verdicts were written with it and have ids that follow each other. */
export type HoldBallot = {
  readonly setKey: number;
  /** SHA-256 of the ballot file: the chain of events covers every byte of it. */
  readonly sha256: string;
  /** Ids of the first and the last verdict; null when nothing new was said. */
  readonly range: readonly [first: number, last: number] | null;
  /** Verdicts of earlier ballots that this one takes back. */
  readonly withdrawn: readonly number[];
  /** Pairs that the reviewer newly skipped and flagged. */
  readonly skipped: readonly number[];
  readonly flagged: readonly number[];
};

/** A ballot that holds, or no longer does, as data. Names and notes stay out of the log. */
export const ballotOperations = {
  hold: (args: HoldBallot): Operation => ({ kind: 'preferences.hold-ballot', args }),
  release: (args: HoldBallot): Operation => ({ kind: 'preferences.release-ballot', args }),
};

/** Teaches an event log to merge ballots and to take them back. */
export function registerBallotOperations(events: EventLog): void {
  const weigh = (_: Db, { range, withdrawn, skipped, flagged }: HoldBallot): number =>
    (range ? range[1] - range[0] + 1 : 0) + withdrawn.length + skipped.length + flagged.length;
  events.register('preferences.hold-ballot', (db, args: HoldBallot) => apply(db, args, true), weigh);
  events.register('preferences.release-ballot', (db, args: HoldBallot) => apply(db, args, false), weigh);
}

function apply(db: Db, args: HoldBallot, isHeld: boolean): void {
  const ballot = db.prepare<BallotRow>('SELECT * FROM ballots WHERE sha256 = ?').get(args.sha256);
  if (!ballot) throw new Error(`no ballot ${args.sha256}`);
  const [first, last] = args.range ?? [0, -1];
  const setState = db.prepare('UPDATE preference_verdicts SET state = ? WHERE id = ?');
  const setOwn = (state: string) =>
    db.prepare('UPDATE preference_verdicts SET state = ? WHERE id BETWEEN ? AND ?').run(state, first, last);
  const replaced = db
    .prepare<{ replaces: number }>(
      'SELECT replaces FROM preference_verdicts WHERE id BETWEEN ? AND ? AND replaces IS NOT NULL',
    )
    .column(first, last);
  // At no time may two verdicts of one reviewer hold.
  if (!isHeld) setOwn('withdrawn');
  for (const id of replaced) setState.run(isHeld ? 'replaced' : 'current', id);
  for (const id of args.withdrawn) setState.run(isHeld ? 'withdrawn' : 'current', id);
  if (isHeld) setOwn('current');
  const at = { key: args.setKey, reviewer: ballot.reviewer };
  for (const pairId of args.skipped) setWork(db, { ...at, pairId }, { isSkipped: isHeld });
  for (const pairId of args.flagged) setWork(db, { ...at, pairId }, { isFlagged: isHeld });
  db.prepare('UPDATE ballots SET is_merged = ? WHERE sha256 = ?').run(isHeld ? 1 : 0, args.sha256);
  recountPairs(db, { first, last, withdrawn: args.withdrawn });
  touchSet(db, args.setKey);
}

function recountPairs(db: Db, of: { first: number; last: number; withdrawn: readonly number[] }): void {
  const pairs = db
    .prepare<{ pair_id: number }>(
      `SELECT pair_id FROM preference_verdicts WHERE id BETWEEN ? AND ?
       UNION SELECT pair_id FROM preference_verdicts WHERE id IN (SELECT value FROM json_each(?))`,
    )
    .column(of.first, of.last, JSON.stringify(of.withdrawn));
  for (const pairId of pairs) recountPair(db, pairId);
}
