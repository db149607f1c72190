import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DpoExample } from '../features/datasets/datasets.model.ts';
import { copyPolicy, createPolicy, layerNames } from './layers.ts';
import { logisticLoss } from './loss.ts';
import { Gradients } from './optimiser.ts';
import {
  leaning,
  logProbabilities,
  pairOf,
  preferenceAccuracy,
  turnsOfPairs,
  type PreferencePair,
} from './preference.ts';
import {
  accumulatePairs,
  holdAgainst,
  trainPreferences,
  type PreferenceInput,
  type PreferenceReport,
} from './preference-trainer.ts';
import { collectCandidates } from './responses.ts';
import { startState, train } from './trainer.ts';
import { policySha256, stateFromBytes, stateToBytes } from './weights.ts';

const things = ['kettle', 'lamp', 'chair', 'printer', 'tent', 'bicycle', 'radio', 'boot', 'scale', 'fan'];
const asks = ['Where is my', 'Can I return the', 'How do I clean the', 'What does it cost to mend the'];

/** Plain answers are preferred to gushing ones; which thing it is about does not matter. */
function example(thing: string, ask: string): DpoExample {
  return {
    input: { messages: [{ role: 'user', content: `${ask} ${thing}?` }] },
    preferred_output: [
      { role: 'assistant', content: `About the ${thing}: one step at a time, in two lines.` },
    ],
    non_preferred_output: [
      { role: 'assistant', content: `Wow, what a wonderful ${thing}! We are so thrilled and super happy!` },
    ],
  };
}

const pairs = asks.flatMap((ask) => things.map((thing) => example(thing, ask))).map(pairOf);
const swap = ({ context, preferred, other }: PreferencePair): PreferencePair => ({
  context,
  preferred: other,
  other: preferred,
});

function task(part: Partial<PreferenceInput['hyperparameters']> = {}, seed = 7): PreferenceInput {
  return {
    train: pairs.slice(0, 30),
    valid: pairs.slice(30),
    reference: createPolicy(seed),
    hyperparameters: { nEpochs: 3, batchSize: 4, learningRateMultiplier: 1, beta: 0.1, ...part },
    seed,
  };
}

function run(input: PreferenceInput) {
  const state = startState(copyPolicy(input.reference));
  const reports = [...trainPreferences(input, state)];
  return { reports, policy: state.policy, hash: policySha256(state.policy) };
}

test('the same pairs, seed and hyperparameters give the same weights; another seed or beta gives others', () => {
  expect(run(task()).hash).toBe(run(task()).hash);
  expect(run(task({}, 8)).hash).not.toBe(run(task()).hash);
  expect(run(task({ beta: 0.2 })).hash).not.toBe(run(task()).hash);
});

test('the known run ends in the known weights', () => {
  expect(run(task()).hash).toMatchInlineSnapshot(
    `"64cf42536104a33832fea36aa56cc93da59bc51c481c6bb17e5398e81ccd2636"`,
  );
});

test('before the first step nothing is told apart: loss log 2, margin 0; then all of it grows the right way', () => {
  const { reports, policy } = run(task({ nEpochs: 6 }));
  expect(reports[0]?.train.loss).toBeCloseTo(Math.log(2), 12);
  expect(reports[0]?.train).toMatchObject({ rewardMargin: 0, rewardAccuracy: 0 });
  const full = reports.flatMap((report) => report.fullValid ?? []);
  expect(full).toHaveLength(6);
  expect(full.at(-1)?.loss).toBeLessThan((full[0]?.loss ?? 0) * 0.8);
  expect(full.at(-1)?.rewardMargin).toBeGreaterThan(0);
  expect(full.at(-1)?.rewardAccuracy).toBe(1);
  expect(preferenceAccuracy(policy, pairs.slice(30))).toBe(1);
});

test('with the labels reversed the effect turns around; with them shuffled there is none', () => {
  const learned = preferenceAccuracy(run(task()).policy, pairs.slice(30));
  const turned = run({ ...task(), train: task().train.map(swap) }).policy;
  expect(learned).toBe(1);
  expect(preferenceAccuracy(turned, pairs.slice(30))).toBe(0);
  const alternating = { ...task(), train: task().train.map((pair, i) => (i % 2 === 0 ? pair : swap(pair))) };
  const margin = run(alternating).reports.at(-1)?.fullValid?.rewardMargin ?? 0;
  expect(Math.abs(margin)).toBeLessThan((run(task()).reports.at(-1)?.fullValid?.rewardMargin ?? 0) / 4);
});

test('a higher beta keeps the policy closer to the reference', () => {
  const moved = (beta: number): number => {
    const input = task({ beta, nEpochs: 20 });
    const { policy } = run(input);
    const lean = pairs.map((pair) => Math.abs(leaning(policy, pair) - leaning(input.reference, pair)));
    return lean.reduce((sum, one) => sum + one, 0);
  };
  expect(moved(2)).toBeLessThan(moved(0.5));
  expect(moved(0.5)).toBeLessThan(moved(0.05));
});

test('the reference stays frozen, bit for bit', () => {
  const input = task();
  const before = policySha256(input.reference);
  run(input);
  expect(policySha256(input.reference)).toBe(before);
});

test('a run that goes on from stored bytes after any step is the run that was never stopped', () => {
  const input = task();
  const whole = run(input);
  for (const stop of [1, 7, 8, 9, 20]) {
    const first = startState(copyPolicy(input.reference));
    const reports: PreferenceReport[] = [];
    for (const report of trainPreferences(input, first)) {
      reports.push(report);
      if (report.step === stop) break;
    }
    const second = stateFromBytes(stateToBytes(first));
    reports.push(...trainPreferences(input, second));
    expect(policySha256(second.policy)).toBe(whole.hash);
    expect(reports).toEqual(whole.reports);
  }
});

test('gradients agree with finite differences in every layer', () => {
  const policy = createPolicy(5);
  const batch = holdAgainst(createPolicy(6), pairs.slice(0, 3));
  const work = { batch, beta: 0.7 };
  const gradients = new Gradients(policy);
  accumulatePairs(policy, work, gradients);
  const lossAt = (): number => accumulatePairs(policy, work, new Gradients(policy)).loss * batch.length;
  for (const name of layerNames) {
    const { values, columns } = policy[name];
    const gradient = gradients.of(name);
    const rows = gradient.rows();
    for (let probe = 0; probe < 12; probe += 1) {
      const row = rows[(probe * 37) % rows.length] ?? 0;
      const at = row * columns + (probe % columns);
      const kept = values[at] ?? 0;
      const nudge = 1e-6;
      values[at] = kept + nudge;
      const above = lossAt();
      values[at] = kept - nudge;
      const below = lossAt();
      values[at] = kept;
      const numeric = (above - below) / (2 * nudge);
      expect(Math.abs(numeric - (gradient.sums[at] ?? 0))).toBeLessThan(1e-6 + 1e-5 * Math.abs(numeric));
    }
  }
});

test('the logistic loss is finite, falls, mirrors, and its slope is its derivative', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (x) => {
      const { loss, slope } = logisticLoss(x);
      expect(Number.isFinite(loss)).toBe(true);
      expect(slope).toBeLessThanOrEqual(0);
      expect(slope).toBeGreaterThanOrEqual(-1);
      expect(loss - logisticLoss(-x).loss).toBeCloseTo(-x, 6);
      expect(slope + logisticLoss(-x).slope).toBeCloseTo(-1, 12);
    }),
  );
  for (const x of [-30, -2, -0.1, 0, 0.1, 2, 30]) {
    const numeric = (logisticLoss(x + 1e-5).loss - logisticLoss(x - 1e-5).loss) / 2e-5;
    expect(logisticLoss(x).slope).toBeCloseTo(numeric, 6);
    expect(logisticLoss(x).loss).toBeCloseTo(Math.log1p(Math.exp(-x)), 10);
  }
});

test('the margin is the one of the log-probabilities over all candidates, whatever the candidates are', () => {
  const { policy } = run(task());
  const reference = createPolicy(7);
  fc.assert(
    fc.property(fc.integer({ min: 2, max: pairs.length }), (count) => {
      const some = pairs.slice(0, count);
      const candidates = collectCandidates(turnsOfPairs(some));
      const now = logProbabilities(policy, candidates, some);
      const then = logProbabilities(reference, candidates, some);
      for (const [i, pair] of some.entries()) {
        const [a, b] = [now[i], then[i]];
        if (!a || !b) throw new Error('a pair without probabilities');
        expect(Math.max(a.preferred, a.other)).toBeLessThan(0);
        const full = a.preferred - b.preferred - (a.other - b.other);
        expect(leaning(policy, pair) - leaning(reference, pair)).toBeCloseTo(full, 9);
      }
    }),
    { numRuns: 10 },
  );
});

test('swapping both sides of a pair mirrors what a policy makes of it', () => {
  const policy = createPolicy(3);
  for (const pair of pairs) expect(leaning(policy, swap(pair))).toBeCloseTo(-leaning(policy, pair), 12);
});

test('an absurd rate ends in a huge margin, never in something that is no number', () => {
  for (const learningRateMultiplier of [1e3, 1e300]) {
    for (const report of run(task({ learningRateMultiplier })).reports) {
      expect(Object.values(report.train).every(Number.isFinite)).toBe(true);
      expect(Object.values(report.fullValid ?? {}).every(Number.isFinite)).toBe(true);
    }
  }
});

test('tuning first on the preferred answers, then on the pairs, leaves a policy that still knows them', () => {
  const turns = pairs.slice(0, 30).map((pair) => ({ context: pair.context, ...pair.preferred }));
  const candidates = collectCandidates(turnsOfPairs(pairs.slice(0, 30)));
  const state = startState(createPolicy(7));
  const hyperparameters = { nEpochs: 12, batchSize: 1, learningRateMultiplier: 1 };
  for (const report of train({ train: turns, valid: [], candidates, hyperparameters, seed: 7 }, state)) {
    expect(report.totalSteps).toBe(360);
  }
  const preferredAt = (): number => {
    const all = logProbabilities(state.policy, candidates, pairs.slice(0, 30));
    return all.reduce((sum, one) => sum + one.preferred, 0) / all.length;
  };
  const tuned = copyPolicy(state.policy);
  const before = preferredAt();
  const second = startState(state.policy);
  const reports = [...trainPreferences({ ...task(), reference: tuned }, second)];
  expect(reports[0]?.train.loss).toBeCloseTo(Math.log(2), 12);
  expect(preferenceAccuracy(state.policy, pairs.slice(30))).toBe(1);
  // Among 60 answers chance is −4.1.
  expect(before).toBeGreaterThan(-2);
  expect(preferredAt()).toBeGreaterThan(-2.5);
});
