import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { DpoExample } from '../../shared/features/datasets/datasets.model.ts';
import { bootstrapMean } from '../../shared/statistics/bootstrap.ts';
import { resolvePreferenceHyperparameters } from '../../shared/learner/hyperparameters.ts';
import { copyPolicy, createPolicy } from '../../shared/learner/layers.ts';
import { leaning, pairOf, type PreferencePair } from '../../shared/learner/preference.ts';
import { trainPreferences } from '../../shared/learner/preference-trainer.ts';
import { createPrng, shuffledIndexes } from '../../shared/learner/prng.ts';
import { startState } from '../../shared/learner/trainer.ts';

const seed = 42;
const auto = { nEpochs: 'auto', batchSize: 'auto', learningRateMultiplier: 'auto', beta: 'auto' } as const;

function read(file: URL): PreferencePair[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => pairOf(JSON.parse(line) as DpoExample));
}

/** 70 % to learn from, 30 % never shown, drawn by seed. */
function split(pairs: readonly PreferencePair[]) {
  const order = shuffledIndexes(pairs.length, createPrng(seed, 'split')).flatMap((i) => pairs[i] ?? []);
  const cut = Math.floor(pairs.length * 0.7);
  return { shown: order.slice(0, cut), unseen: order.slice(cut) };
}

/** Which unseen pairs the policy gets right before and after training on `shown`, and the gain's lower bound. */
function learn(shown: readonly PreferencePair[], unseen: readonly PreferencePair[]) {
  const reference = createPolicy(seed);
  const state = startState(copyPolicy(reference));
  const hyperparameters = resolvePreferenceHyperparameters(shown.length, auto);
  const reports = [
    ...trainPreferences({ train: shown, valid: unseen, reference, hyperparameters, seed }, state),
  ];
  const right = (policy: typeof reference) => unseen.map((pair) => (leaning(policy, pair) > 0 ? 1 : 0));
  const [before, after] = [right(reference), right(state.policy)];
  const gain = bootstrapMean(
    after.map((hit, i) => hit - (before[i] ?? 0)),
    seed,
  );
  const mean = (hits: readonly number[]) => hits.reduce<number>((sum, hit) => sum + hit, 0) / hits.length;
  return { before: mean(before), after: mean(after), gain, last: reports.at(-1)?.fullValid };
}

const swap = ({ context, preferred, other }: PreferencePair): PreferencePair => ({
  context,
  preferred: other,
  other: preferred,
});

const demo = new URL('../../resources/demo/support-replies.jsonl', import.meta.url);

test('the demo pairs: unseen replies are told apart as in the house style', () => {
  const { shown, unseen } = split(read(demo));
  expect(unseen).toHaveLength(48);
  const { before, after, gain, last } = learn(shown, unseen);
  expect(before).toBeLessThan(0.7);
  expect(after).toBeGreaterThan(0.9);
  expect(gain.low).toBeGreaterThan(0);
  expect(last?.rewardMargin).toBeGreaterThan(0.1);
  expect(learn(shown.map(swap), unseen).after).toBeLessThan(0.1);
});

const orca = new URL('../../../shared/data/dpo-orca/validation.jsonl', import.meta.url);

test.skipIf(!existsSync(orca))(
  'Orca pairs (skipped without ../shared/data): unseen pairs are told apart as the reviewers did',
  () => {
    const { shown, unseen } = split(read(orca));
    expect(unseen).toHaveLength(86);
    const { before, after, gain, last } = learn(shown, unseen);
    expect(before).toBeLessThan(0.65);
    expect(after).toBeGreaterThan(0.75);
    expect(gain.low).toBeGreaterThan(0);
    expect(last?.rewardMargin).toBeGreaterThan(0);
    expect(last?.rewardAccuracy).toBeGreaterThan(0.75);
    expect(learn(shown.map(swap), unseen).after).toBeLessThan(0.25);
    const coin = createPrng(seed, 'coin');
    const shuffled = learn(
      shown.map((pair) => (coin.unit() < 0.5 ? pair : swap(pair))),
      unseen,
    );
    expect(shuffled.after).toBeLessThan(0.65);
  },
);
