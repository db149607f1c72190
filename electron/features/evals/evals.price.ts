import { formatPrice, grouped, microUsdFor } from '../../../shared/features/costs/money.ts';
import type { ConnectionKind } from '../../../shared/features/providers/providers.model.ts';
import { createChatPrices } from '../../core/chat-price.ts';
import type { Kit } from '../../core/kit.ts';

type Asked = { providerKind: ConnectionKind; baseModel: string; promptTokens: number; answerTokens: number };

/** The most an evaluation can cost in micro-USD with its arithmetic in words; null when a price is missing. */
export function priceOfAsking(kit: Kit, asked: Asked): { costMicroUsd: number | null; costNote: string } {
  if (asked.providerKind === 'practice') {
    return { costMicroUsd: 0, costNote: 'Practice answers on this machine and costs nothing.' };
  }
  const sizes =
    `${grouped(asked.promptTokens)} prompt tokens and at most ${grouped(asked.answerTokens)} answer tokens ` +
    'for each of the two models';
  const priceOf = createChatPrices(kit);
  const { providerKind, baseModel: model } = asked;
  const base = priceOf({ providerKind, model, isTuned: false });
  const tuned = priceOf({ providerKind, model, isTuned: true });
  if (!base || !tuned) {
    const which = base ? 'the tuned model' : 'this model';
    return { costMicroUsd: null, costNote: `No price is on file for asking ${which}. It will be ${sizes}.` };
  }
  const costMicroUsd =
    microUsdFor(asked.promptTokens, base.input.microUsdPerUnit) +
    microUsdFor(asked.promptTokens, tuned.input.microUsdPerUnit) +
    microUsdFor(asked.answerTokens, base.output.microUsdPerUnit) +
    microUsdFor(asked.answerTokens, tuned.output.microUsdPerUnit);
  const per = (price: { microUsdPerUnit: number }): string => formatPrice(price.microUsdPerUnit);
  return {
    costMicroUsd,
    costNote:
      `At most: ${sizes}; base ${per(base.input)} in and ${per(base.output)} out, tuned ${per(tuned.input)} in and ` +
      `${per(tuned.output)} out per million tokens (${tuned.input.source}, read ${tuned.input.retrievedOn}).`,
  };
}
