import { accumulate, applyStep, shortlist, type BatchResult } from './batch.ts';
import type { Policy } from './layers.ts';
import { measure } from './measure.ts';
import { createMemory, Gradients, type OptimiserMemory } from './optimiser.ts';
import { createPrng, shuffledIndexes } from './prng.ts';
import type { Candidates, Turn } from './responses.ts';

/** Hyperparameters with nothing left to decide. */
export type ResolvedHyperparameters = { nEpochs: number; batchSize: number; learningRateMultiplier: number };

export type TrainingInput = {
  readonly train: readonly Turn[];
  readonly valid: readonly Turn[];
  readonly candidates: Candidates;
  readonly hyperparameters: ResolvedHyperparameters;
  readonly seed: number;
};

/** Everything a run needs to go on after `step` steps; `policy` and `memory` are changed in place. */
export type TrainingState = { policy: Policy; memory: OptimiserMemory; step: number };

/** What one step reports; accuracies are shares of turns whose response ranked first. */
export type StepReport = {
  step: number;
  totalSteps: number;
  epoch: number;
  isEpochEnd: boolean;
  trainLoss: number;
  trainAccuracy: number;
  valid: { loss: number; accuracy: number } | null;
  fullValid: { loss: number; accuracy: number } | null;
};

const baseRate = 0.0008;
const validationSample = 16;
const validationsPerRun = 100;

/** Steps of a run: epochs × batches, the last batch of an epoch may be small. */
export function countSteps(turns: number, hyperparameters: ResolvedHyperparameters): number {
  return hyperparameters.nEpochs * Math.ceil(turns / hyperparameters.batchSize);
}

/** State before the first step; the given policy is trained in place. */
export function startState(policy: Policy): TrainingState {
  return { policy, memory: createMemory(policy), step: 0 };
}

/**
 * Trains from `state` to the end, one report per step. Whatever order and numbers a step needs come from seed and
 * step number alone, so a run that goes on from a stored state is bit for bit the run that was never stopped.
 */
export function* train(input: TrainingInput, state: TrainingState): Generator<StepReport, void, void> {
  const total = countSteps(input.train.length, input.hyperparameters);
  const perEpoch = total / input.hyperparameters.nEpochs;
  const gradients = new Gradients(state.policy);
  let order: readonly number[] = [];
  const interval = Math.max(1, Math.floor(total / validationsPerRun));
  while (state.step < total) {
    const step = state.step + 1;
    const epoch = Math.ceil(step / perEpoch);
    if ((step - 1) % perEpoch === 0 || order.length === 0) order = orderOf(input, epoch);
    const batch = batchOf(input, order, (step - 1) % perEpoch);
    const trained = trainBatch(input, { state, gradients }, batch);
    applyStep(state, gradients, { rate: rateAt(input, step, total), examples: batch.length });
    state.step = step;
    const isEpochEnd = step % perEpoch === 0;
    const isMeasured = input.valid.length > 0 && (step === 1 || step % interval === 0 || isEpochEnd);
    yield {
      step,
      totalSteps: total,
      epoch,
      isEpochEnd,
      ...trained,
      valid: isMeasured ? measure(state.policy, input.candidates, sampleOf(input, step)) : null,
      fullValid:
        isEpochEnd && input.valid.length > 0 ? measure(state.policy, input.candidates, input.valid) : null,
    };
  }
}

/** Falls in a straight line from the full rate to a tenth of it. */
function rateAt(input: TrainingInput, step: number, total: number): number {
  const left = total > 1 ? (total - step) / (total - 1) : 1;
  return baseRate * input.hyperparameters.learningRateMultiplier * (0.1 + 0.9 * left);
}

function orderOf(input: TrainingInput, epoch: number): readonly number[] {
  return shuffledIndexes(input.train.length, createPrng(input.seed, `order ${epoch}`));
}

/** The turns of a batch, in file order: the order within a batch never matters. */
function batchOf(input: TrainingInput, order: readonly number[], index: number): Turn[] {
  const { batchSize } = input.hyperparameters;
  const picked = order.slice(index * batchSize, (index + 1) * batchSize).sort((a, b) => a - b);
  return picked.flatMap((i) => input.train[i] ?? []);
}

function trainBatch(
  input: TrainingInput,
  parts: { state: TrainingState; gradients: Gradients },
  batch: readonly Turn[],
): BatchResult {
  const wanted = batch.map((turn) => turn.key);
  const draw = { seed: input.seed, step: parts.state.step + 1 };
  const list = shortlist(input.candidates, wanted, draw);
  return accumulate(parts.state.policy, { candidates: input.candidates, batch, list }, parts.gradients);
}

function sampleOf(input: TrainingInput, step: number): readonly Turn[] {
  if (input.valid.length <= validationSample) return input.valid;
  const prng = createPrng(input.seed, `validation ${step}`);
  return Array.from({ length: validationSample }, () => input.valid[prng.below(input.valid.length)]).flatMap(
    (turn) => turn ?? [],
  );
}
