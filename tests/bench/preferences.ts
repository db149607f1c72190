import { overallAgreement } from '../../shared/features/preferences/agreement.rules.ts';
import { checkLogic, type DecidedPairs } from '../../shared/features/preferences/logic.rules.ts';
import type { Ratings } from '../../shared/features/preferences/ratings.rules.ts';
import { median, threadMs } from './figures.ts';
import { createRandom } from './random.ts';

/*
 * Trust in a preference set: agreement of three reviewers (percent, α nominal and ordinal, each with a bootstrap of 10,000
 * resamples) and the preference logic, over as many pairs as asked for. Four answers a prompt, of which the reviewers
 * prefer the lower number nine times in ten. The second half of the figures says how work grows with twice the pairs.
 * Run: node tests/bench/preferences.ts [pairs]. Prints one JSON object.
 */

const count = Number(process.argv[2] ?? 100_000);
const rounds = 3;

function ratingsOf(pairs: number): Ratings {
  const random = createRandom(11);
  const [units, raters, values]: [number[], number[], number[]] = [[], [], []];
  for (let unit = 0; unit < pairs; unit += 1) {
    const truth = Math.floor(7 * random());
    for (let rater = 0; rater < 3; rater += 1) {
      if (random() < 0.2) continue;
      units.push(unit);
      raters.push(rater);
      values.push(random() < 0.6 ? truth : Math.floor(7 * random()));
    }
  }
  return {
    units: Int32Array.from(units),
    raters: Int32Array.from(raters),
    values: Int32Array.from(values),
    categories: 7,
  };
}

function decidedOf(pairs: number): DecidedPairs {
  const random = createRandom(12);
  const numbers = (of: (pair: number) => number): Int32Array =>
    Int32Array.from({ length: pairs }, (_, at) => of(at));
  const prompts = numbers((pair) => Math.floor(pair / 8));
  const lefts = numbers((pair) => (prompts[pair] ?? 0) * 4 + Math.floor(4 * random()));
  const rights = lefts.map((left) => left - (left % 4) + ((left + 1 + Math.floor(3 * random())) % 4));
  return {
    prompts,
    lefts,
    rights,
    winners: Int8Array.from(lefts, (left, pair) => (left < (rights[pair] ?? 0) === random() < 0.9 ? -1 : 1)),
    strengths: Uint8Array.from(lefts, () => 1 + Math.floor(3 * random())),
    promptClusters: prompts.map((prompt) => prompt >> 1),
    leftClusters: lefts.map((left) => (left >> 3) * 4 + (left % 4)),
    rightClusters: rights.map((right) => (right >> 3) * 4 + (right % 4)),
    alike: Uint8Array.from(lefts, () => (random() < 0.01 ? 1 : 0)),
    broken: Uint8Array.from(lefts, () => (random() < 0.01 ? 1 : 0)),
  };
}

function timed(work: () => unknown): number {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = threadMs();
    work();
    times.push(threadMs() - start);
  }
  return Math.round(median(times));
}

const [ratings, twiceRatings] = [ratingsOf(count), ratingsOf(2 * count)];
const [decided, twiceDecided] = [decidedOf(count), decidedOf(2 * count)];
const options = { seed: 1, isOrdered: true };
const agreement = overallAgreement(ratings, options);
const logic = checkLogic(decided);

console.log(
  JSON.stringify({
    bench: 'preferences',
    pairs: count,
    ratings: agreement.ratings,
    agreementCpuMs: timed(() => overallAgreement(ratings, options)),
    agreementTwiceCpuMs: timed(() => overallAgreement(twiceRatings, options)),
    logicCpuMs: timed(() => checkLogic(decided)),
    logicTwiceCpuMs: timed(() => checkLogic(twiceDecided)),
    alphaNominal: agreement.alphaNominal.value,
    alphaOrdinal: agreement.alphaOrdinal?.value ?? null,
    findings: logic.findings.length,
    affectedPairs: logic.affectedPairs,
  }),
);
