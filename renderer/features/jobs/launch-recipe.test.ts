import { expect, test } from 'vitest';
import type { Dataset } from '../../../shared/features/datasets/datasets.model.ts';
import type { Connection } from '../../../shared/features/providers/providers.model.ts';
import { isSuffix, recipeState, requestOf, settle } from './launch-recipe.ts';

const dataset = { datasetId: 'd', name: 'Reviews' } as Dataset;
const practice = { id: 'practice', kind: 'practice' } as Connection;
const settled = (search: Record<string, unknown>) => {
  const found = settle(recipeState.parse(search), { datasets: [dataset], connections: [practice] });
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
