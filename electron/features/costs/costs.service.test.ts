import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createTestKit } from '../../../tests/helpers/test-kit.ts';
import { costEstimate, pricedModel } from '../../../shared/features/costs/costs.model.ts';
import { createCostsService } from './costs.service.ts';

const at = (path: string): string => fileURLToPath(new URL(`../../../resources/${path}`, import.meta.url));
const resources = {
  path: at,
  readJson: (path: string): unknown => JSON.parse(readFileSync(at(path), 'utf8')),
};
const splitCounts = { train: 2, validation: 0, test: 1, unassigned: 0 };

/** A data set of two training examples and one test example. */
function service(today = '2026-11-20', train = splitCounts.train) {
  const { kit } = createTestKit({ resources, clock: { now: () => Date.parse(`${today}T12:00:00Z`) } });
  return createCostsService(kit, {
    datasets: {
      facts: () => ({ splitCounts: { ...splitCounts, train } }) as never,
      tokenCounts: (_id, split) => (split === 'train' ? [100, 200] : [100, 200, 700]),
    },
  });
}
const dataset = { kind: 'dataset', datasetId: 'd' } as const;
const wish = {
  source: dataset,
  provider: 'openai',
  model: 'gpt-4o',
  method: 'supervised',
  epochs: 2,
} as const;

describe('costs service', () => {
  test('a split data set is billed for its training part, an unsplit one for all of it', async () => {
    const split = await service().handlers.estimate(wish, {});
    // (100 + 200) × 2 × $25 ÷ 1M = $0.015.
    expect(split).toMatchObject({ scope: 'train', estimate: { billedTokens: 600, totalMicroUsd: 15_000 } });
    expect(split.estimate.model).toBe('gpt-4o-2024-08-06');
    const whole = await service('2026-11-20', 0).handlers.estimate(wish, {});
    expect(whole).toMatchObject({ scope: 'all', estimate: { billedTokens: 2_000 } });
  });

  test('models compared come cheapest first, and only while they can be trained', async () => {
    const compare = { source: dataset, method: 'supervised', epochs: 'auto' } as const;
    const { estimates } = await service().handlers.compare(compare, {});
    expect(estimates.map((one) => one.model)).toEqual([
      'gpt-4o-mini-2024-07-18',
      'gpt-4.1-mini-2025-04-14',
      'gpt-4.1-2025-04-14',
      'gpt-4o-2024-08-06',
    ]);
    expect((await service('2027-01-07').handlers.compare(compare, {})).estimates).toEqual([]);
  });

  test('what has no price per token is refused in words, not guessed', async () => {
    const estimate = async (part: object) => service().handlers.estimate({ ...wish, ...part }, {});
    await expect(estimate({ model: 'gpt-6-luna' })).rejects.toMatchObject({ code: 'MODEL_UNKNOWN' });
    await expect(estimate({ model: 'o4-mini', method: 'reinforcement' })).rejects.toThrow(/by the hour/);
  });

  test('the port for jobs answers null without a price and 0 for practice', () => {
    const { estimator } = service();
    const ask = { method: 'supervised', tokenCounts: [10, 20], nEpochs: 4 } as const;
    expect(estimator.training({ ...ask, provider: 'compatible', model: 'x' })).toBeNull();
    const practice = estimator.training({ ...ask, provider: 'practice', model: 'practice-ranker-1' });
    expect(costEstimate.parse(practice)).toMatchObject({
      model: 'practice-ranker-1',
      billedTokens: 120,
      totalMicroUsd: 0,
    });
  });

  test('every model listed fits the contract', async () => {
    const models = await service().handlers.models({}, {});
    expect(models.map((one) => pricedModel.parse(one).id)).toContain('gpt-4.1-2025-04-14');
  });
});
