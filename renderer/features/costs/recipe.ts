import { z } from 'zod';
import type {
  CostSource,
  EpochChoice,
  PricedModel,
  TrainingMethod,
} from '../../../shared/features/costs/costs.model.ts';
import { trainingMethod } from '../../../shared/features/costs/costs.model.ts';
import type { BillWish } from './costs.queries.ts';
import { isPayable, modelKey } from './model-words.ts';

const count = (fallback: number, max: number) => z.coerce.number().int().min(1).max(max).catch(fallback);

/** What the Costs page remembers in its address. `epochs` 0 means auto. */
export const recipeState = z.object({
  from: z.enum(['dataset', 'size']).catch('dataset').default('dataset'),
  dataset: z.string().catch('').default(''),
  examples: count(100, 100_000_000).default(100),
  tokens: count(800, 10_000_000).default(800),
  model: z.string().catch('').default(''),
  method: trainingMethod.catch('supervised').default('supervised'),
  epochs: z.coerce.number().int().min(0).max(50).catch(0).default(0),
});
export type Recipe = z.output<typeof recipeState>;
export type ChangeRecipe = (patch: Partial<Recipe>) => void;

/** Models a bill can be made for: with a price per token, trainable today; practice comes last. */
export function payableModels(models: readonly PricedModel[]): PricedModel[] {
  const payable = models.filter(isPayable);
  return payable.toSorted((a, b) => Number(a.provider === 'practice') - Number(b.provider === 'practice'));
}

/** The recipe with everything settled: a model and method that go together, a source or null when there is none. */
export type SettledRecipe = { model: PricedModel; method: TrainingMethod; wish: BillWish };

/** Fills the gaps of a recipe: the first model, its first method, the first data set; null without any model. */
export function settle(
  recipe: Recipe,
  known: { models: readonly PricedModel[]; datasetIds: readonly string[] },
): SettledRecipe | null {
  const payable = payableModels(known.models);
  const model = payable.find((one) => modelKey(one) === recipe.model) ?? payable[0];
  if (!model) return null;
  const method = model.methods.includes(recipe.method) ? recipe.method : (model.methods[0] ?? 'supervised');
  const epochs: EpochChoice = recipe.epochs === 0 ? 'auto' : recipe.epochs;
  const wish = {
    source: sourceOf(recipe, known.datasetIds),
    provider: model.provider,
    model: model.id,
    method,
    epochs,
  };
  return { model, method, wish };
}

function sourceOf(recipe: Recipe, datasetIds: readonly string[]): CostSource | null {
  if (recipe.from === 'size') {
    return { kind: 'size', examples: recipe.examples, tokensPerExample: recipe.tokens };
  }
  const datasetId = datasetIds.includes(recipe.dataset) ? recipe.dataset : datasetIds[0];
  return datasetId === undefined ? null : { kind: 'dataset', datasetId };
}
