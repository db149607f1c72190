import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { everything } from '../../../shared/features/datasets/filter.model.ts';
import { pair } from '../../../tests/fixtures/dpo-cases.ts';
import { importText, taskEnd } from '../../../tests/helpers/datasets.ts';
import { createTestCore } from '../../../tests/helpers/test-core.ts';

let app: ReturnType<typeof createTestCore>;
beforeEach(async () => {
  app = createTestCore();
  await app.client.workspaces.create({ name: 'Test', folder: join(app.folder, 'ws') });
});
afterEach(() => app.close());

const rowsOf = async (datasetId: string) => {
  const order = { by: 'position' as const, isDescending: false };
  const { viewId } = await app.client.datasets.openView({ datasetId, filter: everything, order });
  return (await app.client.datasets.viewPage({ viewId, start: 0, limit: 50 })).rows;
};

test('a version from before brings back the method and its findings; undo returns to the new one', async () => {
  const { client } = app;
  const content = Array.from({ length: 4 }, (_, at) =>
    JSON.stringify({ ...pair(), input: { messages: [{ role: 'user', content: `Order ${at}?` }] } }),
  ).join('\n');
  const { datasetId } = await importText(client, { folder: app.folder, name: 'pairs.jsonl', content });
  const state = async () => {
    const { method, findingCounts } = await client.datasets.get({ datasetId });
    return { method, findingCounts };
  };
  const done = async (taskId: string | null) =>
    expect(await taskEnd(client, taskId ?? '')).toMatchObject({ state: 'succeeded', failure: null });
  const asPairs = await state();
  await done((await client.versions.freeze({ datasetId, message: 'pairs' })).taskId);
  await done((await client.datasets.changeMethod({ datasetId, method: 'sft' })).taskId);
  const asChats = await state();
  expect(asChats.findingCounts).not.toEqual(asPairs.findingCounts);
  await done((await client.versions.freeze({ datasetId, message: 'the same bytes as chats' })).taskId);
  const { versions } = await client.versions.list({ datasetId });
  expect(versions.map(({ number }) => number)).toEqual([2, 1]);
  const versionId = versions[1]?.versionId ?? '';
  await done((await client.versions.restore({ versionId })).taskId);
  expect(await state()).toEqual(asPairs);
  await client.workspaces.undo();
  expect(await state()).toEqual(asChats);
  const sideBranch = await client.versions.branch({ versionId, name: 'from chats' });
  await done(sideBranch.taskId);
  expect(await client.datasets.get({ datasetId: sideBranch.datasetId })).toMatchObject({ method: 'dpo' });
});

test('the rows stay, what is said of them is worked out anew; undo and redo, also of what was deleted', async () => {
  const { client } = app;
  const lines = Array.from({ length: 6 }, (_, at) => {
    const input = { messages: [{ role: 'user', content: `Where is order ${at}?` }] };
    return ` ${JSON.stringify({ ...pair(), input })}`;
  });
  const { datasetId } = await importText(client, {
    folder: app.folder,
    name: 'pairs.jsonl',
    content: lines.join('\n'),
  });
  const state = async () => {
    const { method, findingCounts, tokenTotal, editedCount } = await client.datasets.get({ datasetId });
    const rows = await rowsOf(datasetId);
    return { method, findingCounts, tokenTotal, editedCount, answers: rows.map(({ answer }) => answer) };
  };
  const asPairs = await state();
  expect(asPairs.method).toBe('dpo');
  const [first] = await rowsOf(datasetId);
  const exampleId = first?.exampleId ?? 0;
  await client.datasets.deleteExamples({ datasetId, which: { exampleIds: [exampleId] } });

  const { taskId } = await client.datasets.changeMethod({ datasetId, method: 'sft' });
  expect(await taskEnd(client, taskId ?? '')).toMatchObject({ state: 'succeeded', failure: null });
  const asChats = await state();
  expect(asChats).toMatchObject({ method: 'sft', editedCount: 0 });
  expect(asChats.findingCounts.error).toBeGreaterThan(asPairs.findingCounts.error);
  const [last] = (await client.workspaces.history({ beforeSeq: null, limit: 1 })).events;
  expect(last?.label).toBe('read as SFT');
  expect(await client.datasets.changeMethod({ datasetId, method: 'sft' })).toEqual({ taskId: null });

  await client.workspaces.undo();
  await client.workspaces.undo();
  expect(await state(), 'with the deleted one back').toEqual(asPairs);
  await client.workspaces.redo();
  await client.workspaces.redo();
  expect(await state()).toEqual(asChats);
});
