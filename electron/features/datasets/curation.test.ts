import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ExampleFilter, everything, noLists } from '../../../shared/features/datasets/filter.model.ts';
import { byPosition, lines, openAll } from '../../../tests/helpers/curated.ts';
import { chatLine, importText, taskEnd } from '../../../tests/helpers/datasets.ts';
import { createInlineDatasetWorkers } from '../../../tests/helpers/inline-datasets.ts';
import { createTestCore } from '../../../tests/helpers/test-core.ts';

describe('curating', () => {
  let app: ReturnType<typeof createTestCore>;
  let datasetId: string;

  beforeEach(async () => {
    app = createTestCore({ workers: createInlineDatasetWorkers() });
    await app.client.workspaces.create({ name: 'Test', folder: join(app.folder, 'ws') });
    const source = { folder: app.folder, name: 'a.jsonl', content: lines.join('\n') };
    ({ datasetId } = await importText(app.client, source));
  });
  afterEach(() => app.close());

  const positions = async (filter: Partial<ExampleFilter>) =>
    (await openAll(app.client, datasetId, filter)).rows.map(({ position }) => position);
  const idsAt = async (...wanted: number[]) =>
    (await openAll(app.client, datasetId)).rows
      .filter(({ position }) => wanted.includes(position))
      .map(({ exampleId }) => exampleId);

  test('filters by role, tool, status, reviewer, comment and pattern combine, and each has a “not”', async () => {
    const { client } = app;
    const decide = async (reviewer: string, decision: 'approved' | 'rejected', ...at: number[]) =>
      client.datasets.decide({ datasetId, which: { exampleIds: await idsAt(...at) }, reviewer, decision });
    await decide('Ana', 'approved', 1, 2, 3);
    await decide('Ben', 'rejected', 3);
    const [first = 0] = await idsAt(5);
    await client.datasets.addComment({ exampleId: first, pointer: '', reviewer: 'Ana', body: 'Look here' });

    expect(await positions({ roles: ['system'] })).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(await positions({ without: { ...noLists, roles: ['system'] } })).toEqual([9, 10, 11, 12, 13]);
    expect(await positions({ tools: ['track'] })).toEqual([13]);
    expect(await positions({ statuses: ['approved'] })).toEqual([1, 2]);
    expect(await positions({ statuses: ['approved', 'rejected'] })).toEqual([1, 2, 3]);
    expect(await positions({ reviewers: ['Ben'] })).toEqual([3]);
    expect(await positions({ statuses: ['approved'], without: { ...noLists, reviewers: ['Ben'] } })).toEqual([
      1, 2,
    ]);
    expect(await positions({ comments: ['open'] })).toEqual([5]);
    expect(await positions({ without: { ...noLists, labels: ['shipping'] } })).toEqual([9, 10, 11, 12, 13]);
    const bill = { source: 'bill [0-2]$', isRegex: true, isCaseSensitive: false };
    expect(await positions({ patterns: [bill] })).toEqual([9, 10, 11]);
    const literal = { source: 'PARCEL', isRegex: false, isCaseSensitive: false };
    expect(await positions({ patterns: [literal], without: { ...noLists, patterns: [bill] } })).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8,
    ]);
    const names = await client.datasets.filterNames({ datasetId });
    expect(names).toEqual({
      roles: [
        { name: 'system', count: 8 },
        { name: 'user', count: 13 },
        { name: 'assistant', count: 13 },
      ],
      tools: [{ name: 'track', count: 1 }],
      reviewers: [
        { name: 'Ana', count: 3 },
        { name: 'Ben', count: 1 },
      ],
    });
    await expect(
      client.datasets.openView({
        datasetId,
        filter: { ...everything, patterns: [{ source: '(', isRegex: true, isCaseSensitive: true }] },
        order: byPosition,
      }),
    ).rejects.toMatchObject({ code: 'PATTERN_REFUSED' });
  });

  test('a decision holds for the content it was made on', async () => {
    const { client } = app;
    const exampleIds = await idsAt(1);
    const [exampleId = 0] = exampleIds;
    await client.datasets.decide({ datasetId, which: { exampleIds }, reviewer: 'Ana', decision: 'approved' });
    await client.datasets.editExample({ exampleId, text: chatLine('Changed', 'shipping') });
    expect((await client.datasets.example({ exampleId })).row.status).toBe('draft');
    await client.workspaces.undo();
    expect((await client.datasets.example({ exampleId })).row.status).toBe('approved');
    expect((await client.datasets.get({ datasetId })).reviewCounts).toEqual({
      draft: 12,
      approved: 1,
      rejected: 0,
    });
  });

  test('several reviewers: approvals needed, agreement, and a freeze that waits', async () => {
    const { client } = app;
    await client.datasets.requireApprovals({ datasetId, count: 2, isReviewRequired: true });
    const decide = async (reviewer: string, decision: 'approved' | 'rejected', at: number[]) =>
      client.datasets.decide({ datasetId, which: { exampleIds: await idsAt(...at) }, reviewer, decision });
    await decide('Ana', 'approved', [1, 2, 3]);
    expect(await positions({ statuses: ['approved'] })).toEqual([]);
    await decide('Ben', 'approved', [1, 2]);
    await decide('Ben', 'rejected', [3, 4]);
    await decide('Ana', 'rejected', [4]);
    expect(await positions({ statuses: ['approved'] })).toEqual([1, 2]);
    expect(await client.datasets.agreement({ datasetId })).toEqual({
      pairs: [{ reviewers: ['Ana', 'Ben'], n: 4, share: 0.75, kappa: 0.5 }],
      all: null,
    });
    await decide('Cem', 'approved', [1, 2]);
    await decide('Cem', 'rejected', [3]);
    expect((await client.datasets.agreement({ datasetId })).all).toMatchObject({ reviewers: 3, n: 3 });
    await expect(client.versions.freeze({ datasetId, message: 'x' })).rejects.toMatchObject({
      code: 'NOT_REVIEWED',
    });
  });

  test('a change of texts is shown before it is made, and counted', async () => {
    const { client } = app;
    const change = {
      kind: 'replace' as const,
      pattern: { source: 'parcel (\\d)', isRegex: true, isCaseSensitive: true },
      replacement: 'package $1',
      roles: ['user'],
    };
    const preview = await client.datasets.previewChange({ datasetId, which: 'all', change, isWhole: true });
    expect(preview).toMatchObject({ seen: 13, changed: 8, isDone: true });
    expect(preview.samples[0]).toMatchObject({
      position: 1,
      role: 'user',
      before: 'Where is parcel 0?',
      after: 'Where is package 0?',
    });
    const prompt = { kind: 'system-prompt' as const, action: 'set' as const, text: 'You cost $1.' };
    const { viewId } = await openAll(client, datasetId, { labels: ['billing'] });
    const counted = await client.datasets.previewChange({
      datasetId,
      which: { viewId },
      change: prompt,
      isWhole: true,
    });
    expect(counted).toMatchObject({ seen: 4, changed: 4 });
    const { taskId } = await client.datasets.changeExamples({ datasetId, which: { viewId }, change: prompt });
    await taskEnd(client, taskId);
    expect(await positions({ patterns: [], roles: ['system'] })).toHaveLength(12);
  });

  test('an added example and a copy stand at the end; undo hides them', async () => {
    const { client } = app;
    await client.datasets.addExample({ datasetId, from: { text: chatLine('New one', 'other') } });
    const [original = 0] = await idsAt(13);
    const { exampleId } = await client.datasets.addExample({ datasetId, from: { exampleId: original } });
    expect(await positions({})).toHaveLength(15);
    expect((await client.datasets.example({ exampleId })).row.position).toBe(15);
    expect(await positions({ text: 'New one' })).toEqual([14]);
    expect(await positions({ codes: ['exact_duplicate'] })).toEqual([15]);
    expect(await client.workspaces.undo()).toEqual({ label: 'duplicate example 13' });
    expect(await positions({})).toHaveLength(14);
    await expect(client.datasets.addExample({ datasetId, from: { text: '[]' } })).rejects.toMatchObject({
      code: 'INVALID_CONTENT',
    });
    const check = await client.datasets.checkText({ datasetId, text: '{"messages":[]}' });
    expect(check.findings.map(({ code }) => code)).toEqual(['messages_empty']);
  });

  test('no text of a comment, a filter or a replacement reaches the event log', async () => {
    const { client } = app;
    const [exampleId = 0] = await idsAt(1);
    await client.datasets.addComment({ exampleId, pointer: '', reviewer: 'Ana', body: 'CANARY' });
    const filter = { ...everything, text: 'CANARY' };
    await client.datasets.saveView({ datasetId, name: 'CANARY', isForAll: true, filter, order: byPosition });
    const { taskId } = await client.datasets.changeExamples({
      datasetId,
      which: 'all',
      change: { kind: 'system-prompt', action: 'set', text: 'CANARY' },
    });
    await taskEnd(client, taskId);
    const { events } = await client.workspaces.history({ beforeSeq: null, limit: 50 });
    expect(events).toHaveLength(4);
    expect(JSON.stringify(events)).not.toContain('CANARY');
    expect(JSON.stringify(await client.activity.list())).not.toContain('CANARY');
  });
});
