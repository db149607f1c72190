import { dayOf, findModel, findPrice } from '../../shared/features/costs/catalogue.ts';
import {
  modelCatalogue,
  type Price,
  priceBook,
  type PriceSubject,
} from '../../shared/features/costs/costs.model.ts';
import type { ConnectionKind } from '../../shared/features/providers/providers.model.ts';
import type { Kit } from './kit.ts';

/** Prices per million tokens of a conversation with a model. */
export type ChatPrice = { readonly input: Price; readonly output: Price };

/**
 * Looks up what tokens cost that go to and come from a model, as it is or tuned; `model` may be the name of a fine-tune.
 * Null when a price is not on file.
 */
export function createChatPrices(
  kit: Pick<Kit, 'resources' | 'clock'>,
): (asked: { providerKind: ConnectionKind; model: string; isTuned: boolean }) => ChatPrice | null {
  const book = priceBook.parse(kit.resources.readJson('price-book.json'));
  const catalogue = modelCatalogue.parse(kit.resources.readJson('models.json'));
  const today = dayOf(kit.clock.now());
  return ({ providerKind, model, isTuned }) => {
    const known = findModel(catalogue, { provider: providerKind, model });
    if (!known) return null;
    const find = (what: PriceSubject) =>
      findPrice(book, { provider: providerKind, model: known.id, what, today });
    const input = find(isTuned ? 'tuned_input' : 'base_input');
    const output = find(isTuned ? 'tuned_output' : 'base_output');
    return input && output ? { input, output } : null;
  };
}
