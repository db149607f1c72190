import { createPrng, type Prng } from '../../learner/prng.ts';

/** Places of pairs in the order they come up: each of 0 … count − 1 once. */
export type QueueOrder = Int32Array;

/** A random order that one seed fixes. */
export function randomOrder(count: number, seed: number): QueueOrder {
  return shuffled(
    Int32Array.from({ length: count }, (_, at) => at),
    createPrng(seed, 'queue order'),
  );
}

/**
 * The most doubtful pairs first: where reviewers disagree (`disagreement[i]`, 0 none … 1 evenly split) before where the
 * strengths leave it open (`probability[i]` that left wins, nearest to one half first; NaN where nothing is known, which
 * is as open as one half). Pairs alike in both come in the random order of the seed.
 */
export function uncertainFirst(
  doubt: { probability: Float64Array; disagreement: Float64Array },
  seed: number,
): QueueOrder {
  const { probability, disagreement } = doubt;
  if (probability.length !== disagreement.length)
    throw new RangeError('probabilities and disagreements differ in number');
  const distance = probability.map((value) => (Number.isNaN(value) ? 0 : Math.abs(value - 0.5)));
  const order = randomOrder(probability.length, seed);
  const rank = new Int32Array(order.length);
  for (const [at, pair] of order.entries()) rank[pair] = at;
  return order.sort(
    (a, b) =>
      (disagreement[b] ?? 0) - (disagreement[a] ?? 0) ||
      (distance[a] ?? 0) - (distance[b] ?? 0) ||
      (rank[a] ?? 0) - (rank[b] ?? 0),
  );
}

/**
 * A random order in which no pair follows one of its own cluster, wherever that is possible at all (no cluster holds
 * more than half of the pairs, rounded up); what is left over of a larger one stands at the end, `unavoidable` of them.
 */
export function clustersApart(
  clusters: Int32Array,
  seed: number,
): { order: QueueOrder; unavoidable: number } {
  const prng = createPrng(seed, 'clusters apart');
  const clusterOf = (pair: number): number => clusters[pair] ?? 0;
  const placed: number[] = [];
  // Held back are pairs of one cluster only: that of the pair placed last.
  const held: number[] = [];
  for (const pair of shuffled(Int32Array.from(clusters.keys()), prng)) {
    const last = placed.at(-1);
    if (last !== undefined && clusterOf(last) === clusterOf(pair)) {
      held.push(pair);
      continue;
    }
    placed.push(pair);
    const waiting = held.at(-1);
    if (waiting !== undefined && clusterOf(waiting) !== clusterOf(pair)) {
      placed.push(waiting);
      held.pop();
    }
  }
  return woven(placed, held, { clusters, prng });
}

/** Puts pairs of one cluster into gaps between others, at places drawn at random. */
function woven(
  placed: readonly number[],
  held: readonly number[],
  { clusters, prng }: { clusters: Int32Array; prng: Prng },
): { order: QueueOrder; unavoidable: number } {
  const cluster = clusters[held[0] ?? -1];
  const free: number[] = [];
  if (held.length > 0)
    for (let gap = 0; gap <= placed.length; gap += 1) {
      const isBeside = clusters[placed[gap - 1] ?? -1] === cluster || clusters[placed[gap] ?? -1] === cluster;
      if (!isBeside) free.push(gap);
    }
  const gaps = shuffled(Int32Array.from(free), prng).subarray(0, held.length);
  const into = new Map(Array.from(gaps, (gap, at) => [gap, held[at] ?? 0]));
  const order: number[] = [];
  for (let gap = 0; gap <= placed.length; gap += 1) {
    const pair = into.get(gap);
    if (pair !== undefined) order.push(pair);
    const next = placed[gap];
    if (next !== undefined) order.push(next);
  }
  const rest = held.slice(gaps.length);
  return { order: Int32Array.from([...order, ...rest]), unavoidable: rest.length };
}

/** Seed of one pair, to be recorded with it: from the seed of the queue and the lasting id of the pair, 0 … 2³² − 1. */
export function pairSeed(queueSeed: number, pairId: string): number {
  return createPrng(queueSeed, `pair ${pairId}`).next();
}

/** Which of the two answers stands on the left, by the recorded seed of the pair; a repeat shows the opposite. */
export function firstStandsLeft(seed: number, isRepeat: boolean): boolean {
  // The highest bit: the low ones of a seed that somebody typed in are seldom random.
  return createPrng(seed, 'sides').next() >= 2 ** 31 !== isRepeat;
}

/** One screen of a queue: a pair, and whether it is a repeat with its sides swapped. */
export type QueueWithRepeats = {
  pairs: Int32Array;
  isRepeat: Uint8Array;
  /** Repeats asked for, and those that found a place; fewer when the queue is too short for the gap. */
  wanted: number;
  repeats: number;
};

/** `share` (0 … 0.5) of the pairs come back, each with at least `gap` other screens between. */
export type RepeatOptions = { share: number; gap: number; seed: number; clusters?: Int32Array };

const drawsForPlace = 16;

/**
 * Adds swapped repeats to an order. Which pairs come back and where is drawn from the seed; a place beside another pair
 * of the same cluster is avoided where the draw finds a better one. No two repeats follow each other.
 */
export function withRepeats(order: QueueOrder, options: RepeatOptions): QueueWithRepeats {
  const { share, gap, seed } = options;
  if (!(share >= 0 && share <= 0.5)) throw new RangeError('at most half of the pairs can come back');
  if (!Number.isInteger(gap) || gap < 0) throw new RangeError('the gap is a whole number of screens');
  const prng = createPrng(seed, 'repeats');
  const wanted = Math.round(order.length * share);
  // Repeat of place p before place t (or at the end): t − p − 1 others lie between at least.
  const places = Math.max(0, order.length - gap);
  const eligible = shuffled(
    Int32Array.from({ length: places }, (_, at) => at),
    prng,
  );
  const repeatBefore = new Map<number, number>();
  for (const place of eligible) {
    if (repeatBefore.size === wanted) break;
    const target = drawTarget({ order, place, prng, taken: repeatBefore, options });
    if (target !== null) repeatBefore.set(target, place);
  }
  const pairs: number[] = [];
  const isRepeat: number[] = [];
  for (let at = 0; at <= order.length; at += 1) {
    const from = repeatBefore.get(at);
    if (from !== undefined) {
      pairs.push(order[from] ?? 0);
      isRepeat.push(1);
    }
    if (at < order.length) {
      pairs.push(order[at] ?? 0);
      isRepeat.push(0);
    }
  }
  return {
    pairs: Int32Array.from(pairs),
    isRepeat: Uint8Array.from(isRepeat),
    wanted,
    repeats: repeatBefore.size,
  };
}

type Draw = {
  order: QueueOrder;
  place: number;
  prng: Prng;
  taken: ReadonlyMap<number, number>;
  options: RepeatOptions;
};

/** A free place at least the gap after `place`; one beside the same cluster only when no draw found another. */
function drawTarget({ order, place, prng, taken, options }: Draw): number | null {
  const { clusters, gap } = options;
  const first = place + gap + 1;
  const span = order.length - first + 1;
  if (span <= 0) return null;
  const own = clusters?.[order[place] ?? 0];
  let secondBest: number | null = null;
  for (let draw = 0; draw < drawsForPlace; draw += 1) {
    const target = first + prng.below(span);
    if (taken.has(target)) continue;
    const neighbours = [order[target - 1], order[target]];
    const isBeside =
      own !== undefined && neighbours.some((pair) => pair !== undefined && clusters?.[pair] === own);
    if (!isBeside) return target;
    secondBest ??= target;
  }
  return secondBest;
}

function shuffled(list: Int32Array, prng: Prng): Int32Array {
  for (let at = list.length - 1; at > 0; at -= 1) {
    const other = prng.below(at + 1);
    const held = list[at] ?? 0;
    list[at] = list[other] ?? 0;
    list[other] = held;
  }
  return list;
}
