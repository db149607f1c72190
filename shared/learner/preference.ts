import type { DpoExample } from '../features/datasets/datasets.model.ts';
import { contextFeatures, responseFeatures, type SparseVector } from './features.ts';
import type { Policy } from './layers.ts';
import { softmax } from './loss.ts';
import { forwardContext, forwardResponse, score } from './network.ts';
import { encodeCandidates, scoreCandidates } from './measure.ts';
import { responseKey, toResponse, type Candidates, type Response, type Turn } from './responses.ts';

/** One answer of a pair, ready for the network. */
export type Side = { readonly response: Response; readonly key: string; readonly features: SparseVector };

/** One preference to learn: after this context, rather the one than the other. */
export type PreferencePair = {
  readonly context: SparseVector;
  readonly preferred: Side;
  readonly other: Side;
};

/** A preference example as a pair to learn. */
export function pairOf(example: DpoExample): PreferencePair {
  const [preferred] = example.preferred_output;
  const [other] = example.non_preferred_output;
  return {
    context: contextFeatures(example.input.messages, example.input.tools),
    preferred: sideOf(toResponse(preferred)),
    other: sideOf(toResponse(other)),
  };
}

function sideOf(response: Response): Side {
  const key = responseKey(response);
  return { response, key, features: responseFeatures(key) };
}

/** Both answers of every pair as turns, preferred first: what a model trained on them can say. */
export function turnsOfPairs(pairs: readonly PreferencePair[]): Turn[] {
  return pairs.flatMap(({ context, preferred, other }) =>
    [preferred, other].map(({ response, key }) => ({ context, response, key })),
  );
}

/**
 * By how much a policy likes the preferred answer better: log π(preferred) − log π(other). Both answers share one
 * context and with it one normaliser, so the difference of the scores is exactly this, whatever else could be said.
 */
export function leaning(policy: Policy, pair: PreferencePair): number {
  const context = forwardContext(policy, pair.context);
  const preferred = score(context, forwardResponse(policy, pair.preferred.features));
  return preferred - score(context, forwardResponse(policy, pair.other.features));
}

/** Natural logarithms of the probabilities of both answers among all `candidates`, which must hold them. */
export function logProbabilities(
  policy: Policy,
  candidates: Candidates,
  pairs: readonly PreferencePair[],
): { preferred: number; other: number }[] {
  const encoded = encodeCandidates(policy, candidates);
  return pairs.map((pair) => {
    const scores = scoreCandidates(policy, encoded, pair.context);
    const at = (side: Side): number => -softmax(scores, candidates.placeOf.get(side.key) ?? 0).loss;
    return { preferred: at(pair.preferred), other: at(pair.other) };
  });
}

/** Share of pairs of which a policy likes the preferred answer better. */
export function preferenceAccuracy(policy: Policy, pairs: readonly PreferencePair[]): number {
  let hits = 0;
  for (const pair of pairs) if (leaning(policy, pair) > 0) hits += 1;
  return hits / pairs.length;
}
