import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { type Interval, significance } from '../../statistics/interval.ts';
import { inverseOf } from '../../statistics/inverse.ts';
import { wilsonInterval } from '../../statistics/proportions.ts';
import { componentsOf } from './components.rules.ts';

/**
 * Comparisons of candidates or sources 0 … players − 1: `firsts[i]` met `seconds[i]`, `outcomes[i]` is 1 when the
 * first won, −1 when the second did, 0 for a tie.
 */
export type Comparisons = {
  players: number;
  firsts: Int32Array;
  seconds: Int32Array;
  outcomes: Int8Array;
};

/**
 * One candidate. `strength` is the logarithm of its Bradley–Terry strength, centred so that the mean of all is 0, with
 * standard error and 95 % Wald interval from the Fisher information. `winRate` counts a tie as half a win and has a
 * Wilson interval; null when it never met anyone.
 */
export type PlayerStrength = {
  strength: Interval & { standardError: number };
  winRate: Interval | null;
  wins: number;
  ties: number;
  losses: number;
};

/**
 * Strengths of all. Where the comparisons do not bind all together (`groups` > 1: somebody never lost to, or never
 * met, the rest), no finite strengths are the most likely ones (Ford 1957). Then each candidate is also given
 * {@link virtualGames} wins and as many losses against an average opponent, `isRegularised` is true, and `message`
 * says so for the screen.
 */
export type Strengths = {
  players: PlayerStrength[];
  groups: number;
  /** Group of each candidate: within one, each has beaten each, directly or through others. */
  groupOf: Int32Array;
  isRegularised: boolean;
  message: string | null;
  isConverged: boolean;
  iterations: number;
};

/** Wins, and losses, of each candidate against an average opponent where strengths must be regularised. */
export const virtualGames = 0.5;

const mostIterations = 10_000;
const smallestChange = 1e-13;

/** More candidates than this have no joint fit: the information matrix is dense. */
export const mostPlayers = 200;

/**
 * Bradley–Terry strengths by minorisation and maximisation (Hunter 2004). A tie is half a win for both: strengths
 * then fit the expected share of points, and their intervals are a little wide where ties are many.
 */
export function bradleyTerry(comparisons: Comparisons): Strengths {
  const tallies = tallyOf(comparisons);
  const { players, points } = tallies;
  const edges = { from: [] as number[], to: [] as number[] };
  for (let one = 0; one < players; one += 1)
    for (let other = 0; other < players; other += 1)
      if ((points[one * players + other] ?? 0) > 0) {
        edges.from.push(one);
        edges.to.push(other);
      }
  const { components, count } = componentsOf(players, Int32Array.from(edges.from), Int32Array.from(edges.to));
  const prior = count > 1 ? virtualGames : 0;
  const fit = iterate(tallies, prior);
  const errors = standardErrors(tallies, fit.logs, prior);
  const mean = fit.logs.reduce((sum, log) => sum + log, 0) / players;
  return {
    players: Array.from({ length: players }, (_, at) =>
      playerOf(tallies, at, [(fit.logs[at] ?? 0) - mean, errors[at] ?? 0]),
    ),
    groups: count,
    groupOf: components,
    isRegularised: prior > 0,
    message: prior > 0 ? messageFor(players, count) : null,
    isConverged: fit.isConverged,
    iterations: fit.iterations,
  };
}

/** Probability that the one beats the other, from their log strengths. */
export function winProbability(one: number, other: number): number {
  return 1 / (1 + Math.exp(other - one));
}

function messageFor(players: number, groups: number): string {
  return (
    `The ${players} candidates fall into ${groups} groups that the verdicts do not bind together: between them, one ` +
    'side has never won, or they have never met. No finite strengths follow from that. Each candidate is therefore ' +
    `given ${virtualGames} wins and ${virtualGames} losses against an average opponent, which draws all strengths ` +
    'towards the middle. Compare candidates of different groups more often to do without.'
  );
}

/** `points[i × players + j]` of i against j (a win 1, a tie ½ for both), and the outcomes of each. */
type Tallies = {
  players: number;
  points: Float64Array;
  wins: Int32Array;
  ties: Int32Array;
  losses: Int32Array;
};

function tallyOf({ players, firsts, seconds, outcomes }: Comparisons): Tallies {
  if (players > mostPlayers)
    throw new RangeError(`${players} candidates; at most ${mostPlayers} are ranked together`);
  const points = new Float64Array(players * players);
  const counts = () => new Int32Array(players);
  const tallies = { players, points, wins: counts(), ties: counts(), losses: counts() };
  const add = (list: Int32Array, at: number): void => {
    list[at] = (list[at] ?? 0) + 1;
  };
  for (const [at, first] of firsts.entries()) {
    const second = seconds[at] ?? 0;
    if (first === second) throw new RangeError(`candidate ${first} cannot meet itself`);
    const outcome = outcomes[at] ?? 0;
    points[first * players + second] = (points[first * players + second] ?? 0) + (outcome + 1) / 2;
    points[second * players + first] = (points[second * players + first] ?? 0) + (1 - outcome) / 2;
    if (outcome === 0) {
      add(tallies.ties, first);
      add(tallies.ties, second);
    } else {
      add(tallies.wins, outcome > 0 ? first : second);
      add(tallies.losses, outcome > 0 ? second : first);
    }
  }
  return tallies;
}

/** Log strengths; those of a regularised fit are relative to the average opponent, whose logarithm is 0. */
type Fit = { logs: Float64Array; isConverged: boolean; iterations: number };

function iterate({ players, points }: Tallies, prior: number): Fit {
  let strengths = new Float64Array(players).fill(1);
  for (let iteration = 1; iteration <= mostIterations; iteration += 1) {
    const next = new Float64Array(players);
    for (let one = 0; one < players; one += 1) {
      const own = strengths[one] ?? 1;
      let won = prior;
      let weight = (2 * prior) / (own + 1);
      for (let other = 0; other < players; other += 1) {
        const gained = points[one * players + other] ?? 0;
        const games = gained + (points[other * players + one] ?? 0);
        if (games === 0) continue;
        won += gained;
        weight += games / (own + (strengths[other] ?? 1));
      }
      next[one] = weight === 0 ? 1 : won / weight;
    }
    // The average opponent of a regularised fit has strength 1; without one only ratios are known.
    if (prior === 0) scaleToMean(next);
    let change = 0;
    for (const [at, value] of next.entries())
      change = Math.max(change, Math.abs(Math.log(value / (strengths[at] ?? 1))));
    strengths = next;
    if (change < smallestChange)
      return { logs: strengths.map(Math.log), isConverged: true, iterations: iteration };
  }
  return { logs: strengths.map(Math.log), isConverged: false, iterations: mostIterations };
}

function scaleToMean(strengths: Float64Array): void {
  let sum = 0;
  for (const strength of strengths) sum += Math.log(strength);
  const mean = Math.exp(sum / strengths.length);
  for (const [at, strength] of strengths.entries()) strengths[at] = strength / mean;
}

/** Square roots of the diagonal of the covariance of centred log strengths. */
function standardErrors({ players, points }: Tallies, logs: Float64Array, prior: number): Float64Array {
  const information = new Float64Array(players * players);
  const add = (row: number, column: number, value: number): void => {
    information[row * players + column] = (information[row * players + column] ?? 0) + value;
  };
  for (let one = 0; one < players; one += 1) {
    for (let other = 0; other < players; other += 1) {
      const games = (points[one * players + other] ?? 0) + (points[other * players + one] ?? 0);
      if (one === other || games === 0) continue;
      const share = winProbability(logs[one] ?? 0, logs[other] ?? 0);
      add(one, one, games * share * (1 - share));
      add(one, other, -games * share * (1 - share));
    }
    const share = winProbability(logs[one] ?? 0, 0);
    add(one, one, 2 * prior * share * (1 - share));
    // Strengths are known up to a constant: a matrix of ones fills that direction and centring takes it out again.
    if (prior === 0) for (let other = 0; other < players; other += 1) add(one, other, 1 / players);
  }
  return centredErrors(inverseOf(information, players), players);
}

function centredErrors(covariance: Float64Array, players: number): Float64Array {
  const means = new Float64Array(players);
  let mean = 0;
  for (const [cell, value] of covariance.entries()) {
    const row = Math.floor(cell / players);
    means[row] = (means[row] ?? 0) + value / players;
    mean += value / (players * players);
  }
  return means.map((own, at) =>
    Math.sqrt(Math.max(0, (covariance[at * players + at] ?? 0) - 2 * own + mean)),
  );
}

function playerOf(tallies: Tallies, at: number, [strength, standardError]: [number, number]): PlayerStrength {
  const [wins, ties, losses] = [tallies.wins[at] ?? 0, tallies.ties[at] ?? 0, tallies.losses[at] ?? 0];
  const games = wins + ties + losses;
  const half = normalQuantile(1 - significance / 2, 0, 1) * standardError;
  return {
    strength: { estimate: strength, low: strength - half, high: strength + half, standardError },
    winRate: games === 0 ? null : wilsonInterval(wins + ties / 2, games),
    wins,
    ties,
    losses,
  };
}
