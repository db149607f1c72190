import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { everything } from '../../../shared/features/datasets/filter.model.ts';
import { chatLine, importText } from '../../../tests/helpers/datasets.ts';
import { createTestCore } from '../../../tests/helpers/test-core.ts';

const ratios = { train: 0.5, validation: 0.5, test: 0 };
const words =
  'the parcel that I sent back last week has not been refunded and nobody answers my calls about it';

describe('splitting a data set', () => {
  let app: ReturnType<typeof createTestCore>;
  beforeEach(async () => {
    app = createTestCore();
    await app.client.workspaces.create({ name: 'Test', folder: join(app.folder, 'ws') });
  });
  afterEach(() => app.close());

  const imported = async (lines: readonly string[]): Promise<string> => {
    const made = await importText(app.client, {
      folder: app.folder,
      name: 'a.jsonl',
      content: lines.join('\n'),
    });
    return made.datasetId;
  };
  const splits = async (datasetId: string) => {
    const order = { by: 'position', isDescending: false } as const;
    const { viewId } = await app.client.datasets.openView({ datasetId, filter: everything, order });
    const { rows } = await app.client.datasets.viewPage({ viewId, start: 0, limit: 500 });
    return rows.map(({ split }) => split);
  };

  test('prompts that say nearly the same leak unless they are kept together', async () => {
    const datasetId = await imported(
      Array.from({ length: 40 }, (_, index) =>
        chatLine(`${index >> 1} ${words} ${index % 2 === 0 ? 'today' : 'now'} ${words} ${index >> 1}`, 'x'),
      ),
    );
    await app.client.datasets.split({ datasetId, recipe: { ratios, seed: 3 } });
    const leaking = await app.client.datasets.checkLeaks({ datasetId });
    expect(leaking.identical.groups).toBe(0);
    expect(leaking.near.groups).toBeGreaterThan(0);
    const [first] = leaking.near.examples;
    const dealt = await splits(datasetId);
    expect(new Set(first?.map((position) => dealt[position - 1])).size).toBe(2);

    const recipe = { ratios, seed: 3, groupBy: 'near_prompt' } as const;
    const preview = await app.client.datasets.previewSplit({ datasetId, recipe });
    expect(preview.largestGroup).toBeGreaterThanOrEqual(2);
    await app.client.datasets.split({ datasetId, recipe });
    expect(await app.client.datasets.checkLeaks({ datasetId })).toEqual({
      identical: { groups: 0, examples: [] },
      near: { groups: 0, examples: [] },
    });
    expect((await app.client.datasets.get({ datasetId })).splitRecipe).toEqual({
      ...recipe,
      stratifyBy: 'nothing',
    });
  });

  test('all examples of one customer stay on one side; those without one are told', async () => {
    const datasetId = await imported(
      Array.from({ length: 30 }, (_, index) => {
        const example = JSON.parse(chatLine(`question ${index}`, 'x')) as object;
        return JSON.stringify(index < 27 ? { ...example, customer: index % 9 } : example);
      }),
    );
    const recipe = { ratios, seed: 1, groupBy: { pointer: '/customer' } };
    expect(await app.client.datasets.previewSplit({ datasetId, recipe })).toMatchObject({
      groups: 12,
      largestGroup: 3,
      ungrouped: 3,
    });
    await app.client.datasets.split({ datasetId, recipe });
    const dealt = await splits(datasetId);
    for (let customer = 0; customer < 9; customer += 1) {
      const sides = dealt.filter((_, index) => index < 27 && index % 9 === customer);
      expect(new Set(sides).size).toBe(1);
    }
  });

  test('balanced labels have the same share in every split', async () => {
    const datasetId = await imported(
      Array.from({ length: 60 }, (_, index) =>
        chatLine(`question ${index}`, index % 10 === 0 ? 'rare' : 'usual'),
      ),
    );
    await app.client.datasets.split({ datasetId, recipe: { ratios, seed: 5, stratifyBy: 'label' } });
    const dealt = await splits(datasetId);
    const rare = dealt.filter((split, index) => index % 10 === 0 && split === 'train');
    expect(rare).toHaveLength(3);
    expect(dealt.filter((split) => split === 'train')).toHaveLength(30);
  });
});
