import type { SftExample } from '../../shared/features/datasets/datasets.model.ts';
import { contextFeatures } from '../../shared/learner/features.ts';
import { createPolicy, type Policy } from '../../shared/learner/layers.ts';
import { encodeCandidates, scoreCandidates, type EncodedCandidates } from '../../shared/learner/measure.ts';
import { createPrng } from '../../shared/learner/prng.ts';
import { portableLog } from '../../shared/learner/portable-math.ts';
import { softmax } from '../../shared/learner/loss.ts';
import { collectCandidates, type Response } from '../../shared/learner/responses.ts';
import { policyFromBytes } from '../../shared/learner/weights.ts';
import type { Db } from '../core/ports.ts';
import { readCandidates } from './jobs.sql.ts';
import { practiceBaseModel } from './model-names.ts';
import { findModel, readWeights } from './models.sql.ts';

/** Candidates in the order of their probability; natural logarithms. */
export type Ranked = { response: Response; logprob: number }[];

type Loaded = { policy: Policy; encoded: EncodedCandidates };

const remembered = 6;
const baseSeed = 1;

/** What the base model says, because it was shown no answers: it can only say what it is. */
const baseReplies: readonly Response[] = [
  'I am practice-ranker-1 and have not been trained. Fine-tune me on your examples, then ask me again.',
  'I cannot answer this: before training I know no answers. A training file teaches me which ones there are.',
  'This is the untrained practice model. It ranks the answers of a training file, and it has not seen one.',
].map((content) => ({ content, toolCalls: [] }));

const noFittingAnswer: Response = {
  content: 'None of the answers I learned fits the tools of this request.',
  toolCalls: [],
};

/** Answers with models of the store; keeps the last few ready. */
export class Answerer {
  readonly #db: Db;
  readonly #loaded = new Map<string, Loaded>();

  constructor(db: Db) {
    this.#db = db;
  }

  forget(model: string): void {
    this.#loaded.delete(model);
  }

  /** Ranks what `model` can answer to a conversation; null when there is no such model. */
  rank(model: string, ask: Pick<SftExample, 'messages' | 'tools'>): Ranked | null {
    const loaded = this.#load(model);
    if (!loaded) return null;
    const { responses } = loaded.encoded.candidates;
    const scores = scoreCandidates(loaded.policy, loaded.encoded, contextFeatures(ask.messages, ask.tools));
    const names = new Set((ask.tools ?? []).map((tool) => tool.function.name));
    const allowed = responses
      .map((response, place) => ({ response, score: scores[place] ?? 0 }))
      .filter(({ response }) => response.toolCalls.every((call) => names.has(call.name)));
    if (allowed.length === 0) return [{ response: noFittingAnswer, logprob: 0 }];
    const { probabilities } = softmax(
      Float64Array.from(allowed, (one) => one.score),
      0,
    );
    return allowed
      .map(({ response, score }, i) => ({ response, score, probability: probabilities[i] ?? 0 }))
      .sort((a, b) => b.score - a.score)
      .map(({ response, probability }) => ({
        response,
        logprob: probability > 0 ? portableLog(probability) : -9999,
      }));
  }

  #load(model: string): Loaded | null {
    const known = this.#loaded.get(model);
    const loaded = known ?? this.#read(model);
    if (!loaded) return null;
    this.#loaded.delete(model);
    this.#loaded.set(model, loaded);
    for (const oldest of this.#loaded.keys()) {
      if (this.#loaded.size <= remembered) break;
      this.#loaded.delete(oldest);
    }
    return loaded;
  }

  #read(model: string): Loaded | null {
    if (model === practiceBaseModel) return prepare(createPolicy(baseSeed), baseReplies);
    const row = findModel(this.#db, model);
    const weights = row && readWeights(this.#db, row.weights_sha256);
    if (!row || !weights) return null;
    return prepare(policyFromBytes(weights), JSON.parse(readCandidates(this.#db, row.job_id)) as Response[]);
  }
}

/**
 * The answer of a ranking: the best at temperature 0, else one drawn with the probabilities sharpened or flattened by the
 * temperature. The same seed draws the same answer of the same ranking.
 */
export function drawAnswer(ranked: Ranked, by: { temperature: number; seed: number }): Ranked[number] | null {
  const [best] = ranked;
  if (!best || by.temperature === 0) return best ?? null;
  const scores = Float64Array.from(ranked, ({ logprob }) => logprob / by.temperature);
  const { probabilities } = softmax(scores, 0);
  let left = createPrng(by.seed, 'answer').unit();
  for (const [place, one] of ranked.entries()) {
    left -= probabilities[place] ?? 0;
    if (left < 0) return one;
  }
  return ranked.at(-1) ?? best;
}

function prepare(policy: Policy, responses: readonly Response[]): Loaded {
  return { policy, encoded: encodeCandidates(policy, collectCandidates([], responses)) };
}
