import { expect, test } from 'vitest';
import type { SftExample } from '../features/datasets/datasets.model.ts';
import { accumulate, shortlist } from './batch.ts';
import { copyPolicy, createPolicy, layerNames } from './layers.ts';
import { Gradients } from './optimiser.ts';
import { collectCandidates, turnsOf } from './responses.ts';
import { countSteps } from './schedule.ts';
import { startState, train, type StepReport, type TrainingInput } from './trainer.ts';
import { policyFromBytes, policySha256, policyToBytes, stateFromBytes, stateToBytes } from './weights.ts';

const colours = ['red', 'green', 'blue', 'grey'];
const things = ['door', 'car', 'roof', 'boat', 'lamp', 'cup', 'shoe', 'wall'];

function example(colour: string, thing: string): SftExample {
  return {
    messages: [
      { role: 'system', content: 'Name the colour.' },
      { role: 'user', content: `The ${thing} of my neighbour is painted ${colour}, what is it?` },
      { role: 'assistant', content: JSON.stringify({ colour }) },
    ],
  };
}

function task(seed = 7, part: Partial<TrainingInput['hyperparameters']> = {}): TrainingInput {
  const pairs = things.flatMap((thing) => colours.map((colour) => example(colour, thing)));
  const turns = pairs.flatMap(turnsOf);
  const trainTurns = turns.slice(0, 24);
  return {
    train: trainTurns,
    valid: turns.slice(24),
    candidates: collectCandidates(trainTurns),
    hyperparameters: { nEpochs: 4, batchSize: 5, learningRateMultiplier: 1, ...part },
    seed,
  };
}

function run(input: TrainingInput) {
  const state = startState(createPolicy(input.seed));
  const reports = [...train(input, state)];
  return { reports, hash: policySha256(state.policy) };
}

test('the same data, seed and hyperparameters give the same weights; another seed gives others', () => {
  expect(run(task()).hash).toBe(run(task()).hash);
  expect(run(task(8)).hash).not.toBe(run(task()).hash);
});

test('the known run still ends in the known weights', () => {
  expect(run(task()).hash).toMatchInlineSnapshot(
    `"83004f14f2029abb1c064bca94bf6b1eb0ec96737bf6eb0b92307c56f5835e3c"`,
  );
});

test('a run that goes on from stored bytes after any step is the run that was never stopped', () => {
  const input = task();
  const whole = run(input);
  for (const stop of [1, 4, 5, 6, 13, 19]) {
    const first = startState(createPolicy(input.seed));
    const reports: StepReport[] = [];
    for (const report of train(input, first)) {
      reports.push(report);
      if (report.step === stop) break;
    }
    const second = stateFromBytes(stateToBytes(first));
    reports.push(...train(input, second));
    expect(policySha256(second.policy)).toBe(whole.hash);
    expect(reports).toEqual(whole.reports);
  }
});

test('steps, epochs and full validations are counted as announced', () => {
  const { reports } = run(task());
  expect(countSteps(24, { nEpochs: 4, batchSize: 5, learningRateMultiplier: 1 })).toBe(20);
  expect(reports.map((report) => report.step)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  expect(reports.filter((report) => report.isEpochEnd).map((report) => report.step)).toEqual([5, 10, 15, 20]);
  expect(reports.filter((report) => report.fullValid).map((report) => report.epoch)).toEqual([1, 2, 3, 4]);
});

test('it learns what is there to learn', () => {
  const { reports } = run(task(7, { nEpochs: 20 }));
  const full = reports.flatMap((report) => report.fullValid ?? []);
  expect(full.at(-1)?.accuracy).toBe(1);
  expect(full.at(-1)?.loss).toBeLessThan((full[0]?.loss ?? 0) / 2);
});

test('an absurd rate ends in a huge loss, never in something that is no number', () => {
  for (const learningRateMultiplier of [1e3, 1e9, 1e300]) {
    const { reports } = run(task(7, { learningRateMultiplier }));
    for (const report of reports) {
      expect(Number.isFinite(report.trainLoss)).toBe(true);
      expect(Number.isFinite(report.valid?.loss ?? 0)).toBe(true);
    }
    expect(reports.at(-1)?.fullValid?.loss).toBeGreaterThan(100);
  }
});

test('weights survive being stored, and damaged bytes are refused', () => {
  const policy = createPolicy(3);
  const bytes = policyToBytes(policy);
  expect(policySha256(policyFromBytes(bytes))).toBe(policySha256(policy));
  expect(() => policyFromBytes(bytes.subarray(8))).toThrow('cut short');
  expect(() => policyFromBytes(new Uint8Array(bytes.length + 8))).toThrow('too long');
  policy['context.hidden1'].values[3] = Number.NaN;
  expect(() => policyToBytes(policy)).toThrow('not a number');
});

test('minus zero and zero are the same weight', () => {
  const policy = createPolicy(3);
  const other = copyPolicy(policy);
  policy['context.hidden1'].values[24] = 0;
  other['context.hidden1'].values[24] = -0;
  expect(policySha256(other)).toBe(policySha256(policy));
});

test('gradients agree with finite differences in every layer', () => {
  const input = task();
  const policy = createPolicy(5);
  const batch = input.train.slice(0, 3);
  const list = shortlist(input.candidates, [], { seed: 1, step: 1 });
  const work = { candidates: input.candidates, batch, list };
  const gradients = new Gradients(policy);
  accumulate(policy, work, gradients);
  const lossAt = (): number => accumulate(policy, work, new Gradients(policy)).trainLoss * batch.length;
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

test('the order of turns within a batch does not matter, and untouched rows stay bit for bit', () => {
  const input = task(7, { nEpochs: 1, batchSize: 24 });
  const state = startState(createPolicy(7));
  const before = copyPolicy(state.policy);
  for (const report of train(input, state)) expect(report.step).toBe(1);
  const used = new Set(input.train.flatMap((turn) => [...turn.context.buckets]));
  const { values, columns, rows } = state.policy['context.embedding'];
  for (let row = 0; row < rows; row += 1) {
    const now = values.slice(row * columns, (row + 1) * columns);
    const then = before['context.embedding'].values.slice(row * columns, (row + 1) * columns);
    if (!used.has(row)) expect(now).toEqual(then);
  }
});

test('a large set of answers is sampled, the wanted ones are always among them', () => {
  const turns = Array.from({ length: 300 }, (_, i) => example(`colour${i}`, 'door')).flatMap(turnsOf);
  const candidates = collectCandidates(turns);
  const wanted = turns.slice(10, 14).map((turn) => turn.key);
  const list = shortlist(candidates, wanted, { seed: 1, step: 2 });
  expect(list.places.length).toBe(68);
  expect(new Set(list.places).size).toBe(68);
  expect(list.places.slice(0, 4).map((place) => candidates.keys[place])).toEqual(wanted);
  expect(list.correction).toBeCloseTo(Math.log(296 / 64), 12);
});
