import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { OutcomeCounts, OutcomePolicy } from '../../../shared/features/preferences/outcome.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { Db, DbAddress, WorkerContext } from '../../core/ports.ts';
import { sealSpool } from '../../core/spool-cipher.ts';
import { dropOutcome, insertOutcome } from './outcome.sql.ts';
import { countOutcomes, findOutcomes, type OutcomeRow } from './outcome-rows.ts';
import { requireSet } from './sets.sql.ts';

type Parts = { openStore(address: DbAddress, options?: { readonly?: boolean }): Db };
export type CountInput = {
  readonly store: DbAddress;
  readonly setId: string;
  readonly policy: OutcomePolicy;
};
export type SpoolInput = CountInput & {
  readonly datasetId: string;
  readonly path: string;
  readonly key: string;
  readonly at: number;
};

/** What a policy would make of a set. Job `preferences.count-outcome`. */
export function createCountOutcomeJob(parts: Parts) {
  return async ({ store, setId, policy }: CountInput): Promise<OutcomeCounts> => {
    const db = parts.openStore(store, { readonly: true });
    try {
      return countOutcomes(db, findOutcomes(db, requireSet(db, setId), policy));
    } finally {
      db.close();
    }
  };
}

/**
 * Writes the rows that a policy makes of a set into an encrypted spool, and for every line where it comes from. Job
 * `preferences.spool-outcome`; the spool is imported as a data set then.
 */
export function createSpoolOutcomeJob(parts: Parts) {
  return async (input: SpoolInput, context: WorkerContext): Promise<{ rows: number }> => {
    const db = parts.openStore(input.store);
    try {
      const set = requireSet(db, input.setId);
      const { rows } = findOutcomes(db, set, input.policy);
      if (rows.length === 0) throw nothingLeft();
      const unlock = await context.lockWriter();
      try {
        db.transaction(() => {
          dropOutcome(db, input.datasetId);
          const { datasetId, policy, at } = input;
          insertOutcome(db, { datasetId, setKey: set.key, policy, at, rows });
        });
      } finally {
        unlock();
      }
      await pipeline(linesOf(db, rows, context), sealSpool(input.key), createWriteStream(input.path));
      return { rows: rows.length };
    } finally {
      db.close();
    }
  };
}

function nothingLeft(): AppFailure {
  return new AppFailure('PREFERENCES_IMPOSSIBLE', {
    what: 'The policy leaves no row.',
    todo: 'Look at the counts of what is left out, and judge more or ask for less.',
    retry: 'never',
  });
}

function* linesOf(
  db: Db,
  rows: readonly OutcomeRow[],
  context: WorkerContext,
): Generator<string, void, void> {
  const promptOf = db.prepare<{ input: string }>('SELECT input FROM preference_prompts WHERE id = ?');
  const answerOf = db.prepare<{ message: string }>('SELECT message FROM preference_candidates WHERE id = ?');
  const answer = (id: number): unknown => JSON.parse(answerOf.get(id)?.message ?? 'null');
  for (const [at, { promptId, preferred, rejected }] of rows.entries()) {
    const input = JSON.parse(promptOf.get(promptId)?.input ?? '{}') as { messages: unknown[] };
    const { messages, ...rest } = input;
    const row =
      rejected === null
        ? { messages: [...messages, answer(preferred)], ...rest }
        : {
            input: { messages, ...rest },
            preferred_output: [answer(preferred)],
            non_preferred_output: [answer(rejected)],
          };
    yield `${JSON.stringify(row)}\n`;
    if (at % 500 !== 0) continue;
    context.progress({ done: at, total: rows.length, message: 'Writing rows' });
    if (context.isCancelled()) throw cancelled();
  }
}

function cancelled(): AppFailure {
  return new AppFailure('CANCELLED', {
    what: 'No data set was made.',
    todo: 'Nothing of it was kept.',
    retry: 'now',
  });
}

/** SHA-256 of a text as hex. */
export function textSha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
