import { join } from 'node:path';
import { packageRoot } from '../adapters/files/package-root.ts';
import { createResources } from '../adapters/files/resources.ts';
import { baseModelOf, encodingForModel, type Encoding } from '../../shared/tokens/encodings.ts';
import { findModel } from '../../shared/features/costs/catalogue.ts';
import {
  type CatalogueModel,
  type ModelCatalogue,
  modelCatalogue,
  type PriceBook,
  priceBook,
} from '../../shared/features/costs/costs.model.ts';
import { providerRuleBook, type ProviderRules } from '../../shared/features/datasets/provider-rules.model.ts';
import { wrongUsage } from './command.ts';

/** The model whose rules hold when none is named: the one the platform's own examples of counting are for. */
export const usualModel = 'gpt-4o-2024-08-06';

/** The catalogue of models and the price book that ship with the program. */
export function readCatalogue(): { catalogue: ModelCatalogue; book: PriceBook } {
  const resources = createResources(join(packageRoot(), 'resources'));
  return {
    catalogue: modelCatalogue.parse(resources.readJson('models.json')),
    book: priceBook.parse(resources.readJson('price-book.json')),
  };
}

/** What a provider takes as training data; throws wrong usage with the names there are. */
export function providerRulesOf(id: string): ProviderRules {
  const resources = createResources(join(packageRoot(), 'resources'));
  const { providers } = providerRuleBook.parse(resources.readJson('provider-rules.json'));
  const found = providers.find((one) => one.id === id);
  if (found) return found;
  throw wrongUsage(`There are no rules of “${id}”; there are ${providers.map((one) => one.id).join(', ')}`);
}

/** How a model counts and how much of an example it reads; `limit` is null where no document says it. */
export type ModelRules = { model: string; encoding: Encoding; limit: number | null };

/** A model's rules by its name; a name that is not in the catalogue has today's encoding and no known limit. */
export function rulesOf(catalogue: ModelCatalogue, asked: string, provider = 'openai'): ModelRules {
  const found =
    findModel(catalogue, { provider, model: asked }) ??
    findModel(catalogue, { provider: 'openai', model: asked });
  const model = found?.id ?? baseModelOf(asked);
  return { model, encoding: found?.encoding ?? encodingForModel(model), limit: found?.exampleTokens ?? null };
}

/** The catalogue's entry for a model one wants to train; throws wrong usage with the names there are. */
export function requireModel(
  catalogue: ModelCatalogue,
  asked: { provider: string; model: string },
): CatalogueModel {
  const found = findModel(catalogue, asked);
  if (found) return found;
  const own = catalogue.models.filter((one) => one.provider === asked.provider).map((one) => one.id);
  const providers = [...new Set(catalogue.models.map((one) => one.provider))];
  throw wrongUsage(
    own.length > 0
      ? `${asked.model} is not in the price book of ${asked.provider}, which has ${own.join(', ')}`
      : `There is no provider ${asked.provider}; there are ${providers.join(', ')}`,
  );
}
