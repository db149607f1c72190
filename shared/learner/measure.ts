import type { SparseVector } from './features.ts';
import type { Policy } from './layers.ts';
import { highestAt, softmax } from './loss.ts';
import { forwardContext, forwardResponse, score, type ResponsePass } from './network.ts';
import { responseFeatures } from './features.ts';
import type { Candidates, Turn } from './responses.ts';

/** Candidates with their vectors under one policy, ready to be ranked. */
export type EncodedCandidates = { readonly candidates: Candidates; readonly passes: readonly ResponsePass[] };

/** Runs every candidate through the response layers. */
export function encodeCandidates(policy: Policy, candidates: Candidates): EncodedCandidates {
  return { candidates, passes: candidates.features.map((one) => forwardResponse(policy, one)) };
}

/** Scores of all candidates for a context, in candidate order. */
export function scoreCandidates(
  policy: Policy,
  encoded: EncodedCandidates,
  context: SparseVector,
): Float64Array {
  const pass = forwardContext(policy, context);
  return Float64Array.from(encoded.passes, (response) => score(pass, response));
}

/**
 * Mean cross-entropy and share of turns answered right. A turn whose response is no candidate competes with it for
 * the loss, but counts as wrong: the policy can only ever answer with a candidate.
 */
export function measure(
  policy: Policy,
  candidates: Candidates,
  turns: readonly Turn[],
): { loss: number; accuracy: number } {
  const encoded = encodeCandidates(policy, candidates);
  let loss = 0;
  let hits = 0;
  for (const turn of turns) {
    const known = candidates.placeOf.get(turn.key);
    const context = forwardContext(policy, turn.context);
    const passes =
      known === undefined
        ? [...encoded.passes, forwardResponse(policy, responseFeatures(turn.key))]
        : encoded.passes;
    const scores = Float64Array.from(passes, (response) => score(context, response));
    loss += softmax(scores, known ?? scores.length - 1).loss;
    if (known !== undefined && highestAt(scores) === known) hits += 1;
  }
  return { loss: loss / turns.length, accuracy: hits / turns.length };
}
