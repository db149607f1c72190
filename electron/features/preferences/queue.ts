import type { preferencesContract } from '../../../shared/features/preferences/preferences.contract.ts';
import {
  everyPair,
  type PairFilter,
  type ReviewerProgress,
} from '../../../shared/features/preferences/preferences.model.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import type { Db } from '../../core/ports.ts';
import { pairsBehind, requirePair, rowsOf, type StoredPair, wherePairs } from './pairs.sql.ts';
import type { PairIdsInput } from './preferences.jobs.ts';
import { viewPair } from './pair-view.ts';
import { quarantinedOf, requireSet, type SetRow, settingsOf } from './sets.sql.ts';
import { recentVerdicts, toVerdict, verdictsOfPair } from './verdicts.sql.ts';

type Queue = Pick<
  Handlers<typeof preferencesContract>,
  'ahead' | 'pair' | 'pairs' | 'progress' | 'recent' | 'history' | 'quarantined'
>;

/** Looking at a queue: what comes next, the list of pairs, how far everybody has come. */
export function createQueue(kit: Kit): Queue {
  const idsOf = createPairLists(kit);
  const open = (setId: string): { db: Db; set: SetRow } => {
    const { db } = kit.workspace.require();
    return { db, set: requireSet(db, setId) };
  };
  return {
    ahead({ setId, reviewer, after, limit, filter, role }) {
      const { db, set } = open(setId);
      const wanted = role === 'adjudicator' ? (filter ?? everyPair) : ownWork(filter ?? everyPair);
      const pairs = nextPairs(db, set, { reviewer, after, limit, filter: wanted });
      return pairs.map((pair) => viewPair(db, set, { pair, reviewer, role }));
    },
    pair({ setId, pairId, reviewer, role }) {
      const { db, set } = open(setId);
      return viewPair(db, set, { pair: requirePair(db, set.key, pairId), reviewer, role });
    },
    async pairs({ setId, reviewer, filter, start, limit }) {
      const { db, set } = open(setId);
      const { ids, total } = await idsOf(set, { reviewer, filter, start, limit });
      return { rows: rowsOf(db, ids, reviewer), total };
    },
    progress({ setId, reviewer }) {
      const { db, set } = open(setId);
      const names = new Set([reviewer, ...settingsOf(set).reviewers, ...reviewersOf(db, set.key)]);
      const mine = progressOf(db, set, reviewer);
      const others = [...names].filter((name) => name !== reviewer);
      return { mine, all: [mine, ...others.map((name) => progressOf(db, set, name))] };
    },
    recent({ setId, reviewer, limit }) {
      const { db, set } = open(setId);
      const rows = recentVerdicts(db, { key: set.key, reviewer, limit });
      const lines = new Map(
        rowsOf(
          db,
          rows.map(({ pair_id: id }) => id),
          reviewer,
        ).map((line) => [line.pairId, line]),
      );
      return rows.map((row) => ({
        ...toVerdict(db, row),
        position: lines.get(row.pair_id)?.position ?? 0,
        prompt: lines.get(row.pair_id)?.prompt ?? '',
      }));
    },
    history({ setId, pairId }) {
      const { db, set } = open(setId);
      const pair = requirePair(db, set.key, pairId);
      const repeats = db
        .prepare<{ id: number }>('SELECT id FROM preference_pairs WHERE repeat_of = ? ORDER BY position')
        .column(pairId);
      const verdicts = verdictsOfPair(db, pairId).map((row) => ({ ...toVerdict(db, row), state: row.state }));
      return { verdicts, repeatOf: pair.repeat_of, repeats };
    },
    quarantined({ setId, start, limit }) {
      const { db, set } = open(setId);
      return { rows: quarantinedOf(db, set.key, { start, limit }), total: set.quarantined };
    },
  };
}

/** Only the reviewer's own pairs; without states in the filter only what is still to be judged. */
function ownWork(filter: PairFilter): PairFilter {
  return {
    ...filter,
    isMine: true,
    states: filter.states.length > 0 ? filter.states : ['pending', 'draft'],
  };
}

/** Behind a place, then round from the start up to it. */
function nextPairs(
  db: Db,
  set: SetRow,
  want: { reviewer: string; after: number; limit: number; filter: PairFilter },
): StoredPair[] {
  const { reviewer, after, limit, filter } = want;
  const where = wherePairs({ key: set.key, isDealt: settingsOf(set).reviewers.length > 0 }, filter, reviewer);
  const behind = pairsBehind(db, where, { after, upTo: Number.MAX_SAFE_INTEGER, limit });
  if (behind.length === limit || after === 0) return behind;
  return [...behind, ...pairsBehind(db, where, { after: 0, upTo: after, limit: limit - behind.length })];
}

function reviewersOf(db: Db, key: number): string[] {
  // One look into the index a name, however many verdicts there are.
  return db
    .prepare<{ reviewer: string }>(
      `WITH RECURSIVE names (reviewer) AS (
         SELECT MIN(reviewer) FROM preference_verdicts WHERE preference_set = ? AND state = 'current'
         UNION ALL
         SELECT (SELECT MIN(reviewer) FROM preference_verdicts
                 WHERE preference_set = ? AND state = 'current' AND reviewer > names.reviewer)
         FROM names WHERE names.reviewer IS NOT NULL)
       SELECT reviewer FROM names WHERE reviewer IS NOT NULL`,
    )
    .column(key, key);
}

function progressOf(db: Db, set: SetRow, reviewer: string): ReviewerProgress {
  const isDealt = settingsOf(set).reviewers.length > 0;
  const count = (sql: string, ...parameters: (string | number)[]): number =>
    db.prepare<{ n: number }>(`SELECT COUNT(*) AS n ${sql}`).get(...parameters)?.n ?? 0;
  const work = (condition: string): number =>
    count(
      `FROM preference_work w WHERE preference_set = ? AND reviewer = ? AND ${condition} AND NOT EXISTS
       (SELECT 1 FROM preference_verdicts v WHERE v.pair_id = w.pair_id AND v.role = 'reviewer'
          AND v.reviewer = w.reviewer AND v.state = 'current')`,
      set.key,
      reviewer,
    );
  return {
    reviewer,
    due: isDealt
      ? count(
          `FROM preference_assignments g JOIN preference_pairs p ON p.id = g.pair_id
           WHERE g.reviewer = ? AND p.preference_set = ?`,
          reviewer,
          set.key,
        )
      : set.pairs,
    decided: count(
      `FROM preference_verdicts WHERE preference_set = ? AND reviewer = ? AND state = 'current' AND role = 'reviewer'`,
      set.key,
      reviewer,
    ),
    skipped: work('is_skipped = 1'),
    drafts: work('is_skipped = 0 AND draft IS NOT NULL'),
    flagged: count(
      'FROM preference_work WHERE preference_set = ? AND reviewer = ? AND is_flagged = 1',
      set.key,
      reviewer,
    ),
  };
}

type ListPage = { reviewer: string; filter: PairFilter; start: number; limit: number };
const keptLists = 6;

/**
 * The pairs that a filter shows, a page of them. The whole queue is paged by its places; a filtered list is worked out in
 * a worker once and paged from memory until the set changes.
 */
function createPairLists(kit: Kit) {
  const lists = new Map<string, Promise<Uint32Array>>();
  const filtered = (set: SetRow, { reviewer, filter }: ListPage): Promise<Uint32Array> => {
    const key = JSON.stringify([set.id, set.revision, reviewer, filter]);
    const known = lists.get(key);
    if (known) return known;
    const input: PairIdsInput = {
      store: kit.workspace.require().address,
      key: set.key,
      isDealt: settingsOf(set).reviewers.length > 0,
      filter,
      reviewer,
    };
    const list = kit.workers.run<Uint32Array>('preferences.pair-ids', input);
    lists.set(key, list);
    list.catch(() => lists.delete(key));
    for (const old of [...lists.keys()].slice(0, -keptLists)) lists.delete(old);
    return list;
  };
  return async (set: SetRow, page: ListPage): Promise<{ ids: number[]; total: number }> => {
    const { start, limit, filter } = page;
    if (JSON.stringify(filter) === JSON.stringify(everyPair)) {
      const ids = kit.workspace
        .require()
        .db.prepare<{ id: number }>(
          `SELECT id FROM preference_pairs WHERE preference_set = ? AND position > ? AND position <= ? ORDER BY position`,
        )
        .column(set.key, start, start + limit);
      return { ids, total: set.pairs };
    }
    const ids = await filtered(set, page);
    return { ids: [...ids.subarray(start, start + limit)], total: ids.length };
  };
}
