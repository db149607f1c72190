import { accumulate, applyStep, shortlist, type BatchResult } from './batch.ts';
import type { Policy } from './layers.ts';
import { measure } from './measure.ts';
import { createMemory, Gradients, type OptimiserMemory } from './optimiser.ts';
import type { Candidates, Turn } from './responses.ts';
import { planSteps, validationSampleOf, type ResolvedHyperparameters, type StepPlace } from './schedule.ts';

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
export type StepReport = StepPlace & {
  trainLoss: number;
  trainAccuracy: number;
  valid: { loss: number; accuracy: number } | null;
  fullValid: { loss: number; accuracy: number } | null;
};

const baseRate = 0.0008;

/** State before the first step; the given policy is trained in place. */
export function startState(policy: Policy): TrainingState {
  return { policy, memory: createMemory(policy), step: 0 };
}

/** Trains from `state` to the end, one report per step; what each step needs comes from seed and step number alone. */
export function* train(input: TrainingInput, state: TrainingState): Generator<StepReport, void, void> {
  const { candidates, valid, seed, hyperparameters } = input;
  const gradients = new Gradients(state.policy);
  for (const planned of planSteps(
    { items: input.train.length, hyperparameters, seed, baseRate },
    state.step,
  )) {
    const { picked, rate, isMeasured, ...place } = planned;
    const batch = picked.flatMap((i) => input.train[i] ?? []);
    const trained = trainBatch(input, { state, gradients }, batch);
    applyStep(state, gradients, { rate, examples: batch.length });
    state.step = place.step;
    const hasValid = valid.length > 0;
    const sample = () => validationSampleOf(valid, { seed, step: place.step });
    yield {
      ...place,
      ...trained,
      valid: hasValid && isMeasured ? measure(state.policy, candidates, sample()) : null,
      fullValid: hasValid && place.isEpochEnd ? measure(state.policy, candidates, valid) : null,
    };
  }
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
