import { open } from 'node:fs/promises';
import type { MergeResult } from '../../../shared/features/preferences/ballots.model.ts';
import { maxBallotBytes } from '../../../shared/features/preferences/ballots.rules.ts';
import { AppFailure } from '../../../shared/failures.ts';
import { EventLog } from '../../core/event-log.ts';
import type { Db, DbAddress, WorkerContext } from '../../core/ports.ts';
import { registerBallotOperations } from './ballot-operations.ts';
import { type MergeCounts, mergeBallot } from './merge-ballot.sql.ts';
import { BallotRefusal, type CheckedBallot, checkBallot, openBallot } from './open-ballot.ts';
import { findReviewFile, type ReviewFileRow } from './review-files.sql.ts';
import { deriveReviewKeys, type ReviewKeys } from './review-keys.ts';
import { requireSet, type SetRow } from './sets.sql.ts';

export type MergeInput = {
  readonly store: DbAddress;
  readonly setId: string;
  readonly files: readonly { readonly path: string; readonly name: string }[];
  readonly passphrase: string;
  readonly allowsSecondKey: boolean;
  readonly at: number;
};

type MergeParts = { openStore(address: DbAddress): Db };

/**
 * Merges ballot files one after the other, each in a transaction of its own: a refused one changes nothing and does not
 * stop the rest. Job `ballots.merge`.
 */
export function createMergeJob(parts: MergeParts) {
  return async (input: MergeInput, context: WorkerContext): Promise<MergeResult[]> => {
    const db = parts.openStore(input.store);
    const events = new EventLog({ now: () => input.at });
    registerBallotOperations(events);
    const keysOf = createKeys(input.passphrase);
    const results: MergeResult[] = [];
    try {
      for (const [at, { path, name }] of input.files.entries()) {
        if (context.isCancelled()) throw stopped(at);
        results.push(await mergeFile({ db, events, keysOf, input, context }, { path, name }));
        context.progress({ done: at + 1, total: input.files.length, message: '' });
      }
    } finally {
      db.close();
    }
    return results;
  };
}

type Merging = {
  readonly db: Db;
  readonly events: EventLog;
  readonly keysOf: (file: ReviewFileRow) => ReviewKeys;
  readonly input: MergeInput;
  readonly context: WorkerContext;
};

async function mergeFile(
  merging: Merging,
  { path, name }: { path: string; name: string },
): Promise<MergeResult> {
  let reviewer: string | null = null;
  try {
    const ballot = checkBallot(await readSmall(path));
    const { set, file } = requireOurs(merging.db, ballot, merging.input.setId);
    const body = openBallot(ballot, merging.keysOf(file));
    reviewer = body.reviewer;
    const { db, events, input } = merging;
    const counts = await inTransaction(merging, () => {
      // Another window may have closed the queue or merged meanwhile.
      requireOurs(db, ballot, input.setId);
      const { allowsSecondKey, at } = input;
      return mergeBallot(db, events, { set, file, ballot, body, allowsSecondKey, at });
    });
    return { name, reviewer, refused: null, what: wordsFor(counts), todo: '', ...counts };
  } catch (error) {
    if (!(error instanceof BallotRefusal)) throw error;
    const { what, todo } = error.data;
    const none: MergeCounts = { added: 0, changed: 0, unchanged: 0, withdrawn: 0 };
    return { name, reviewer, refused: error.reason, what, todo, ...none };
  }
}

async function inTransaction<T>({ db, context }: Merging, change: () => T): Promise<T> {
  const unlock = await context.lockWriter();
  try {
    return db.transaction(change);
  } finally {
    unlock();
  }
}

/** A file up to the largest ballot; a bigger one is not read. */
async function readSmall(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size <= maxBallotBytes) return await file.readFile();
  } finally {
    await file.close();
  }
  throw new BallotRefusal(
    'too_large',
    `This file is larger than ${maxBallotBytes / 1024 / 1024} MB; no ballot is.`,
    'Choose the file that the review page saved.',
  );
}

/** The review file that a ballot answers; throws BallotRefusal when it is not of this set or the queue is closed. */
function requireOurs(db: Db, ballot: CheckedBallot, setId: string): { set: SetRow; file: ReviewFileRow } {
  const set = requireSet(db, setId);
  const file = findReviewFile(db, ballot.reviewFile);
  if (!file) {
    throw new BallotRefusal(
      'foreign',
      'This ballot answers a review file that was not made in this workspace.',
      'Open the workspace in which the review file was made.',
    );
  }
  if (file.preference_set !== set.key) {
    const other = db
      .prepare<{ name: string }>('SELECT name FROM preference_sets WHERE key = ?')
      .get(file.preference_set);
    throw new BallotRefusal(
      'foreign',
      `This ballot is for the set “${other?.name ?? ''}”, not for “${set.name}”.`,
      'Merge it there.',
    );
  }
  if (file.set_sha256 !== ballot.setSha256) {
    throw new BallotRefusal(
      'foreign',
      'This ballot was given on other texts than those of its review file.',
      'Do not use it: the review file was changed before it was judged.',
    );
  }
  if (set.closed_at !== null) {
    throw new BallotRefusal('closed', `The queue of “${set.name}” is closed.`, 'Open it again, then merge.');
  }
  return { set, file };
}

/** The keys of each review file, worked out once. */
function createKeys(passphrase: string): (file: ReviewFileRow) => ReviewKeys {
  const known = new Map<string, ReviewKeys>();
  return (file) => {
    const keys = known.get(file.id) ?? deriveReviewKeys(passphrase, file);
    known.set(file.id, keys);
    return keys;
  };
}

function wordsFor({ added, changed, unchanged, withdrawn }: MergeCounts): string {
  const parts = [`${added} new`];
  if (changed > 0) parts.push(`${changed} changed (what was said before stays in the history)`);
  if (withdrawn > 0) parts.push(`${withdrawn} taken back`);
  if (unchanged > 0) parts.push(`${unchanged} as before`);
  return `Merged: ${parts.join(', ')}.`;
}

function stopped(merged: number): AppFailure {
  return new AppFailure('CANCELLED', {
    what: `The merge was stopped after ${merged} ballots.`,
    todo: 'Choose the files again; merged ones are not counted twice.',
    retry: 'now',
  });
}
