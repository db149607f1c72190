import { expect, test } from 'vitest';
import type { Dataset } from '../../../shared/features/datasets/datasets.model.ts';
import type { Connection } from '../../../shared/features/providers/providers.model.ts';
import type { PricedModel } from '../../../shared/features/costs/costs.model.ts';
import { isSuffix, modelChoices, recipeState, requestOf, settle } from './launch-recipe.ts';

const dataset = { datasetId: 'd', name: 'Reviews', method: 'sft' } as Dataset;
const pairs = { datasetId: 'p', name: 'Replies', method: 'dpo' } as Dataset;
const practice = { id: 'practice', kind: 'practice' } as Connection;
const settled = (search: Record<string, unknown>) => {
  const found = settle(recipeState.parse(search), { datasets: [dataset, pairs], connections: [practice] });
  if (!found) throw new Error('nothing settled');
  return found;
};

test('an empty address is a launch with everything on auto', () => {
  expect(requestOf(settled({}), 'm')).toMatchObject({
    name: 'Reviews',
    datasetId: 'd',
    connectionId: 'practice',
    hyperparameters: { nEpochs: 'auto', batchSize: 'auto', learningRateMultiplier: 'auto' },
    capMicroUsd: 20_000_000,
    suffix: null,
    useValidation: true,
  });
});

test('what the address says is what is asked for', () => {
  const request = requestOf(settled({ epochs: 4, rate: 0.5, capUsd: 1.25, suffix: 'v2', seed: 7 }), 'm');
  expect(request).toMatchObject({
    hyperparameters: { nEpochs: 4, batchSize: 'auto', learningRateMultiplier: 0.5 },
    capMicroUsd: 1_250_000,
    suffix: 'v2',
    seed: 7,
  });
});

test('nonsense in the address is the default, and a wrong suffix launches nothing', () => {
  expect(settled({ epochs: 'many', seed: -1, pace: 'warp', capUsd: 'lots' }).recipe).toMatchObject({
    epochs: 0,
    seed: 42,
    pace: 'ten_times',
    capUsd: 20,
  });
  expect(requestOf(settled({ suffix: 'not this!' }), 'm')).toBeNull();
  expect(requestOf(settled({}), undefined)).toBeNull();
  expect([isSuffix('a-B_9'), isSuffix(''), isSuffix('ü'), isSuffix('x'.repeat(65))]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test('preference pairs are trained with dpo and a beta, chat examples with neither', () => {
  expect(requestOf(settled({ dataset: 'p' }), 'm')).toMatchObject({
    method: 'dpo',
    hyperparameters: { beta: 'auto' },
  });
  expect(requestOf(settled({ dataset: 'p', beta: 0.3 }), 'm')?.hyperparameters.beta).toBe(0.3);
  expect(settled({ beta: 3 }).recipe.beta).toBe(0);
  const supervised = requestOf(settled({ beta: 0.3 }), 'm');
  expect(supervised?.method).toBe('supervised');
  expect(supervised?.hyperparameters).not.toHaveProperty('beta');
});

test('at OpenAI only models that are trained this way can be chosen', () => {
  const connection = { id: 'o', kind: 'openai' } as Connection;
  const model = (id: string, methods: PricedModel['methods']) =>
    ({ provider: 'openai', id, name: id, methods, trainingDaysLeft: 9, daysLeft: 9 }) as PricedModel;
  const catalogue = [model('a', ['supervised']), model('b', ['supervised', 'dpo'])];
  const ids = (method: 'supervised' | 'dpo') =>
    modelChoices({ connection, method }, { listed: [], catalogue }).map(({ id }) => id);
  expect(ids('supervised')).toEqual(['a', 'b']);
  expect(ids('dpo')).toEqual(['b']);
});
