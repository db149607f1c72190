import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { everything } from '../../../shared/features/datasets/filter.model.ts';
import { pair } from '../../../tests/fixtures/dpo-cases.ts';
import { task } from '../../../tests/fixtures/rft-cases.ts';
import { importText, taskEnd } from '../../../tests/helpers/datasets.ts';
import { createMemorySecrets } from '../../adapters/keychain/memory-secrets.ts';
import { createTestCore } from '../../../tests/helpers/test-core.ts';

let app: ReturnType<typeof createTestCore>;
beforeEach(async () => {
  app = createTestCore({ secrets: createMemorySecrets('Keys are kept by the test.') });
  await app.client.workspaces.create({ name: 'Test', folder: join(app.folder, 'ws') });
});
afterEach(() => app.close());

const user = (content: string) => ({ role: 'user', content });
const lines = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).join('\n');
const rowsOf = async (datasetId: string, codes: string[]) => {
  const filter = { ...everything, codes };
  const order = { by: 'position' as const, isDescending: false };
  const { viewId } = await app.client.datasets.openView({ datasetId, filter, order });
  return (await app.client.datasets.viewPage({ viewId, start: 0, limit: 50 })).rows;
};

test('pairs: spelling is mended with one click and undone; a contradiction shows when the rows are compared', async () => {
  const { client } = app;
  const rows = [
    { prompt: 'Where is it?', chosen: 'In Oslo, since this morning.', rejected: 'No idea.' },
    pair(),
    {
      ...pair(),
      preferred_output: pair().non_preferred_output,
      non_preferred_output: pair().preferred_output,
    },
  ];
  const { datasetId } = await importText(client, {
    folder: app.folder,
    name: 'p.jsonl',
    content: lines(rows),
  });
  expect(await client.datasets.get({ datasetId })).toMatchObject({ method: 'dpo', exampleCount: 3 });
  expect(await rowsOf(datasetId, ['preference_keys'])).toMatchObject([
    { prompt: 'Where is it?', answer: 'In Oslo, since this morning.', label: null },
  ]);
  const idsOf = async () =>
    (await client.readiness.get({ datasetId, provider: 'openai' })).lines.map(({ id }) => id);
  expect(await idsOf()).toEqual(
    expect.arrayContaining(['preference_keys', 'too_few_examples', 'look', 'split']),
  );

  await taskEnd(client, (await client.datasets.fixAll({ datasetId, code: 'preference_keys' })).taskId);
  expect(await idsOf()).not.toContain('preference_keys');
  await client.workspaces.undo();
  expect(await idsOf()).toContain('preference_keys');

  await taskEnd(client, (await client.readiness.look({ datasetId })).taskId);
  const card = await client.readiness.get({ datasetId, provider: 'openai' });
  expect(card.look).toBe('fresh');
  expect(card.lines.find(({ id }) => id === 'preference_reversed')).toMatchObject({
    count: 2,
    level: 'advisable',
  });
  expect(await rowsOf(datasetId, ['preference_reversed'])).toHaveLength(2);
});

test('reinforcement: the grader’s fields are looked for, and naming it can be undone', async () => {
  const { client } = app;
  const rows = Array.from({ length: 12 }, (_, at) =>
    task({ messages: [user(`Task ${at}`)], ...(at === 4 ? { unit: 'm' } : {}) }),
  );
  const { datasetId } = await importText(client, {
    folder: app.folder,
    name: 'r.jsonl',
    content: lines(rows),
  });
  expect(await client.datasets.get({ datasetId })).toMatchObject({ method: 'rft' });
  const [first] = await rowsOf(datasetId, []);
  expect(first).toMatchObject({ prompt: 'Task 0', answer: 'target: 77', label: '77' });

  await expect(client.readiness.setGrader({ datasetId, text: 'no' })).rejects.toMatchObject({
    code: 'INVALID_CONTENT',
  });
  const text = '{"type":"string_check","input":"{{sample.output_text}}","reference":"{{item.unit}}"}';
  await client.readiness.setGrader({ datasetId, text });
  await taskEnd(client, (await client.readiness.look({ datasetId })).taskId);
  const card = await client.readiness.get({ datasetId, provider: 'azure' });
  expect(card.lines.find(({ id }) => id === 'item_field_missing')).toMatchObject({
    count: 11,
    level: 'blocking',
  });
  await client.workspaces.undo();
  expect(await client.readiness.get({ datasetId, provider: 'azure' })).toMatchObject({
    grader: null,
    look: 'stale',
  });
});
