import type { BallotBody, BallotVerdict } from '../../../shared/features/preferences/ballots.rules.ts';
import type { VerdictInput } from '../../../shared/features/preferences/preferences.model.ts';
import { verdictProblem } from '../../../shared/features/preferences/verdict.rules.ts';
import type { EventLog } from '../../core/event-log.ts';
import type { Db } from '../../core/ports.ts';
import { ballotOperations } from './ballot-operations.ts';
import { BallotRefusal, type CheckedBallot } from './open-ballot.ts';
import { workOf } from './pairs.sql.ts';
import {
  ballotsOfFile,
  insertBallot,
  nameOfKey,
  type ReviewFileRow,
  unpackPairIds,
} from './review-files.sql.ts';
import type { SetRow } from './sets.sql.ts';
import { currentVerdict, insertVerdict, type VerdictRow } from './verdicts.sql.ts';

/** A ballot opened, with the file that it answers. */
export type OpenedBallot = {
  readonly set: SetRow;
  readonly file: ReviewFileRow;
  readonly ballot: CheckedBallot;
  readonly body: BallotBody;
  readonly allowsSecondKey: boolean;
  readonly at: number;
};
export type MergeCounts = { added: number; changed: number; unchanged: number; withdrawn: number };

/**
 * Merges a ballot as one event, inside the caller's transaction. Throws BallotRefusal when it is replayed, of another
 * reviewer or makes no sense in this set.
 */
export function mergeBallot(db: Db, events: EventLog, opened: OpenedBallot): MergeCounts {
  refuseUnfit(db, opened);
  const { set, file, ballot, body, at } = opened;
  const ids = unpackPairIds(file.pair_ids);
  const idOf = (pair: number): number => ids[pair - 1] ?? 0;
  insertBallot(db, {
    sha256: ballot.sha256,
    review_file: file.id,
    public_key: ballot.publicKey,
    sequence: ballot.sequence,
    reviewer: body.reviewer,
    verdicts: body.verdicts.length,
    merged_at: at,
  });
  const { range, ...counts } = writeVerdicts(db, opened, idOf);
  const said = new Set(body.verdicts.map(({ pair }) => idOf(pair)));
  const withdrawn = takenBack(db, opened, said);
  const lacks = (pairs: readonly number[], field: 'is_skipped' | 'is_flagged'): number[] =>
    pairs.map(idOf).filter((pairId) => workOf(db, pairId, body.reviewer)?.[field] !== 1);
  const change = {
    setKey: set.key,
    sha256: ballot.sha256,
    range,
    withdrawn,
    skipped: lacks(body.skipped, 'is_skipped').filter((pairId) => !said.has(pairId)),
    flagged: lacks(body.flagged, 'is_flagged'),
  };
  events.run(db, {
    feature: 'preferences',
    kind: 'preferences.ballot-merged',
    label: `merge a ballot with ${body.verdicts.length} verdicts into “${set.name}”`,
    forward: ballotOperations.hold(change),
    inverse: ballotOperations.release(change),
  });
  return { ...counts, withdrawn: withdrawn.length };
}

function refuseUnfit(db: Db, { set, file, ballot, body, allowsSecondKey }: OpenedBallot): void {
  const pairs = file.pair_ids.length / 4;
  const named = [...body.verdicts.map(({ pair }) => pair), ...body.skipped, ...body.flagged];
  if (named.some((pair) => pair > pairs)) {
    throw new BallotRefusal(
      'unknown_pairs',
      `This ballot judges pairs that its review file, with ${pairs} pairs, does not hold.`,
      'Do not use it: no review page writes this.',
    );
  }
  const problem = problemOf(set, body);
  if (problem) throw new BallotRefusal('invalid', problem, 'Do not use it: no review page writes this.');
  refuseReplay(db, { file, ballot });
  refuseOtherReviewer(db, { file, ballot, reviewer: body.reviewer, allowsSecondKey });
}

function problemOf(set: SetRow, { verdicts }: BallotBody): string | null {
  const twice = new Set(verdicts.map(({ pair }) => pair)).size < verdicts.length;
  if (twice) return 'This ballot judges the same pair twice.';
  for (const verdict of verdicts) {
    const problem = verdictProblem(set.kind, inputOf(verdict));
    if (problem) return `The verdict on pair ${verdict.pair} cannot be: ${problem}`;
  }
  return null;
}

function refuseReplay(db: Db, { file, ballot }: { file: ReviewFileRow; ballot: CheckedBallot }): void {
  const newest = ballotsOfFile(db, file.id).find(({ public_key: key }) => key === ballot.publicKey);
  if (!newest || newest.sequence < ballot.sequence) return;
  if (newest.sha256 === ballot.sha256) {
    throw new BallotRefusal('replayed', 'This ballot is merged already.', 'Nothing needs to be done.');
  }
  throw new BallotRefusal(
    'replayed',
    `This is ballot ${ballot.sequence} of its reviewer, and ballot ${newest.sequence} is merged already.`,
    'Ask for the newest ballot if it is missing; the older one counts no more.',
  );
}

function refuseOtherReviewer(
  db: Db,
  of: { file: ReviewFileRow; ballot: CheckedBallot; reviewer: string; allowsSecondKey: boolean },
): void {
  const { file, ballot, reviewer } = of;
  if (file.reviewer !== null && file.reviewer !== reviewer) {
    throw new BallotRefusal(
      'other_reviewer',
      `The review file was made for ${file.reviewer}, and this ballot is from ${reviewer}.`,
      `Make a review file for ${reviewer}.`,
    );
  }
  const known = nameOfKey(db, ballot.publicKey);
  if (known !== undefined && known !== reviewer) {
    throw new BallotRefusal(
      'other_reviewer',
      `The key of this ballot has judged before under the name ${known}; now it says ${reviewer}.`,
      'Ask who of them it was: nobody may vote under two names.',
    );
  }
  const hasOtherKey = ballotsOfFile(db, file.id).some(
    (one) => one.reviewer === reviewer && one.public_key !== ballot.publicKey,
  );
  if (!hasOtherKey || of.allowsSecondKey) return;
  throw new BallotRefusal(
    'second_key',
    `There is a ballot from ${reviewer} that was signed with another key.`,
    `Ask ${reviewer} whether this one is theirs, too (another browser or machine has another key). If so, allow it and merge again.`,
  );
}

const inputOf = ({ choice, rating, strength, reasons, note }: BallotVerdict): VerdictInput => ({
  choice,
  rating,
  strength,
  reasons: [...reasons],
  note,
  ideal: null,
});

/** True when a verdict that holds says the same; when and where it was given does not matter. */
function saysTheSame(row: VerdictRow, verdict: BallotVerdict): boolean {
  return (
    row.choice === verdict.choice &&
    row.rating === verdict.rating &&
    row.strength === verdict.strength &&
    row.note === verdict.note &&
    row.reasons === JSON.stringify(verdict.reasons)
  );
}

/** Writes what is new, not in force yet. */
function writeVerdicts(db: Db, opened: OpenedBallot, idOf: (pair: number) => number) {
  const { set, file, ballot, body } = opened;
  const counts = { added: 0, changed: 0, unchanged: 0 };
  let range: [first: number, last: number] | null = null;
  for (const verdict of body.verdicts) {
    const of = { pairId: idOf(verdict.pair), reviewer: body.reviewer, role: 'reviewer' as const };
    const before = currentVerdict(db, of);
    if (before && saysTheSame(before, verdict)) {
      counts.unchanged += 1;
      continue;
    }
    const id = insertVerdict(db, {
      ...inputOf(verdict),
      ...of,
      setKey: set.key,
      idealCandidate: null,
      isBlind: file.is_blind === 1,
      elapsedMs: verdict.elapsedMs,
      // Clocks of others may be wrong, but nobody judges after the merge.
      at: Math.min(verdict.decidedAt, opened.at),
      origin: 'file',
      ballot: ballot.sha256,
      replaces: before?.id ?? null,
    });
    range = [range?.[0] ?? id, id];
    counts[before ? 'changed' : 'added'] += 1;
  }
  return { ...counts, range };
}

/** Verdicts from earlier ballots of the same key that this one no longer holds. */
function takenBack(db: Db, { set, file, ballot, body }: OpenedBallot, said: ReadonlySet<number>): number[] {
  return db
    .prepare<{ id: number; pair_id: number }>(
      `SELECT v.id, v.pair_id FROM preference_verdicts v JOIN ballots b ON b.sha256 = v.ballot
       WHERE v.preference_set = ? AND v.reviewer = ? AND v.state = 'current' AND b.review_file = ? AND b.public_key = ?`,
    )
    .all(set.key, body.reviewer, file.id, ballot.publicKey)
    .filter(({ pair_id: pairId }) => !said.has(pairId))
    .map(({ id }) => id);
}
