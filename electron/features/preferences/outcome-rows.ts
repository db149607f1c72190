import { contentHash } from '../../../shared/features/datasets/content-hash.ts';
import {
  outcomeOf,
  type PairOutcome,
  ratingOutcome,
  type Vote,
  withoutRepeats,
} from '../../../shared/features/preferences/outcome.rules.ts';
import type {
  LeftOut,
  OutcomeCounts,
  OutcomePolicy,
} from '../../../shared/features/preferences/outcome.model.ts';
import type { PreferenceKind } from '../../../shared/features/preferences/preferences.model.ts';
import type { Db } from '../../core/ports.ts';
import { flaggedPairs, type SourcePair, sourcePairs, votesOf } from './votes.sql.ts';

/** A row that a data set gets: which answers, and the verdicts it comes from. */
export type OutcomeRow = {
  readonly pairId: number;
  readonly promptId: number;
  readonly preferred: number;
  readonly rejected: number | null;
  readonly strength: number;
  readonly isEdited: boolean;
  readonly isAdjudicated: boolean;
  readonly verdictIds: readonly number[];
};

export type Outcomes = {
  readonly rows: readonly OutcomeRow[];
  readonly pairs: number;
  readonly leftOut: ReadonlyMap<LeftOut, number>;
};

/** Works out what a policy makes of a set, in the order of its source. */
export function findOutcomes(
  db: Db,
  set: { key: number; kind: PreferenceKind },
  policy: OutcomePolicy,
): Outcomes {
  const votes = votesOf(db, set.key);
  const flagged = policy.leaveOutFlagged ? flaggedPairs(db, set.key) : new Set<number>();
  const leftOut = new Map<LeftOut, number>();
  const count = (why: LeftOut): void => void leftOut.set(why, (leftOut.get(why) ?? 0) + 1);
  const pairs = sourcePairs(db, set.key);
  const made: { row: OutcomeRow; pair: SourcePair }[] = [];
  for (const pair of pairs) {
    const own = votes.get(pair.id) ?? [];
    const found = flagged.has(pair.id) ? 'flagged' : rowsOfPair(set.kind, pair, { votes: own, policy });
    if (typeof found === 'string') count(found);
    else made.push(...found.map((row) => ({ row, pair })));
  }
  const hashOf = createAnswerHash(db);
  const fates = withoutRepeats(
    made.map(({ row, pair }) => ({
      prompt: Buffer.from(pair.promptHash).toString('hex'),
      preferred: hashOf(row.preferred),
      rejected: row.rejected === null ? null : hashOf(row.rejected),
      strength: row.strength,
    })),
    policy,
  );
  for (const fate of fates) if (fate) count(fate);
  return {
    rows: made.filter((_, at) => fates[at] === null).map(({ row }) => row),
    pairs: pairs.length,
    leftOut,
  };
}

function rowsOfPair(
  kind: PreferenceKind,
  pair: SourcePair,
  { votes, policy }: { votes: readonly Vote[]; policy: OutcomePolicy },
): OutcomeRow[] | LeftOut {
  const plain = {
    pairId: pair.id,
    promptId: pair.promptId,
    rejected: null,
    isEdited: false,
    isAdjudicated: false,
  };
  if (kind === 'ratings') {
    const rated = ratingOutcome(votes, policy);
    if (rated.kind === 'left_out') return rated.why;
    const { mean: strength, ideal, verdictIds } = rated;
    if (ideal === null) return [{ ...plain, preferred: pair.a, strength, verdictIds }];
    return [rowOfRewriting(pair, { ideal, isAdjudicated: false, verdictIds }, policy)];
  }
  const outcome = outcomeOf(votes, policy);
  if (outcome.kind === 'left_out') return outcome.why;
  if (outcome.kind === 'both') {
    const answers = [pair.a, ...(pair.b === null ? [] : [pair.b])];
    return answers.map((preferred) => ({ ...plain, preferred, strength: 1, verdictIds: outcome.verdictIds }));
  }
  if (outcome.kind === 'rewritten') return [rowOfRewriting(pair, outcome, policy)];
  return [rowOfWinner(pair, outcome, policy)];
}

function rowOfWinner(
  pair: SourcePair,
  outcome: Extract<PairOutcome, { kind: 'winner' }>,
  { method }: OutcomePolicy,
): OutcomeRow {
  const [winner, loser] = outcome.side === 'a' ? [pair.a, pair.b] : [pair.b ?? pair.a, pair.a];
  return {
    pairId: pair.id,
    promptId: pair.promptId,
    preferred: outcome.ideal ?? winner,
    rejected: method === 'dpo' ? loser : null,
    strength: outcome.strength,
    isEdited: outcome.ideal !== null,
    isAdjudicated: outcome.isAdjudicated,
    verdictIds: outcome.verdictIds,
  };
}

function rowOfRewriting(
  pair: SourcePair,
  rewriting: { ideal: number; isAdjudicated: boolean; verdictIds: readonly number[] },
  { method }: OutcomePolicy,
): OutcomeRow {
  return {
    pairId: pair.id,
    promptId: pair.promptId,
    preferred: rewriting.ideal,
    rejected: method === 'dpo' ? pair.a : null,
    strength: 3,
    isEdited: true,
    isAdjudicated: rewriting.isAdjudicated,
    verdictIds: rewriting.verdictIds,
  };
}

/** Hashes of answers by id, each worked out once. */
function createAnswerHash(db: Db): (candidateId: number) => string {
  const select = db.prepare<{ message: string }>('SELECT message FROM preference_candidates WHERE id = ?');
  const known = new Map<number, string>();
  return (candidateId) => {
    const before = known.get(candidateId);
    if (before !== undefined) return before;
    const message: unknown = JSON.parse(select.get(candidateId)?.message ?? 'null');
    const hash = Buffer.from(contentHash(message)).toString('hex');
    known.set(candidateId, hash);
    return hash;
  };
}

const shownRows = 50;

/** The counts of outcomes for a person, with the first rows. */
export function countOutcomes(db: Db, { rows, pairs, leftOut }: Outcomes): OutcomeCounts {
  const preview = db.prepare<{ prompt: string; preview: string; characters: number }>(
    `SELECT q.preview AS prompt, c.preview, c.characters FROM preference_candidates c
     JOIN preference_prompts q ON q.id = c.prompt_id WHERE c.id = ?`,
  );
  const look = (id: number | null) => (id === null ? null : (preview.get(id) ?? null));
  return {
    pairs,
    rows: rows.length,
    prompts: new Set(rows.map(({ promptId }) => promptId)).size,
    edited: rows.filter(({ isEdited }) => isEdited).length,
    adjudicated: rows.filter(({ isAdjudicated }) => isAdjudicated).length,
    longerPreferred: rows.filter(
      ({ preferred, rejected }) =>
        (look(preferred)?.characters ?? 0) > (look(rejected)?.characters ?? Infinity),
    ).length,
    leftOut: [...leftOut].map(([why, count]) => ({ why, pairs: count })),
    examples: rows.slice(0, shownRows).map(({ pairId, preferred, rejected }) => ({
      pairId,
      prompt: look(preferred)?.prompt ?? '',
      preferred: look(preferred)?.preview ?? '',
      rejected: look(rejected)?.preview ?? null,
    })),
  };
}
