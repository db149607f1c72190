import type { StoredAnswer } from '../../../shared/features/evals/evals.model.ts';
import { readable } from '../../../shared/features/evals/sample.rules.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { ChatRequest, TrainingProvider } from '../../core/feature-ports.ts';
import type { EvalRecord } from './evals.sql.ts';
import type { StoredItem } from './items.sql.ts';

export type Side = 'base' | 'tuned';

/** Asks one model one item, deterministically where the provider can. */
export async function askModel(
  provider: TrainingProvider,
  record: EvalRecord,
  ask: { item: StoredItem; side: Side; signal: AbortSignal },
): Promise<StoredAnswer> {
  const request: ChatRequest = {
    model: ask.side === 'base' ? record.baseModel : record.tunedModel,
    messages: ask.item.prompt,
    ...(ask.item.tools.length > 0 ? { tools: ask.item.tools } : {}),
    maxTokens: record.maxTokens,
    temperature: 0,
    seed: record.seed,
  };
  const answer = await provider.chat(request, ask.signal);
  return {
    message: answer.message,
    text: readable(answer.message),
    finishReason: answer.finishReason,
    refusal: answer.message.refusal ?? null,
  };
}

/**
 * An item that a provider refuses (its content, its size) is an answer of its own and does not end the run, unless
 * this model has not answered anything yet: then it is the model that is refused.
 */
export function refusalOf(error: unknown, hasAnswered: boolean): StoredAnswer | null {
  if (!hasAnswered || !(error instanceof AppFailure) || error.code !== 'PROVIDER_REFUSED') return null;
  return { message: null, text: '', finishReason: 'refused', refusal: error.data.what };
}
