import { dayOf, findModel, findPrice } from '../../../shared/features/costs/catalogue.ts';
import { modelCatalogue, priceBook, type PriceSubject } from '../../../shared/features/costs/costs.model.ts';
import { formatPrice, grouped, microUsdFor } from '../../../shared/features/costs/money.ts';
import type { ConnectionKind } from '../../../shared/features/providers/providers.model.ts';
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
  const book = priceBook.parse(kit.resources.readJson('price-book.json'));
  const catalogue = modelCatalogue.parse(kit.resources.readJson('models.json'));
  const model = findModel(catalogue, { provider: asked.providerKind, model: asked.baseModel });
  const today = dayOf(kit.clock.now());
  const find = (what: PriceSubject) =>
    model && findPrice(book, { provider: asked.providerKind, model: model.id, what, today });
  const prices = {
    baseInput: find('base_input'),
    baseOutput: find('base_output'),
    tunedInput: find('tuned_input'),
    tunedOutput: find('tuned_output'),
  };
  const { baseInput, baseOutput, tunedInput, tunedOutput } = prices;
  if (!baseInput || !baseOutput || !tunedInput || !tunedOutput) {
    const which = baseInput && baseOutput ? 'the tuned model' : 'this model';
    return { costMicroUsd: null, costNote: `No price is on file for asking ${which}. It will be ${sizes}.` };
  }
  const costMicroUsd =
    microUsdFor(asked.promptTokens, baseInput.microUsdPerUnit) +
    microUsdFor(asked.promptTokens, tunedInput.microUsdPerUnit) +
    microUsdFor(asked.answerTokens, baseOutput.microUsdPerUnit) +
    microUsdFor(asked.answerTokens, tunedOutput.microUsdPerUnit);
  const per = (price: { microUsdPerUnit: number }): string => formatPrice(price.microUsdPerUnit);
  return {
    costMicroUsd,
    costNote:
      `At most: ${sizes}; base ${per(baseInput)} in and ${per(baseOutput)} out, tuned ${per(tunedInput)} in and ` +
      `${per(tunedOutput)} out per million tokens (${tunedInput.source}, read ${tunedInput.retrievedOn}).`,
  };
}
