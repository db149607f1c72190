import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../adapters/sqlite/open-database.ts';
import { everything } from '../../../shared/features/datasets/filter.model.ts';
import { chatLine, importText, taskEnd } from '../../../tests/helpers/datasets.ts';
import { createKeepingSecrets, createTestCore } from '../../../tests/helpers/test-core.ts';
import type { Db } from '../../core/ports.ts';
import { streamExamples } from './example-stream.ts';
import { replaceMarks } from './marks.sql.ts';

const byPosition = { by: 'position', isDescending: false } as const;

describe('what other features do to a data set', () => {
  let app: ReturnType<typeof createTestCore>;
  let datasetId: string;
  let db: Db;

  beforeEach(async () => {
    const secrets = createKeepingSecrets();
    secrets.probe = async () => ({ backend: 'memory', isPersistent: false, reason: 'test' });
    app = createTestCore({ secrets });
    await app.client.workspaces.create({ name: 'Test', folder: join(app.folder, 'ws') });
    const lines = Array.from({ length: 6 }, (_, index) => chatLine(`Where is parcel ${index}?`, 'shipping'));
    const source = { folder: app.folder, name: 'a.jsonl', content: lines.join('\n') };
    ({ datasetId } = await importText(app.client, source));
    db = openDatabase({ file: join(app.folder, 'ws', 'workspace.db'), keyHex: null });
  });
  afterEach(async () => {
    db.close();
    await app.close();
  });

  const view = async (filter = {}) => {
    const { viewId } = await app.client.datasets.openView({
      datasetId,
      filter: { ...everything, ...filter },
      order: byPosition,
    });
    const { rows } = await app.client.datasets.viewPage({ viewId, start: 0, limit: 100 });
    return { viewId, rows };
  };

  test('examples are streamed by position, without the deleted ones', async () => {
    const { rows } = await view();
    await app.client.datasets.deleteExamples({
      datasetId,
      which: { exampleIds: [rows[1]?.exampleId ?? 0] },
    });
    const seen = [...streamExamples(db, datasetId)];
    expect(seen.map(({ position, errors }) => [position, errors])).toEqual(
      [1, 3, 4, 5, 6].map((position) => [position, 0]),
    );
    expect(Buffer.from(seen[1]?.bytes ?? []).toString('utf8')).toBe(
      chatLine('Where is parcel 2?', 'shipping'),
    );
  });

  test('marks filter, count and show like findings, and are replaced as a whole per source', async () => {
    const before = await app.client.datasets.get({ datasetId });
    const { rows } = await view();
    const [first, second] = rows;
    const mark = (exampleId = 0, code = 'near_duplicate') => ({
      exampleId,
      code,
      severity: 'warning' as const,
      pointer: '/messages/0/content',
      message: 'Nearly the same as another example.',
      relatedExampleId: second?.exampleId ?? null,
    });
    const put = (source: 'quality' | 'privacy', marks: ReturnType<typeof mark>[]) =>
      db.transaction(() => replaceMarks(db, { datasetId, source }, marks));
    put('quality', [mark(first?.exampleId), mark(first?.exampleId, 'contradiction')]);
    put('privacy', [mark(first?.exampleId, 'personal_data')]);

    const marked = await view({ codes: ['near_duplicate'] });
    expect(marked.rows.map(({ position, findings }) => [position, findings.warning])).toEqual([[1, 3]]);
    expect((await view({ severities: ['warning'] })).rows).toHaveLength(1);
    const facets = await app.client.datasets.viewFacets({ viewId: marked.viewId });
    expect(facets.findings.map(({ code, examples }) => [code, examples])).toEqual(
      expect.arrayContaining([
        ['near_duplicate', 1],
        ['personal_data', 1],
      ]),
    );
    const { marks } = await app.client.datasets.example({ exampleId: first?.exampleId ?? 0 });
    expect(marks[0]).toMatchObject({ code: 'near_duplicate', source: 'quality', relatedPosition: 2 });
    const counts = await app.client.datasets.get({ datasetId });
    expect(counts.findingCounts.warning).toBe(before.findingCounts.warning + 3);

    put('quality', []);
    expect((await view({ codes: ['near_duplicate', 'contradiction'] })).rows).toEqual([]);
    expect((await view({ codes: ['personal_data'] })).rows).toHaveLength(1);
    put('privacy', []);
    expect((await app.client.datasets.get({ datasetId })).findingCounts).toEqual(before.findingCounts);
  });

  test('a transform rewrites examples as one task and one change', async () => {
    const { taskId } = await app.client.datasets.changeExamples({
      datasetId,
      which: { exampleIds: (await view()).rows.slice(0, 4).map(({ exampleId }) => exampleId) },
      change: {
        kind: 'replace',
        pattern: { source: 'parcel ([0-3])', isRegex: true, isCaseSensitive: false },
        replacement: 'package no. $1',
        roles: ['user'],
      },
    });
    expect(await taskEnd(app.client, taskId)).toMatchObject({ state: 'succeeded' });
    const { rows } = await view({ text: 'package' });
    expect(rows.map(({ prompt }) => prompt)).toEqual([0, 1, 2, 3].map((n) => `Where is package no. ${n}?`));
    await app.client.workspaces.undo();
    expect((await view({ text: 'package' })).rows).toEqual([]);
    await app.client.workspaces.redo();
    expect((await view({ text: 'package' })).rows).toHaveLength(4);
  });

  test('a pattern that never ends is refused and nothing is changed', async () => {
    const [first] = (await view()).rows;
    const text = chatLine('a'.repeat(60), 'shipping');
    await app.client.datasets.editExample({ exampleId: first?.exampleId ?? 0, text });
    const { taskId } = await app.client.datasets.changeExamples({
      datasetId,
      which: 'all',
      change: {
        kind: 'replace',
        pattern: { source: '(([a-z ]+)+)+!', isRegex: true, isCaseSensitive: true },
        replacement: '',
        roles: [],
      },
    });
    const task = await taskEnd(app.client, taskId);
    expect(task).toMatchObject({ state: 'failed', failure: { code: 'PATTERN_REFUSED' } });
    expect((await view()).rows.filter(({ isEdited }) => isEdited)).toHaveLength(1);
  });
});
