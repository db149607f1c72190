import {
  answerMessage,
  type Candidate,
  type PairFilter,
  type PairRow,
  promptInput,
  type PromptInput,
  type WorkState,
} from '../../../shared/features/preferences/preferences.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { Db, SqlValue } from '../../core/ports.ts';

/** A pair as it is stored. */
export type StoredPair = {
  id: number;
  preference_set: number;
  position: number;
  prompt_id: number;
  a_candidate: number;
  b_candidate: number | null;
  repeat_of: number | null;
  verdicts: number;
  is_disputed: number;
};

/** A pair of a set; throws PAIR_NOT_FOUND. */
export function requirePair(db: Db, key: number, pairId: number): StoredPair {
  const row = db.prepare<StoredPair>('SELECT * FROM preference_pairs WHERE id = ?').get(pairId);
  if (row?.preference_set === key) return row;
  throw new AppFailure('PAIR_NOT_FOUND', {
    what: 'This pair is not in this set.',
    todo: 'Go on with the queue.',
    retry: 'never',
  });
}

/** The conversation that a pair's answers answer. */
export function promptOf(db: Db, promptId: number): PromptInput {
  const row = db
    .prepare<{ input: string }>('SELECT input FROM preference_prompts WHERE id = ?')
    .get(promptId);
  return promptInput.parse(JSON.parse(row?.input ?? '{}'));
}

/** An answer; its source only where `isShown`. */
export function candidateOf(db: Db, candidateId: number, isShown: boolean): Candidate {
  const row = db
    .prepare<{ message: string; characters: number; tokens: number; source: string }>(
      'SELECT message, characters, tokens, source FROM preference_candidates WHERE id = ?',
    )
    .get(candidateId);
  return {
    candidateId,
    message: answerMessage.parse(JSON.parse(row?.message ?? '{}')),
    characters: row?.characters ?? 0,
    tokens: row?.tokens ?? 0,
    source: isShown ? (row?.source ?? null) : null,
  };
}

/** What a reviewer left at a pair without deciding it. */
export type WorkRow = { is_skipped: number; is_flagged: number; draft: string | null };

export function workOf(db: Db, pairId: number, reviewer: string): WorkRow | undefined {
  return db
    .prepare<WorkRow>(
      'SELECT is_skipped, is_flagged, draft FROM preference_work WHERE pair_id = ? AND reviewer = ?',
    )
    .get(pairId, reviewer);
}

/** Changes what a reviewer left at a pair; what is not named stays. */
export function setWork(
  db: Db,
  of: { key: number; pairId: number; reviewer: string },
  change: { isSkipped?: boolean; isFlagged?: boolean; draft?: string | null },
): void {
  const before = workOf(db, of.pairId, of.reviewer);
  const flag = (value: boolean | undefined, old: number | undefined): number =>
    value === undefined ? (old ?? 0) : Number(value);
  db.prepare(
    `INSERT OR REPLACE INTO preference_work (pair_id, reviewer, preference_set, is_skipped, is_flagged, draft)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(
    of.pairId,
    of.reviewer,
    of.key,
    flag(change.isSkipped, before?.is_skipped),
    flag(change.isFlagged, before?.is_flagged),
    change.draft === undefined ? (before?.draft ?? null) : change.draft,
  );
}

const isDecided = `EXISTS (SELECT 1 FROM preference_verdicts v WHERE v.pair_id = p.id AND v.role = 'reviewer'
  AND v.reviewer = ? AND v.state = 'current')`;
const isSkipped = `EXISTS (SELECT 1 FROM preference_work w WHERE w.pair_id = p.id AND w.reviewer = ? AND w.is_skipped = 1)`;
const hasDraft = `EXISTS (SELECT 1 FROM preference_work w WHERE w.pair_id = p.id AND w.reviewer = ? AND w.draft IS NOT NULL)`;

const stateSql: Readonly<Record<WorkState, { sql: string; names: number }>> = {
  decided: { sql: isDecided, names: 1 },
  skipped: { sql: `(NOT ${isDecided} AND ${isSkipped})`, names: 2 },
  draft: { sql: `(NOT ${isDecided} AND NOT ${isSkipped} AND ${hasDraft})`, names: 3 },
  pending: { sql: `(NOT ${isDecided} AND NOT ${isSkipped} AND NOT ${hasDraft})`, names: 3 },
};

type Where = { sql: string; parameters: SqlValue[] };
const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** A filter as conditions on `preference_pairs p`, seen by a reviewer. */
export function wherePairs(
  set: { key: number; isDealt: boolean },
  filter: PairFilter,
  reviewer: string,
): Where {
  const where: Where = { sql: 'p.preference_set = ?', parameters: [set.key] };
  const and = (sql: string, ...parameters: SqlValue[]): void => {
    where.sql += ` AND ${sql}`;
    where.parameters.push(...parameters);
  };
  if (filter.isMine && set.isDealt) {
    and(
      'EXISTS (SELECT 1 FROM preference_assignments g WHERE g.reviewer = ? AND g.pair_id = p.id)',
      reviewer,
    );
  }
  if (filter.states.length > 0) {
    const states = filter.states.map((state) => stateSql[state]);
    const names = states.flatMap(({ names: count }) => Array.from({ length: count }, () => reviewer));
    and(`(${states.map(({ sql }) => sql).join(' OR ')})`, ...names);
  }
  if (filter.isFlagged) {
    and('EXISTS (SELECT 1 FROM preference_work w WHERE w.pair_id = p.id AND w.is_flagged = 1)');
  }
  if (filter.isDisputed) and('p.is_disputed = 1');
  if (filter.choices.length > 0) {
    and(
      `EXISTS (SELECT 1 FROM preference_verdicts v WHERE v.pair_id = p.id AND v.state = 'current'
       AND v.choice IN (SELECT value FROM json_each(?)))`,
      JSON.stringify(filter.choices),
    );
  }
  if (filter.reasons.length > 0) {
    and(
      `EXISTS (SELECT 1 FROM preference_verdicts v, json_each(v.reasons) r WHERE v.pair_id = p.id
       AND v.state = 'current' AND r.value IN (SELECT value FROM json_each(?)))`,
      JSON.stringify(filter.reasons),
    );
  }
  if (filter.pairIds) {
    and('p.id IN (SELECT value FROM json_each(?))', JSON.stringify(filter.pairIds));
  }
  if (filter.text.trim() !== '') {
    const like = `%${escapeLike(filter.text.trim())}%`;
    and(
      `(EXISTS (SELECT 1 FROM preference_prompts q WHERE q.id = p.prompt_id AND q.input LIKE ? ESCAPE '\\')
       OR EXISTS (SELECT 1 FROM preference_candidates c WHERE c.id IN (p.a_candidate, p.b_candidate)
                  AND c.message LIKE ? ESCAPE '\\'))`,
      like,
      like,
    );
  }
  return where;
}

/** Ids of the pairs that a filter shows, in the order of the queue. */
export function pairIdsOf(db: Db, where: Where): number[] {
  return db
    .prepare<{ id: number }>(`SELECT p.id FROM preference_pairs p WHERE ${where.sql} ORDER BY p.position`)
    .column(...where.parameters);
}

/** The next pairs behind a place that fit the conditions. */
export function pairsBehind(
  db: Db,
  where: Where,
  range: { after: number; upTo: number; limit: number },
): StoredPair[] {
  return db
    .prepare<StoredPair>(
      `SELECT p.* FROM preference_pairs p WHERE ${where.sql} AND p.position > ? AND p.position <= ?
       ORDER BY p.position LIMIT ?`,
    )
    .all(...where.parameters, range.after, range.upTo, range.limit);
}

type RowOfList = Omit<PairRow, 'state' | 'isFlagged' | 'isDisputed' | 'assignedTo'> & {
  isDecided: number;
  isSkipped: number | null;
  isFlagged: number | null;
  hasDraft: number | null;
  isDisputed: number;
  assignedTo: string;
};

/** Lines of the list for pairs, in the order of their ids as given. */
export function rowsOf(db: Db, pairIds: readonly number[], reviewer: string): PairRow[] {
  return db
    .prepare<RowOfList>(
      `SELECT p.id AS pairId, p.position, q.preview AS prompt, a.preview AS a, b.preview AS b,
              v.id IS NOT NULL AS isDecided, v.choice, v.rating, v.strength, p.verdicts, p.is_disputed AS isDisputed,
              w.is_skipped AS isSkipped, w.is_flagged AS isFlagged, w.draft IS NOT NULL AS hasDraft,
              (SELECT json_group_array(g.reviewer) FROM preference_assignments g WHERE g.pair_id = p.id) AS assignedTo
       FROM json_each(?) ids
       JOIN preference_pairs p ON p.id = ids.value
       JOIN preference_prompts q ON q.id = p.prompt_id
       JOIN preference_candidates a ON a.id = p.a_candidate
       LEFT JOIN preference_candidates b ON b.id = p.b_candidate
       LEFT JOIN preference_verdicts v ON v.pair_id = p.id AND v.role = 'reviewer' AND v.reviewer = ? AND v.state = 'current'
       LEFT JOIN preference_work w ON w.pair_id = p.id AND w.reviewer = ?
       ORDER BY ids.key`,
    )
    .all(JSON.stringify(pairIds), reviewer, reviewer)
    .map(({ isDecided: decided, isSkipped: skipped, isFlagged, hasDraft: drafted, ...row }) => ({
      ...row,
      isFlagged: isFlagged === 1,
      isDisputed: row.isDisputed === 1,
      assignedTo: JSON.parse(row.assignedTo) as string[],
      state: decided === 1 ? 'decided' : skipped === 1 ? 'skipped' : drafted === 1 ? 'draft' : 'pending',
    }));
}
