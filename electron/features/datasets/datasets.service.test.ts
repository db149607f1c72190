import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chatLine, importText, taskEnd } from '../../../tests/helpers/datasets.ts';
import { createTestCore } from '../../../tests/helpers/test-core.ts';
import { complaints } from '../../../tests/helpers/test-kit.ts';
import { type ExampleFilter, everything } from '../../../shared/features/datasets/filter.model.ts';

const byPosition = { by: 'position', isDescending: false } as const;

describe('data sets', () => {
  let app: ReturnType<typeof createTestCore>;
  let datasetId: string;

  const lines = [
    ...Array.from({ length: 30 }, (_, index) => chatLine(`Where is parcel ${index}?`, 'shipping')),
    ...Array.from({ length: 10 }, (_, index) => chatLine(`I was charged twice, bill ${index}`, 'billing')),
    chatLine('Where is parcel 3?', 'shipping'),
    chatLine('Where is parcel 4?', 'billing'),
    JSON.stringify({
      messages: [
        { role: 'user', content: '数据在哪里' },
        { role: 'assistant', content: 'other' },
      ],
      note: 1,
    }),
    '{"messages":[{"role":"user","content":"hi","weight":1},{"role":"assistant","content":"x","weight":true}]}',
  ];

  beforeEach(async () => {
    app = createTestCore();
    await app.client.workspaces.create({ name: 'Test', folder: join(app.folder, 'ws') });
    const imported = await importText(app.client, {
      folder: app.folder,
      name: 'tickets.jsonl',
      content: lines.join('\n'),
    });
    expect(complaints(app.log.lines)).toEqual([]);
    expect(imported.task).toMatchObject({ state: 'succeeded' });
    ({ datasetId } = imported);
  });
  afterEach(() => app.close());

  const ids = async (
    filter: Partial<ExampleFilter>,
    order: { by: 'position' | 'tokens' | 'findings'; isDescending: boolean } = byPosition,
  ) => {
    const { viewId, total } = await app.client.datasets.openView({
      datasetId,
      filter: { ...everything, ...filter },
      order,
    });
    const { rows } = await app.client.datasets.viewPage({ viewId, start: 0, limit: 500 });
    expect(rows).toHaveLength(total);
    return rows.map(({ position }) => position);
  };
  const exampleAt = async (position: number) => {
    const { viewId } = await app.client.datasets.openView({
      datasetId,
      filter: everything,
      order: byPosition,
    });
    const { rows } = await app.client.datasets.viewPage({ viewId, start: position - 1, limit: 1 });
    return rows[0]?.exampleId ?? 0;
  };

  test('the summary counts examples, tokens and findings', async () => {
    expect(await app.client.datasets.get({ datasetId })).toMatchObject({
      name: 'tickets',
      exampleCount: 44,
      lineCount: 44,
      quarantinedCount: 0,
      findingCounts: { error: 3, warning: 3, info: 0 },
      splitCounts: { unassigned: 44 },
    });
  });

  test('the same file is recognised, and imported once more when asked', async () => {
    const again = importText(app.client, {
      folder: app.folder,
      name: 'copy.jsonl',
      content: lines.join('\n'),
    });
    await expect(again).rejects.toMatchObject({
      code: 'ALREADY_IMPORTED',
      data: { subject: { feature: 'datasets', id: datasetId } },
    });
    const second = await importText(app.client, {
      folder: app.folder,
      name: 'c.jsonl',
      content: lines.join('\n'),
      again: true,
    });
    expect(second.task.state).toBe('succeeded');
    expect(await app.client.datasets.list()).toHaveLength(2);
  });

  test('filters narrow, combine, and find parts of words in scripts without spaces', async () => {
    expect(await ids({})).toHaveLength(44);
    expect(await ids({ text: 'parcel' })).toHaveLength(32);
    expect(await ids({ text: 'parc' })).toHaveLength(32);
    expect(await ids({ text: '"charged twice" bill' })).toHaveLength(10);
    expect(await ids({ text: '在哪' })).toEqual([43]);
    expect(await ids({ text: '-- "' })).toEqual([]);
    expect(await ids({ text: 'NOT AND OR *' })).toEqual([]);
    expect(await ids({ labels: ['billing'] })).toHaveLength(11);
    expect(await ids({ labels: ['billing'], text: 'parcel' })).toEqual([42]);
    expect(await ids({ codes: ['exact_duplicate'] })).toEqual([41]);
    expect(await ids({ codes: ['conflicting_answers'] })).toEqual([5, 42]);
    expect(await ids({ codes: ['weight_invalid', 'extra_key'] })).toEqual([43, 44]);
    expect(await ids({ severities: ['error'] })).toEqual([43, 44]);
    expect(await ids({ severities: ['warning'] })).toEqual([5, 41, 42]);
    expect(await ids({ splits: ['train'] })).toEqual([]);
    expect((await ids({}, { by: 'findings', isDescending: true })).slice(0, 2)).toEqual([44, 43]);
  });

  test('a search index that is missing or damaged is made anew from the store', async () => {
    expect(await ids({ text: 'charged' })).toHaveLength(10);
    const folder = join(app.folder, 'ws');
    for (const spoil of [
      (file: string) => rmSync(file),
      (file: string) => writeFileSync(file, 'no store'),
      (file: string) => writeFileSync(file, ''),
    ]) {
      await app.client.workspaces.close();
      for (const name of ['search-0.db', 'search-1.db']) spoil(join(folder, name));
      await app.client.workspaces.open({ folder, recoveryPhrase: null });
      expect(await ids({ text: 'charged' })).toHaveLength(10);
    }
  });

  test('facets of a view count what is in it', async () => {
    const { viewId } = await app.client.datasets.openView({
      datasetId,
      filter: everything,
      order: byPosition,
    });
    const facets = await app.client.datasets.viewFacets({ viewId });
    expect(facets.labels.slice(0, 2)).toEqual([
      { name: 'shipping', count: 31 },
      { name: 'billing', count: 11 },
    ]);
    expect(facets.tokens.reduce((sum, { count }) => sum + count, 0)).toBe(44);
    expect(facets.findings).toContainEqual({
      code: 'exact_duplicate',
      severity: 'warning',
      examples: 1,
      isFixable: true,
    });
    const narrow = await app.client.datasets.openView({
      datasetId,
      filter: { ...everything, text: 'charged' },
      order: byPosition,
    });
    expect(await app.client.datasets.viewFacets({ viewId: narrow.viewId })).toMatchObject({
      total: 10,
      labels: [{ name: 'billing', count: 10 }],
    });
  });

  test('an edit is checked, counted and searchable, and undo brings back the very bytes', async () => {
    const exampleId = await exampleAt(44);
    const before = await app.client.datasets.exampleText({ exampleId, versionId: null });
    const { detail } = await app.client.datasets.editExample({
      exampleId,
      text: chatLine('a walrus appears', 'animals'),
    });
    expect(detail).toMatchObject({
      row: { isEdited: true, label: 'animals', findings: { error: 0 } },
      findings: [],
    });
    expect(detail.versions).toHaveLength(2);
    expect(await ids({ text: 'walrus' })).toEqual([44]);
    expect(await app.client.workspaces.undo()).toEqual({ label: 'edit example 44' });
    expect(await ids({ text: 'walrus' })).toEqual([]);
    expect(await app.client.datasets.exampleText({ exampleId, versionId: null })).toEqual(before);
    expect(await ids({ severities: ['error'] })).toEqual([43, 44]);
    await app.client.workspaces.redo();
    expect(await ids({ text: 'walrus' })).toEqual([44]);
  });

  test('an edit that does not parse is refused with the place, and nothing changes', async () => {
    const exampleId = await exampleAt(1);
    await expect(
      app.client.datasets.editExample({ exampleId, text: '{"messages": [}' }),
    ).rejects.toMatchObject({
      code: 'INVALID_CONTENT',
      data: { what: expect.stringContaining('column 15') },
    });
    expect((await app.client.datasets.example({ exampleId })).versions).toHaveLength(1);
  });

  test('an edit that makes a conflict or a duplicate marks it, and undo unmarks it', async () => {
    const exampleId = await exampleAt(1);
    await app.client.datasets.editExample({ exampleId, text: chatLine('Where is parcel 7?', 'lost') });
    expect(await ids({ codes: ['conflicting_answers'] })).toEqual([1, 5, 8, 42]);
    await app.client.datasets.editExample({ exampleId, text: chatLine('Where is parcel 7?', 'shipping') });
    expect(await ids({ codes: ['exact_duplicate'] })).toEqual([8, 41]);
    await app.client.workspaces.undo();
    await app.client.workspaces.undo();
    expect(await ids({ codes: ['conflicting_answers'] })).toEqual([5, 42]);
    expect(await ids({ codes: ['exact_duplicate'] })).toEqual([41]);
  });

  test('one finding or all of a kind can be fixed, as one change', async () => {
    const exampleId = await exampleAt(44);
    const { detail } = await app.client.datasets.fixFinding({
      exampleId,
      code: 'weight_invalid',
      pointer: '/messages/1/weight',
    });
    expect(detail.findings.map(({ code }) => code)).toEqual(['weight_not_allowed']);
    const { taskId } = await app.client.datasets.fixAll({ datasetId, code: 'extra_key' });
    expect(await taskEnd(app.client, taskId)).toMatchObject({ state: 'succeeded' });
    expect(await ids({ codes: ['extra_key'] })).toEqual([]);
    const duplicates = await app.client.datasets.fixAll({ datasetId, code: 'exact_duplicate' });
    await taskEnd(app.client, duplicates.taskId);
    expect(await ids({})).toHaveLength(43);
    expect(await ids({ codes: ['exact_duplicate'] })).toEqual([]);
    expect(await app.client.workspaces.undo()).toEqual({ label: 'delete 1 duplicate example' });
    expect(await app.client.workspaces.undo()).toEqual({ label: 'fix “extra key” in 1 examples' });
    expect(await ids({ codes: ['extra_key', 'exact_duplicate'] })).toEqual([41, 43]);
  });

  test('tags and deletions of a whole view are one change each', async () => {
    const { viewId } = await app.client.datasets.openView({
      datasetId,
      filter: { ...everything, text: 'charged' },
      order: byPosition,
    });
    await app.client.datasets.changeTags({ datasetId, which: { viewId }, add: ['money'], remove: [] });
    expect(await ids({ tags: ['money'] })).toHaveLength(10);
    await app.client.datasets.deleteExamples({ datasetId, which: { viewId } });
    expect(await ids({})).toHaveLength(34);
    await app.client.workspaces.undo();
    expect(await ids({ tags: ['money'] })).toHaveLength(10);
    await app.client.workspaces.undo();
    expect(await ids({ tags: ['money'] })).toEqual([]);
  });

  test('a split keeps identical prompts together, is previewed, undone and remade alike', async () => {
    const recipe = { ratios: { train: 0.7, validation: 0.15, test: 0.15 }, seed: 7 };
    const preview = await app.client.datasets.previewSplit({ datasetId, recipe });
    const { counts } = await app.client.datasets.split({ datasetId, recipe });
    expect(counts).toEqual(preview.counts);
    expect(counts).toMatchObject({ unassigned: 0, train: 31 });
    const train = await ids({ splits: ['train'] });
    expect([5, 42].filter((one) => train.includes(one)).length % 2).toBe(0);
    await app.client.workspaces.undo();
    expect(await app.client.datasets.get({ datasetId })).toMatchObject({
      splitRecipe: null,
      splitCounts: { unassigned: 44 },
    });
    await app.client.workspaces.redo();
    expect(await ids({ splits: ['train'] })).toEqual(train);
  });

  test('a data set is renamed, deleted and brought back', async () => {
    await app.client.datasets.rename({ datasetId, name: 'Support' });
    await app.client.datasets.delete({ datasetId });
    expect(await app.client.datasets.list()).toEqual([]);
    await expect(app.client.datasets.get({ datasetId })).rejects.toMatchObject({ code: 'DATASET_NOT_FOUND' });
    await app.client.workspaces.undo();
    expect(await app.client.datasets.list()).toMatchObject([{ name: 'Support' }]);
    await app.client.workspaces.undo();
    expect(await app.client.datasets.list()).toMatchObject([{ name: 'tickets' }]);
  });

  test('no user text reaches the event log', async () => {
    const exampleId = await exampleAt(1);
    await app.client.datasets.editExample({ exampleId, text: chatLine('SECRET-CANARY', 'x') });
    const { events } = await app.client.workspaces.history({ beforeSeq: null, limit: 50 });
    expect(JSON.stringify(events)).not.toContain('SECRET-CANARY');
    expect(readFileSync(join(app.folder, 'ws', 'workspace.db')).includes('Where is parcel')).toBe(false);
  });
});
