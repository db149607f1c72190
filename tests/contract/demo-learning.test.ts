import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { dealGroups } from '../../shared/features/datasets/split.rules.ts';
import type { SftExample, SplitName } from '../../shared/features/datasets/datasets.model.ts';
import { bootstrapMean } from '../../shared/statistics/bootstrap.ts';
import { textOf } from '../../shared/learner/features.ts';
import { resolveHyperparameters } from '../../shared/learner/hyperparameters.ts';
import { createPolicy, type Policy } from '../../shared/learner/layers.ts';
import { highestAt } from '../../shared/learner/loss.ts';
import { encodeCandidates, scoreCandidates } from '../../shared/learner/measure.ts';
import { createPrng, shuffledIndexes } from '../../shared/learner/prng.ts';
import { collectCandidates, turnsOf, type Turn } from '../../shared/learner/responses.ts';
import { startState, train, type TrainingInput } from '../../shared/learner/trainer.ts';
import { writeRequests } from '../fixtures/demo/routing.ts';
import { toExample, writeTickets } from '../fixtures/demo/triage.ts';

const triage = writeTickets(240, 2026).map(toExample);
const routing = writeRequests(240, 2026);

/** 70/15/15 by prompt, as a data set is split. */
function split(examples: readonly SftExample[], seed: number): Record<SplitName, Turn[]> {
  const keyOf = (example: SftExample): string => textOf(example.messages[1]?.content);
  const ratios = { train: 0.7, validation: 0.15, test: 0.15 };
  const sides = dealGroups(
    examples.map((example) => ({ key: keyOf(example), size: 1 })),
    { ratios, seed },
  );
  const side = (name: SplitName) =>
    examples.filter((example) => sides.get(keyOf(example)) === name).flatMap(turnsOf);
  return { train: side('train'), validation: side('validation'), test: side('test') };
}

type Options = { nEpochs?: number; learningRateMultiplier?: number; seed?: number };

function prepare(sides: Record<SplitName, Turn[]>, options: Options = {}): TrainingInput {
  const { nEpochs = 'auto', learningRateMultiplier = 'auto', seed = 42 } = options;
  return {
    train: sides.train,
    valid: sides.validation,
    candidates: collectCandidates(sides.train),
    hyperparameters: resolveHyperparameters(sides.train.length, {
      nEpochs,
      learningRateMultiplier,
      batchSize: 'auto',
    }),
    seed,
  };
}

function hits(policy: Policy, input: TrainingInput, turns: readonly Turn[]): number[] {
  const encoded = encodeCandidates(policy, input.candidates);
  return turns.map((turn) => {
    const place = highestAt(scoreCandidates(policy, encoded, turn.context));
    return input.candidates.keys[place] === turn.key ? 1 : 0;
  });
}

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

function learn(sides: Record<SplitName, Turn[]>, options: Options = {}) {
  const input = prepare(sides, options);
  const state = startState(createPolicy(input.seed));
  const base = hits(state.policy, input, sides.test);
  const losses = [...train(input, state)].flatMap((report) => report.fullValid?.loss ?? []);
  const tuned = hits(state.policy, input, sides.test);
  const differences = tuned.map((hit, i) => hit - (base[i] ?? 0));
  const interval = bootstrapMean(differences, 42);
  return { losses, base: mean(base), tuned: mean(tuned), n: tuned.length, low: interval.low };
}

/** The same questions with each other's answers. */
function shuffleAnswers(sides: Record<SplitName, Turn[]>): Record<SplitName, Turn[]> {
  const order = shuffledIndexes(sides.train.length, createPrng(5, 'wrong answers'));
  const wrong = sides.train.flatMap((turn, i) => {
    const other = sides.train[order[i] ?? 0];
    return other ? [{ ...turn, response: other.response, key: other.key }] : [];
  });
  return { ...sides, train: wrong };
}

const sets = [
  ['support triage', triage],
  ['tool routing', routing],
] as const;

test.each(sets)('%s: the tuned policy beats the untrained one on unseen examples', (_name, examples) => {
  const { base, tuned, n, low } = learn(split(examples, 42));
  expect(n).toBeGreaterThanOrEqual(36);
  expect(low).toBeGreaterThan(0);
  expect(base).toBeLessThan(0.4);
  // Learnable, but no giveaway: no word alone decides.
  expect(tuned).toBeGreaterThan(0.7);
  expect(tuned).toBeLessThan(1);
});

test.each(sets)('%s: with the answers shuffled, nothing is gained', (_name, examples) => {
  const { low, tuned } = learn(shuffleAnswers(split(examples, 42)));
  expect(low).toBeLessThanOrEqual(0);
  expect(tuned).toBeLessThan(0.4);
});

test('too few epochs under-fit, too many over-fit, and the validation loss shows both', () => {
  const sides = split(triage, 42);
  const short = learn(sides, { nEpochs: 1 }).losses;
  const fair = learn(sides).losses;
  const long = learn(sides, { nEpochs: 40 }).losses;
  const lowest = Math.min(...long);
  expect(short.at(-1)).toBeGreaterThan((fair.at(-1) ?? 0) * 1.2);
  expect(long.at(-1)).toBeGreaterThan(lowest * 1.5);
  expect(long.indexOf(lowest)).toBeLessThan(20);
});

test('an absurd learning rate diverges, a tiny one learns nothing', () => {
  const sides = split(triage, 42);
  const { losses, tuned } = learn(sides, { learningRateMultiplier: 1000 });
  expect(Math.max(...losses)).toBeGreaterThan(1000);
  expect(losses.every(Number.isFinite)).toBe(true);
  expect(tuned).toBeLessThan(0.4);
  expect(learn(sides, { learningRateMultiplier: 0.001 }).tuned).toBeLessThan(0.4);
});

const mathematics = new URL('../../../shared/data/sft-gsm8k/train.jsonl', import.meta.url);
test.skipIf(!existsSync(mathematics))('free answers: none of an unseen question’s can be given', () => {
  const examples = readFileSync(mathematics, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as SftExample);
  const { base, tuned, low } = learn(split(examples.slice(0, 120), 42));
  expect([base, tuned]).toEqual([0, 0]);
  expect(low).toBeLessThanOrEqual(0);
});
