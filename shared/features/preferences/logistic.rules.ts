import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { type Interval, significance } from '../../statistics/interval.ts';

/** A coefficient with standard error, 95 % Wald interval and two-sided Wald p. */
export type Coefficient = Interval & { standardError: number; p: number };

/**
 * A logistic regression on one variable, or why there is none. `separated`: one value of the variable parts winners
 * from losers without exception, so no finite slope is the most likely one (Albert and Anderson 1984); `direction`
 * says its sign. `no_variation`: the variable is the same everywhere. `one_outcome`: all won or all lost.
 */
export type LogisticFit =
  | {
      state: 'fitted';
      slope: Coefficient;
      intercept: Coefficient;
      /** e^slope: the factor of the odds for one unit more. */
      oddsRatio: Interval;
      logLikelihood: number;
      iterations: number;
    }
  | { state: 'separated'; direction: -1 | 1 }
  | { state: 'no_variation' | 'one_outcome' | 'no_data' }
  | { state: 'not_converged'; iterations: number };

const mostIterations = 50;
const smallestStep = 1e-12;

/** Maximum likelihood by Newton's method with halved steps; `ones[i]` is 1 or 0. Intervals are Wald intervals. */
export function fitLogistic(values: Float64Array, ones: Uint8Array): LogisticFit {
  const obstacle = obstacleTo(values, ones);
  if (obstacle !== null) return obstacle;
  const { mean, deviation } = momentsOf(values);
  const standard = values.map((value) => (value - mean) / deviation);
  let at: Point = { intercept: 0, slope: 0 };
  let now = lookAt(standard, ones, at);
  for (let iteration = 1; iteration <= mostIterations; iteration += 1) {
    const step = newtonStep(now);
    let share = 1;
    let next = moved(at, step, share);
    let there = lookAt(standard, ones, next);
    while (
      there.logLikelihood < now.logLikelihood - smallestStep * Math.abs(now.logLikelihood) &&
      share > 1e-6
    ) {
      share /= 2;
      next = moved(at, step, share);
      there = lookAt(standard, ones, next);
    }
    [at, now] = [next, there];
    if (Math.max(Math.abs(step.intercept), Math.abs(step.slope)) * share < smallestStep)
      return described({ at, look: now, mean, deviation, iterations: iteration });
  }
  return { state: 'not_converged', iterations: mostIterations };
}

function obstacleTo(values: Float64Array, ones: Uint8Array): LogisticFit | null {
  if (values.length === 0) return { state: 'no_data' };
  const lost = { low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY };
  const won = { ...lost };
  for (const [at, value] of values.entries()) {
    const end = ones[at] === 1 ? won : lost;
    end.low = Math.min(end.low, value);
    end.high = Math.max(end.high, value);
  }
  if (lost.low > lost.high || won.low > won.high) return { state: 'one_outcome' };
  if (Math.min(lost.low, won.low) === Math.max(lost.high, won.high)) return { state: 'no_variation' };
  if (won.low >= lost.high) return { state: 'separated', direction: 1 };
  if (won.high <= lost.low) return { state: 'separated', direction: -1 };
  return null;
}

function momentsOf(values: Float64Array): { mean: number; deviation: number } {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / values.length) };
}

type Point = { intercept: number; slope: number };

/** Log-likelihood, its gradient (g) and its information matrix (i) at a point. */
type Look = { logLikelihood: number; g0: number; g1: number; i00: number; i01: number; i11: number };

function lookAt(values: Float64Array, ones: Uint8Array, at: Point): Look {
  const look = { logLikelihood: 0, g0: 0, g1: 0, i00: 0, i01: 0, i11: 0 };
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] ?? 0;
    const isOne = ones[row] === 1;
    const score = at.intercept + at.slope * value;
    const small = Math.exp(-Math.abs(score));
    const share = score >= 0 ? 1 / (1 + small) : small / (1 + small);
    look.logLikelihood += Math.min(0, isOne ? score : -score) - Math.log1p(small);
    const rest = (isOne ? 1 : 0) - share;
    look.g0 += rest;
    look.g1 += rest * value;
    const weight = small / (1 + small) ** 2;
    look.i00 += weight;
    look.i01 += weight * value;
    look.i11 += weight * value * value;
  }
  return look;
}

function newtonStep({ g0, g1, i00, i01, i11 }: Look): Point {
  const determinant = i00 * i11 - i01 * i01;
  return { intercept: (i11 * g0 - i01 * g1) / determinant, slope: (i00 * g1 - i01 * g0) / determinant };
}

function moved(at: Point, step: Point, share: number): Point {
  return { intercept: at.intercept + share * step.intercept, slope: at.slope + share * step.slope };
}

type Found = { at: Point; look: Look; mean: number; deviation: number; iterations: number };

/** Takes the coefficients back from the standardised variable to the one given. */
function described({ at, look, mean, deviation, iterations }: Found): LogisticFit {
  const determinant = look.i00 * look.i11 - look.i01 * look.i01;
  const [v00, v01, v11] = [look.i11 / determinant, -look.i01 / determinant, look.i00 / determinant];
  const shift = mean / deviation;
  const slope = coefficient(at.slope / deviation, Math.sqrt(v11) / deviation);
  const variance = v00 - 2 * shift * v01 + shift * shift * v11;
  return {
    state: 'fitted',
    slope,
    intercept: coefficient(at.intercept - at.slope * shift, Math.sqrt(variance)),
    oddsRatio: {
      estimate: Math.exp(slope.estimate),
      low: Math.exp(slope.low),
      high: Math.exp(slope.high),
    },
    logLikelihood: look.logLikelihood,
    iterations,
  };
}

function coefficient(estimate: number, standardError: number): Coefficient {
  const half = normalQuantile(1 - significance / 2, 0, 1) * standardError;
  const p = 2 * normalCdf(-Math.abs(estimate / standardError), 0, 1);
  return { estimate, low: estimate - half, high: estimate + half, standardError, p };
}
