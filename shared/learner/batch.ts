import { layerNames, layerShapes, widths, type Policy } from './layers.ts';
import { highestAt, softmax } from './loss.ts';
import {
  backwardContext,
  backwardResponse,
  backwardScore,
  forwardContext,
  forwardResponse,
  score,
} from './network.ts';
import type { ResponsePass } from './network.ts';
import { stepLayer, type Gradients, type OptimiserMemory } from './optimiser.ts';
import { portableLog } from './portable-math.ts';
import { createPrng } from './prng.ts';
import type { Candidates, Turn } from './responses.ts';

/** Above this many candidates a step looks at its own answers and a seeded sample of the others. */
const fullSoftmaxLimit = 96;
const sampledCandidates = 64;

/** Candidates a step compares; `correction` is added to the sampled ones' scores, for those they stand for. */
export type Shortlist = {
  readonly places: readonly number[];
  readonly targets: number;
  readonly correction: number;
};

/** All candidates of a small set, or the batch's own answers first and then a seeded sample of the rest. */
export function shortlist(
  candidates: Candidates,
  wanted: readonly string[],
  draw: { seed: number; step: number },
): Shortlist {
  const count = candidates.keys.length;
  if (count <= fullSoftmaxLimit) {
    return { places: candidates.keys.map((_, i) => i), targets: count, correction: 0 };
  }
  const targets = [...new Set(wanted.map((key) => candidates.placeOf.get(key) ?? -1))].sort((a, b) => a - b);
  const chosen = new Set(targets);
  const prng = createPrng(draw.seed, `negatives ${draw.step}`);
  const places = [...targets];
  const wantedCount = Math.min(count, targets.length + sampledCandidates);
  while (places.length < wantedCount) {
    const place = prng.below(count);
    if (chosen.has(place)) continue;
    chosen.add(place);
    places.push(place);
  }
  const sampled = places.length - targets.length;
  const correction = sampled > 0 ? portableLog((count - targets.length) / sampled) : 0;
  return { places, targets: targets.length, correction };
}

export type BatchResult = { trainLoss: number; trainAccuracy: number };

/** Mean cross-entropy of a batch, with its gradients added to `gradients`. */
export function accumulate(
  policy: Policy,
  work: { candidates: Candidates; batch: readonly Turn[]; list: Shortlist },
  gradients: Gradients,
): BatchResult {
  const { candidates, batch, list } = work;
  const passes = list.places.map((place) => forwardResponse(policy, candidates.features[place] ?? nothing));
  const slopes = passes.map(() => new Float64Array(widths.meeting + 1));
  const at = new Map(list.places.map((place, i) => [candidates.keys[place], i]));
  let loss = 0;
  let hits = 0;
  for (const turn of batch) {
    const context = forwardContext(policy, turn.context);
    const target = at.get(turn.key) ?? 0;
    const scores = Float64Array.from(
      passes,
      (pass, i) => score(context, pass) + (i < list.targets ? 0 : list.correction),
    );
    const { probabilities, loss: one } = softmax(scores, target);
    loss += one;
    if (highestAt(scores) === target) hits += 1;
    const contextSlopes = new Float64Array(widths.meeting);
    for (const [i, response] of passes.entries()) {
      const slope = (probabilities[i] ?? 0) - (i === target ? 1 : 0);
      const into = { context: contextSlopes, response: slopes[i] ?? contextSlopes };
      backwardScore({ context, response }, slope, into);
    }
    backwardContext(policy, { context, slopes: contextSlopes }, gradients);
  }
  carryBack(policy, { passes, slopes }, gradients);
  return { trainLoss: loss / batch.length, trainAccuracy: hits / batch.length };
}

const nothing = { buckets: new Int32Array(0), values: new Float64Array(0) };

function carryBack(
  policy: Policy,
  sides: { passes: readonly ResponsePass[]; slopes: readonly Float64Array[] },
  gradients: Gradients,
): void {
  for (const [i, response] of sides.passes.entries()) {
    const slopes = sides.slopes[i];
    if (slopes) backwardResponse(policy, { response, slopes }, gradients);
  }
}

/** One step of every layer with the mean gradient of the batch. */
export function applyStep(
  state: { policy: Policy; memory: OptimiserMemory },
  gradients: Gradients,
  step: { rate: number; examples: number },
): void {
  for (const name of layerNames) {
    const target = { layer: state.policy[name], memory: state.memory[name] };
    const rate = step.rate * layerShapes[name].rateFactor;
    stepLayer(target, gradients.of(name), { rate, examples: step.examples });
  }
  gradients.clear();
}
