import {
  clustersApart,
  randomOrder,
  uncertainFirst,
} from '../../../shared/features/preferences/order.rules.ts';
import { bradleyTerry, winProbability } from '../../../shared/features/preferences/strength.rules.ts';
import type { QueueOrder } from '../../../shared/features/preferences/preferences.model.ts';
import { EventLog } from '../../core/event-log.ts';
import type { Db, DbAddress, WorkerContext } from '../../core/ports.ts';
import { registerSetOperations, setOperations } from './set-operations.ts';
import { requireSet, type SetRow, settingsOf } from './sets.sql.ts';

export type ReorderInput = {
  readonly store: DbAddress;
  readonly setId: string;
  readonly order: QueueOrder;
  readonly at: number;
};
export type DealInput = {
  readonly store: DbAddress;
  readonly setId: string;
  readonly reviewers: readonly string[];
  readonly reviewersPerPair: number;
  readonly at: number;
};

type QueuedPair = {
  id: number;
  repeat_of: number | null;
  begun: number;
  cluster: number;
  one: string;
  other: string | null;
  winner: string | null;
  is_disputed: number;
};

/** Orders anew what nobody has begun, behind what somebody has, as one event. Job `preferences.reorder`. */
export function createReorderJob(parts: { openStore(address: DbAddress): Db }) {
  return (input: ReorderInput, context: WorkerContext): Promise<void> =>
    changeSet(parts, { ...input, context }, (db, row) => {
      const before = pairsOf(db, row);
      const settings = settingsOf(row);
      const begun = before.filter((pair) => pair.begun === 1);
      const waiting = before.filter((pair) => pair.begun === 0);
      const order = orderOf(before, waiting, { order: input.order, seed: settings.seed });
      const after = [
        ...begun,
        ...repeatsLast(
          begun,
          order.map((at) => waiting[at]).filter((one) => one !== undefined),
        ),
      ];
      return {
        kind: 'preferences.pairs-reordered',
        label: `order the pairs of “${row.name}”`,
        forward: setOperations.place(row.id, packed(after), input.order),
        inverse: setOperations.place(row.id, packed(before), settings.order),
      };
    });
}

/** Deals the pairs of a set out among reviewers, as one event. Job `preferences.deal`. */
export function createDealJob(parts: { openStore(address: DbAddress): Db }) {
  return (input: DealInput, context: WorkerContext): Promise<void> =>
    changeSet(parts, { ...input, context }, (_, row) => {
      const { seed, reviewers, reviewersPerPair } = settingsOf(row);
      const dealing = { seed, reviewers: [...input.reviewers], reviewersPerPair: input.reviewersPerPair };
      return {
        kind: 'preferences.pairs-dealt',
        label: `deal the pairs of “${row.name}” out`,
        forward: setOperations.deal(row.id, dealing),
        inverse: setOperations.deal(row.id, { seed, reviewers, reviewersPerPair }),
      };
    });
}

async function changeSet(
  parts: { openStore(address: DbAddress): Db },
  { store, setId, at, context }: { store: DbAddress; setId: string; at: number; context: WorkerContext },
  changeOf: (db: Db, row: SetRow) => Omit<Parameters<EventLog['run']>[1], 'feature'>,
): Promise<void> {
  const db = parts.openStore(store);
  const events = new EventLog({ now: () => at });
  registerSetOperations(events);
  const unlock = await context.lockWriter();
  try {
    db.transaction(() => events.run(db, { feature: 'preferences', ...changeOf(db, requireSet(db, setId)) }));
  } finally {
    unlock();
    db.close();
  }
}

const packed = (pairs: readonly { id: number }[]): string =>
  Buffer.from(Uint32Array.from(pairs, ({ id }) => id).buffer).toString('base64');

/** Pairs in the order of the queue, with the sources of both sides and of the one that was held better. */
function pairsOf(db: Db, row: SetRow): QueuedPair[] {
  return db
    .prepare<QueuedPair>(
      `SELECT p.id, p.repeat_of, p.is_disputed, q.cluster, a.source AS one, b.source AS other,
              (SELECT CASE v.choice WHEN 'a' THEN a.source WHEN 'b' THEN b.source END FROM preference_verdicts v
               WHERE v.pair_id = p.id AND v.state = 'current' ORDER BY v.id DESC LIMIT 1) AS winner,
              p.verdicts > 0 OR EXISTS (SELECT 1 FROM preference_work w WHERE w.pair_id = p.id) AS begun
       FROM preference_pairs p JOIN preference_prompts q ON q.id = p.prompt_id
       JOIN preference_candidates a ON a.id = p.a_candidate
       LEFT JOIN preference_candidates b ON b.id = p.b_candidate
       WHERE p.preference_set = ? ORDER BY p.position`,
    )
    .all(row.key);
}

function orderOf(
  all: readonly QueuedPair[],
  waiting: readonly QueuedPair[],
  { order, seed }: { order: QueueOrder; seed: number },
): number[] {
  if (order === 'seeded') return [...randomOrder(waiting.length, seed)];
  if (order === 'cluster') {
    return [
      ...clustersApart(
        Int32Array.from(waiting, ({ cluster }) => cluster),
        seed,
      ).order,
    ];
  }
  const disagreement = Float64Array.from(waiting, ({ is_disputed: disputed }) =>
    order === 'disagreement' ? disputed : 0,
  );
  return [...uncertainFirst({ probability: probabilities(all, waiting), disagreement }, seed)];
}

/** How likely the first side wins, by what was decided of both sources; not a number where nothing is known. */
function probabilities(all: readonly QueuedPair[], waiting: readonly QueuedPair[]): Float64Array {
  const places = new Map<string, number>();
  const placeOf = (source: string): number => {
    const known = places.get(source) ?? places.size;
    places.set(source, known);
    return known;
  };
  const decided = all.filter(({ winner, other }) => winner !== null && other !== null);
  for (const { one, other } of decided) {
    placeOf(one);
    placeOf(other ?? one);
  }
  const strengths = decided.length > 0 ? strengthsOf(decided, placeOf, places) : null;
  return Float64Array.from(waiting, ({ one, other }) => {
    const [first, second] = [places.get(one), places.get(other ?? one)];
    if (strengths === null || first === undefined || second === undefined) return Number.NaN;
    return winProbability(strengths[first] ?? 0, strengths[second] ?? 0);
  });
}

function strengthsOf(
  decided: readonly QueuedPair[],
  placeOf: (source: string) => number,
  places: ReadonlyMap<string, number>,
): number[] | null {
  const fitted = bradleyTerry({
    players: places.size,
    firsts: Int32Array.from(decided, ({ one }) => placeOf(one)),
    seconds: Int32Array.from(decided, ({ other, one }) => placeOf(other ?? one)),
    outcomes: Int8Array.from(decided, ({ winner, one }) => (winner === one ? 1 : -1)),
  });
  return fitted.players.map(({ strength }) => strength.estimate);
}

/** A repeat never comes before the pair that it repeats. */
function repeatsLast(begun: readonly QueuedPair[], order: readonly QueuedPair[]): QueuedPair[] {
  const seen = new Set(begun.map(({ id }) => id));
  const placed: QueuedPair[] = [];
  const early: QueuedPair[] = [];
  for (const pair of order) {
    if (pair.repeat_of !== null && !seen.has(pair.repeat_of)) early.push(pair);
    else placed.push(pair);
    seen.add(pair.id);
  }
  return [...placed, ...early];
}
