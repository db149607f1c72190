import { describe, expect, test } from 'vitest';
import type { PricedModel } from '../../../shared/features/costs/costs.model.ts';
import { payableModels, recipeState, settle } from './recipe.ts';

const price = {
  unit: '1M_tokens',
  microUsdPerUnit: 1,
  source: 's',
  retrievedOn: '2026-11-20',
  validFrom: null,
  validUntil: null,
} as const;
const model = (id: string, part: Partial<PricedModel> = {}): PricedModel => ({
  provider: 'openai',
  id,
  name: id,
  aliases: [],
  methods: ['supervised'],
  acceptsImages: false,
  encoding: 'o200k_base',
  contextTokens: null,
  exampleTokens: null,
  trainingEndsOn: null,
  shutdownDate: null,
  replacement: null,
  source: 's',
  retrievedOn: '2026-11-20',
  trainingDaysLeft: null,
  daysLeft: null,
  trainingPrice: price,
  inferencePrices: [],
  ...part,
});
const models = [
  model('practice-ranker-1', { provider: 'practice' }),
  model('ended', { trainingDaysLeft: -1 }),
  model('priceless', { trainingPrice: null }),
  model('hourly', { trainingPrice: { ...price, unit: 'hour' } }),
  model('both', { methods: ['supervised', 'dpo'] }),
];
const known = { models, datasetIds: ['first', 'second'] };
const recipe = (part: object) => recipeState.parse(part);

test('a bill can be made only for what can be trained today at a price per token; practice comes last', () => {
  expect(payableModels(models).map(({ id }) => id)).toEqual(['both', 'practice-ranker-1']);
});

describe('settling a recipe', () => {
  test('gaps are filled with the first model, its method and the first data set', () => {
    expect(settle(recipe({}), known)?.wish).toEqual({
      source: { kind: 'dataset', datasetId: 'first' },
      provider: 'openai',
      model: 'both',
      method: 'supervised',
      epochs: 'auto',
    });
  });

  test('what the address names is kept, as far as it exists', () => {
    const wish = { dataset: 'second', model: 'openai:both', method: 'dpo', epochs: 7 };
    expect(settle(recipe(wish), known)?.wish).toMatchObject({
      source: { datasetId: 'second' },
      method: 'dpo',
      epochs: 7,
    });
    const gone = settle(recipe({ dataset: 'deleted', model: 'openai:ended', method: 'dpo' }), known);
    expect(gone?.wish).toMatchObject({ source: { datasetId: 'first' }, model: 'both' });
  });

  test('practice has one method', () => {
    expect(settle(recipe({ model: 'practice:practice-ranker-1', method: 'dpo' }), known)?.wish).toMatchObject(
      {
        provider: 'practice',
        model: 'practice-ranker-1',
        method: 'supervised',
      },
    );
  });

  test('without a data set there is nothing to count, a size needs none', () => {
    const empty = { ...known, datasetIds: [] };
    expect(settle(recipe({}), empty)?.wish.source).toBeNull();
    expect(settle(recipe({ from: 'size', examples: '5', tokens: 9 }), empty)?.wish.source).toEqual({
      kind: 'size',
      examples: 5,
      tokensPerExample: 9,
    });
  });

  test('nonsense in the address becomes the usual', () => {
    expect(recipe({ from: 'x', examples: -4, tokens: 'many', method: 'magic', epochs: 99 })).toMatchObject({
      from: 'dataset',
      examples: 100,
      tokens: 800,
      method: 'supervised',
      epochs: 0,
    });
  });
});
