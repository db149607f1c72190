import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { everything } from '../../../shared/features/datasets/filter.model.ts';
import type { Recipe } from '../../../shared/features/imports/imports.model.ts';
import { unknownProvenance } from '../../../shared/features/imports/provenance.model.ts';
import { readAsFound } from '../../../shared/features/imports/read-choices.ts';
import { suggestMapping } from '../../../shared/features/imports/suggest-mapping.rules.ts';
import { chatLine, taskEnd } from '../../../tests/helpers/datasets.ts';
import { createTestCore } from '../../../tests/helpers/test-core.ts';

describe('adding to a data set', () => {
  let app: ReturnType<typeof createTestCore>;
  const imports = () => app.client.imports;

  beforeEach(async () => {
    app = createTestCore();
    await app.client.workspaces.create({ name: 'Test', folder: join(app.folder, 'ws') });
  });
  afterEach(() => app.close());

  const fileOf = async (name: string, content: string) => {
    const path = join(app.folder, name);
    writeFileSync(path, content);
    return (await app.client.files.choosePath({ path })).file.fileId;
  };
  const start = async (fileIds: string[], recipe: Recipe) => {
    const { taskId, datasetId } = await imports().start({ fileIds, recipe, name: null, again: false });
    return { task: await taskEnd(app.client, taskId), datasetId };
  };
  test('a batch: its answers find their questions in the input file by custom_id', async () => {
    const asked = (id: string, content: string) =>
      JSON.stringify({
        custom_id: id,
        method: 'POST',
        url: '/v1/chat/completions',
        body: { model: 'gpt-4o', messages: [{ role: 'user', content }] },
      });
    const told = (id: string, content: string) =>
      JSON.stringify({
        id: `b-${id}`,
        custom_id: id,
        response: { status_code: 200, body: { choices: [{ message: { role: 'assistant', content } }] } },
        error: null,
      });
    const fileIds = [
      await fileOf('input.jsonl', `${asked('1', 'one?')}\n${asked('2', 'two?')}\n${asked('3', 'three?')}\n`),
      await fileOf('output.jsonl', `${told('2', 'Two.')}\n${told('1', 'One.')}\n${told('9', 'Nine.')}\n`),
    ];
    const found = await imports().inspect({ fileIds, read: readAsFound });
    expect(found.suggestion.shaping).toEqual({ kind: 'shape', shape: 'batch-output' });
    const { datasetId, task } = await start(fileIds, found.suggestion);
    expect(task.failure).toBe(null);
    expect((await rowsOf(datasetId)).map(({ prompt, answer }) => [prompt, answer])).toEqual([
      ['two?', 'Two.'],
      ['one?', 'One.'],
    ]);
    const { lines } = await app.client.datasets.quarantine({ datasetId, afterLine: 0, limit: 10 });
    expect(lines.map(({ line, message }) => [line, message])).toEqual([
      [3, expect.stringContaining('output.jsonl, line 3')],
      [6, expect.stringContaining('answers the request “3”')],
    ]);
  });

  const view = async (datasetId: string, filter = everything) => {
    const order = { by: 'position', isDescending: false } as const;
    return app.client.datasets.openView({ datasetId, filter, order });
  };
  const rowsOf = async (datasetId: string, filter = everything) => {
    const { viewId } = await view(datasetId, filter);
    return (await app.client.datasets.viewPage({ viewId, start: 0, limit: 100 })).rows;
  };

  test('a second import is added behind the rows of a data set, with its own provenance, and undone as one step', async () => {
    const first = await fileOf('a.jsonl', `${chatLine('a', '1')}\nnope\n${chatLine('b', '2')}\n`);
    const { suggestion } = await imports().inspect({ fileIds: [first], read: readAsFound });
    const { datasetId } = await start([first], suggestion);
    const second = await fileOf('b.csv', 'question,answer\nc,3\nd,\na,1\n');
    const found = await imports().inspect({ fileIds: [second], read: readAsFound });
    const recipe: Recipe = {
      ...found.suggestion,
      shaping: {
        kind: 'mapping',
        mapping: { ...suggestMapping(found.columns), user: '{{question}}', answer: '{{answer}}' },
      },
      provenance: { ...unknownProvenance, rights: 'CC0-1.0' },
    };
    const adding = await imports().start({
      fileIds: [second],
      recipe,
      name: null,
      again: false,
      into: datasetId,
    });
    expect(adding.datasetId).toBe(datasetId);
    expect(await taskEnd(app.client, adding.taskId)).toMatchObject({ state: 'succeeded', failure: null });
    const whole = { lineCount: 6, exampleCount: 4, quarantinedCount: 2 };
    expect(await app.client.datasets.get({ datasetId })).toMatchObject(whole);
    expect(await app.client.datasets.list()).toHaveLength(1);
    const rows = await rowsOf(datasetId);
    expect(rows.map(({ position, line }) => [position, line])).toEqual([
      [1, 1],
      [2, 3],
      [3, 5],
      [4, 7],
    ]);
    const records = await imports().records({ datasetId });
    expect(records).toMatchObject([
      { firstLine: 1, lastLine: 3, provenance: { rights: 'unknown' } },
      { firstLine: 4, lastLine: 7, sourceName: 'b.csv', rows: 3, provenance: { rights: 'CC0-1.0' } },
    ]);
    const doubles = async () => {
      return (await view(datasetId, { ...everything, codes: ['exact_duplicate'] })).total;
    };
    expect(await doubles()).toBe(1);
    const fromSecond = { ...everything, provenance: ['rights=CC0-1.0'] };
    expect((await rowsOf(datasetId, fromSecond)).map(({ position }) => position)).toEqual([3, 4]);
    const notFromIt = {
      ...everything,
      without: { ...everything.without, provenance: ['import=b.csv', 'purpose=none'] },
    };
    expect((await rowsOf(datasetId, notFromIt)).map(({ position }) => position)).toEqual([1, 2]);

    await app.client.workspaces.undo();
    expect(await app.client.datasets.get({ datasetId })).toMatchObject({
      lineCount: 3,
      exampleCount: 2,
      quarantinedCount: 1,
    });
    expect(await imports().records({ datasetId })).toHaveLength(1);
    expect(await doubles()).toBe(0);
    await app.client.workspaces.redo();
    expect(await app.client.datasets.get({ datasetId })).toMatchObject(whole);
    expect(await imports().records({ datasetId })).toHaveLength(2);
    expect(await rowsOf(datasetId)).toEqual(rows);

    const third = await fileOf('c.csv', 'question,answer\ne,5\n');
    const more = await imports().start({
      fileIds: [third],
      recipe,
      name: null,
      again: false,
      into: datasetId,
    });
    expect(await taskEnd(app.client, more.taskId)).toMatchObject({ state: 'succeeded' });
    expect((await rowsOf(datasetId)).at(-1)).toMatchObject({ position: 5, line: 9 });
    if (recipe.shaping.kind !== 'mapping') throw new Error('no mapping');
    const pairs: Recipe = {
      ...recipe,
      shaping: { kind: 'mapping', mapping: { ...recipe.shaping.mapping, method: 'dpo' } },
    };
    await expect(
      imports().start({ fileIds: [third], recipe: pairs, name: null, again: true, into: datasetId }),
    ).rejects.toMatchObject({ code: 'INVALID_CONTENT' });
  });
});
