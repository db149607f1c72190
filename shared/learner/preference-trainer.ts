import { applyStep } from './batch.ts';
import { widths, type Policy } from './layers.ts';
import { logisticLoss } from './loss.ts';
import {
  backwardContext,
  backwardResponse,
  backwardScore,
  forwardContext,
  forwardResponse,
  score,
} from './network.ts';
import { Gradients } from './optimiser.ts';
import { leaning, type PreferencePair } from './preference.ts';
import { planSteps, validationSampleOf, type ResolvedHyperparameters, type StepPlace } from './schedule.ts';
import type { TrainingState } from './trainer.ts';

/** Hyperparameters of preference training; a higher `beta` keeps the policy closer to the reference. */
export type ResolvedPreferenceHyperparameters = ResolvedHyperparameters & { beta: number };

export type PreferenceInput = {
  readonly train: readonly PreferencePair[];
  readonly valid: readonly PreferencePair[];
  /** The policy training starts from, frozen: what the trained one is held against. */
  readonly reference: Policy;
  readonly hyperparameters: ResolvedPreferenceHyperparameters;
  readonly seed: number;
};

/**
 * Mean over pairs: the pairwise logistic loss, the reward margin β·((log π − log π_ref)(preferred) − the same of the
 * other), and the share of pairs with a margin above zero.
 */
export type PreferenceMeasure = { loss: number; rewardMargin: number; rewardAccuracy: number };

/** What one step reports. */
export type PreferenceReport = StepPlace & {
  train: PreferenceMeasure;
  valid: PreferenceMeasure | null;
  fullValid: PreferenceMeasure | null;
};

const baseRate = 0.0008;

/** A pair with what the reference thinks of it. */
export type HeldPair = { readonly pair: PreferencePair; readonly reference: number };

/** Asks the frozen reference once about every pair. */
export function holdAgainst(reference: Policy, pairs: readonly PreferencePair[]): HeldPair[] {
  return pairs.map((pair) => ({ pair, reference: leaning(reference, pair) }));
}

/** Trains from `state` to the end, one report per step; what each step needs comes from seed and step number alone. */
export function* trainPreferences(
  input: PreferenceInput,
  state: TrainingState,
): Generator<PreferenceReport, void, void> {
  const { seed, hyperparameters } = input;
  const { beta } = hyperparameters;
  const train = holdAgainst(input.reference, input.train);
  const valid = holdAgainst(input.reference, input.valid);
  const gradients = new Gradients(state.policy);
  for (const planned of planSteps({ items: train.length, hyperparameters, seed, baseRate }, state.step)) {
    const { picked, rate, isMeasured, ...place } = planned;
    const batch = picked.flatMap((i) => train[i] ?? []);
    const trained = accumulatePairs(state.policy, { batch, beta }, gradients);
    applyStep(state, gradients, { rate, examples: batch.length });
    state.step = place.step;
    const hasValid = valid.length > 0;
    const sample = () => validationSampleOf(valid, { seed, step: place.step });
    yield {
      ...place,
      train: trained,
      valid: hasValid && isMeasured ? measurePairs(state.policy, sample(), beta) : null,
      fullValid: hasValid && place.isEpochEnd ? measurePairs(state.policy, valid, beta) : null,
    };
  }
}

/** Loss, margin and accuracy of a batch, with its gradients added to `gradients`. */
export function accumulatePairs(
  policy: Policy,
  work: { batch: readonly HeldPair[]; beta: number },
  gradients: Gradients,
): PreferenceMeasure {
  const tally = new Tally(work.beta);
  for (const held of work.batch) {
    const { pair } = held;
    const context = forwardContext(policy, pair.context);
    const preferred = forwardResponse(policy, pair.preferred.features);
    const other = forwardResponse(policy, pair.other.features);
    const slope = tally.add(score(context, preferred) - score(context, other) - held.reference);
    const contextSlopes = new Float64Array(widths.meeting);
    for (const [response, sign] of [
      [preferred, 1],
      [other, -1],
    ] as const) {
      const slopes = new Float64Array(widths.meeting + 1);
      backwardScore({ context, response }, sign * slope, { context: contextSlopes, response: slopes });
      backwardResponse(policy, { response, slopes }, gradients);
    }
    backwardContext(policy, { context, slopes: contextSlopes }, gradients);
  }
  return tally.mean();
}

function measurePairs(policy: Policy, pairs: readonly HeldPair[], beta: number): PreferenceMeasure {
  const tally = new Tally(beta);
  for (const held of pairs) tally.add(leaning(policy, held.pair) - held.reference);
  return tally.mean();
}

class Tally {
  readonly #beta: number;
  #pairs = 0;
  #loss = 0;
  #margin = 0;
  #hits = 0;

  constructor(beta: number) {
    this.#beta = beta;
  }

  /** Counts a pair that leans so much further than under the reference; answers ∂loss/∂lean. */
  add(lean: number): number {
    const margin = this.#beta * lean;
    const { loss, slope } = logisticLoss(margin);
    this.#pairs += 1;
    this.#loss += loss;
    this.#margin += margin;
    if (margin > 0) this.#hits += 1;
    return this.#beta * slope;
  }

  mean(): PreferenceMeasure {
    const n = this.#pairs;
    return { loss: this.#loss / n, rewardMargin: this.#margin / n, rewardAccuracy: this.#hits / n };
  }
}
