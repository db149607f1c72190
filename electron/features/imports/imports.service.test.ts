import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { everything } from '../../../shared/features/datasets/filter.model.ts';
import type { Recipe } from '../../../shared/features/imports/imports.model.ts';
import { suggestMapping } from '../../../shared/features/imports/suggest-mapping.rules.ts';
import { unknownProvenance } from '../../../shared/features/imports/provenance.model.ts';
import { chatLine, taskEnd } from '../../../tests/helpers/datasets.ts';
import { packageRoot } from '../../adapters/files/package-root.ts';
import { createTestCore } from '../../../tests/helpers/test-core.ts';
import { readAsFound } from '../../../shared/features/imports/read-choices.ts';

const mails = join(packageRoot(), 'resources', 'demo', 'support-mails.csv');

describe('imports', () => {
  let app: ReturnType<typeof createTestCore>;
  const imports = () => app.client.imports;

  beforeEach(async () => {
    app = createTestCore();
    await app.client.workspaces.create({ name: 'Test', folder: join(app.folder, 'ws') });
  });
  afterEach(() => app.close());

  const choose = async (path: string) => (await app.client.files.choosePath({ path })).file.fileId;
  const fileOf = async (name: string, content: string | Uint8Array) => {
    const path = join(app.folder, name);
    writeFileSync(path, content);
    return choose(path);
  };
  const start = async (fileIds: string[], recipe: Recipe, again = false) => {
    const { taskId, datasetId } = await imports().start({ fileIds, recipe, name: null, again });
    return { task: await taskEnd(app.client, taskId), datasetId };
  };
  const rowsOf = async (datasetId: string) => {
    const order = { by: 'position', isDescending: false } as const;
    const { viewId } = await app.client.datasets.openView({ datasetId, filter: everything, order });
    return (await app.client.datasets.viewPage({ viewId, start: 0, limit: 100 })).rows;
  };

  test('a CSV of support mails: recognised columns, a preview before anything is written, then a data set', async () => {
    const fileIds = [await choose(mails)];
    const found = await imports().inspect({ fileIds, read: readAsFound });
    expect(found.files[0]).toMatchObject({ container: 'csv', delimiter: ',', hasHeader: true });
    expect(found.columns.map(({ name }) => name)).toEqual([
      'ticket_id',
      'received',
      'subject',
      'customer_mail',
      'agent_reply',
      'category',
    ]);
    expect(found.isSure).toBe(false);
    expect(found.suggestion.shaping).toMatchObject({
      kind: 'mapping',
      mapping: { method: 'sft', user: '{{subject}}\n\n{{customer_mail}}', answer: '{{agent_reply}}' },
    });
    const recipe: Recipe = {
      ...found.suggestion,
      system: { text: 'You answer for Kestrel.', when: 'missing' },
      provenance: { ...unknownProvenance, sourceKind: 'own', purpose: 'answer support mails' },
    };
    const preview = await imports().preview({ fileIds, recipe });
    expect(preview).toMatchObject({
      rowsRead: 30,
      isWhole: true,
      setAside: [{ line: expect.any(Number), code: 'mapping_missing' }],
    });
    expect(preview.examples).toHaveLength(29);
    expect(await app.client.datasets.list()).toEqual([]);

    const { task, datasetId } = await start(fileIds, recipe);
    expect(task).toMatchObject({ state: 'succeeded', failure: null });
    const dataset = await app.client.datasets.get({ datasetId });
    expect(dataset).toMatchObject({
      name: 'support-mails',
      sourceName: 'support-mails.csv',
      exampleCount: 29,
      quarantinedCount: 1,
      lineCount: 30,
    });
    const { lines } = await app.client.datasets.quarantine({ datasetId, afterLine: 0, limit: 10 });
    const text = readFileSync(mails, 'utf8');
    const missing = text.slice(0, text.indexOf('T-1057')).split('\n').length;
    expect(lines).toMatchObject([
      { line: missing, byteOffset: Buffer.byteLength(text.slice(0, text.indexOf('T-1057'))) },
    ]);
    const rows = await rowsOf(datasetId);
    expect(rows[1]?.line).toBe(text.slice(0, text.indexOf('T-1042')).split('\n').length);
    expect(await imports().records({ datasetId })).toMatchObject([
      {
        sourceName: 'support-mails.csv',
        firstLine: 1,
        rows: 30,
        quarantined: 1,
        provenance: { sourceKind: 'own', purpose: 'answer support mails', lawfulBasis: 'unknown' },
      },
    ]);
    expect(
      existsSync(join(app.folder, 'ws', 'staging')) ? readdirSync(join(app.folder, 'ws', 'staging')) : [],
    ).toEqual([]);
    await expect(imports().start({ fileIds, recipe, name: null, again: false })).rejects.toMatchObject({
      code: 'ALREADY_IMPORTED',
      data: { subject: { id: datasetId } },
    });
  });

  test('JSON lines of a native shape go in as they are, byte for byte', async () => {
    const line = `${chatLine('a', 'b').replace('{', '{ ')}`;
    const fileIds = [await fileOf('a.jsonl', `${line}\nnope\n\n${chatLine('c', 'd')}\n`)];
    const found = await imports().inspect({ fileIds, read: readAsFound });
    expect(found).toMatchObject({
      isSure: true,
      suggestion: { shaping: { kind: 'shape', shape: 'openai-sft' } },
    });
    const { datasetId } = await start(fileIds, found.suggestion);
    const rows = await rowsOf(datasetId);
    expect(rows.map((row) => row.line)).toEqual([1, 4]);
    const text = await app.client.datasets.exampleText({
      exampleId: rows[0]?.exampleId ?? 0,
      versionId: null,
    });
    expect(text.text).toBe(line);
    expect(await imports().records({ datasetId })).toMatchObject([{ rows: 3, quarantined: 1, lastLine: 4 }]);
  });

  test('a conversation whose turns stand apart becomes one example, in the preview too', async () => {
    const fileIds = [
      await fileOf(
        'log.csv',
        'who,said,ticket\nclient,Hi,A\nclient,Late!,B\nagent,Hello,A\nagent,Sorry,B\nclient,Alone,\n',
      ),
    ];
    const { suggestion } = await imports().inspect({ fileIds, read: readAsFound });
    const mapping = suggestMapping([]);
    const recipe: Recipe = {
      ...suggestion,
      shaping: {
        kind: 'mapping',
        mapping: {
          ...mapping,
          transcript: {
            conversation: 'ticket',
            role: 'who',
            text: 'said',
            roles: { client: 'user', agent: 'assistant' },
          },
        },
      },
    };
    const preview = await imports().preview({ fileIds, recipe });
    expect(preview).toMatchObject({ examples: [{ line: 4 }, { line: 5 }], setAside: [{ line: 6 }] });
    const { datasetId } = await start(fileIds, recipe);
    expect((await rowsOf(datasetId)).map(({ prompt, answer }) => [prompt, answer])).toEqual([
      ['Hi', 'Hello'],
      ['Late!', 'Sorry'],
    ]);
  });

  test('several files become one data set whose lines count on', async () => {
    const recipeOf = async (fileIds: string[]) =>
      (await imports().inspect({ fileIds, read: readAsFound })).suggestion;
    const fileIds = [
      await fileOf('a.json', `[${chatLine('a', 'b')}, 7]`),
      await fileOf('b.jsonl', `${chatLine('c', 'd')}\n{bad\n`),
    ];
    const { datasetId, task } = await start(fileIds, await recipeOf(fileIds));
    expect(task.failure).toBe(null);
    expect((await rowsOf(datasetId)).map((row) => row.line)).toEqual([1, 3]);
    const { lines } = await app.client.datasets.quarantine({ datasetId, afterLine: 0, limit: 10 });
    expect(lines.map(({ line, message }) => [line, message.slice(0, 18)])).toEqual([
      [2, 'a.json, line 2: It'],
      [4, 'b.jsonl, line 2: N'],
    ]);
    expect(await imports().records({ datasetId })).toMatchObject([
      {
        files: [
          { name: 'a.json', lineBase: 0 },
          { name: 'b.jsonl', lineBase: 2 },
        ],
        rows: 4,
        quarantined: 2,
      },
    ]);
  });

  test('recipes are kept, renamed, deleted, brought back by undo, and go through a file unchanged', async () => {
    const fileIds = [await choose(mails)];
    const { suggestion } = await imports().inspect({ fileIds, read: readAsFound });
    const { recipeId } = await imports().saveRecipe({ name: 'Mails', recipe: suggestion });
    await imports().renameRecipe({ recipeId, name: 'Support mails' });
    const path = join(app.folder, 'recipe.json');
    const { destination } = await app.client.files.destinationPath({ path });
    await imports().exportRecipe({ recipeId, destinationId: destination.destinationId });
    await imports().deleteRecipe({ recipeId });
    expect(await imports().recipes()).toEqual([]);
    await app.client.workspaces.undo();
    expect(await imports().recipes()).toMatchObject([
      { recipeId, name: 'Support mails', recipe: suggestion },
    ]);
    await imports().importRecipe({ fileId: await choose(path) });
    const recipes = await imports().recipes();
    expect(recipes.map(({ name, recipe }) => ({ name, recipe }))).toEqual([
      { name: 'Support mails', recipe: suggestion },
      { name: 'Support mails', recipe: suggestion },
    ]);
    await expect(
      imports().importRecipe({ fileId: await fileOf('x.json', '{"format":1}') }),
    ).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
    });
  });

  test('provenance can be completed afterwards, and undone', async () => {
    const fileIds = [await fileOf('a.jsonl', chatLine('a', 'b'))];
    const { suggestion } = await imports().inspect({ fileIds, read: readAsFound });
    const { datasetId } = await start(fileIds, suggestion);
    const [record] = await imports().records({ datasetId });
    const provenance = { ...unknownProvenance, rights: 'CC-BY-4.0' };
    await imports().setProvenance({ datasetId, importId: record?.importId ?? '', provenance });
    expect((await imports().records({ datasetId }))[0]?.provenance.rights).toBe('CC-BY-4.0');
    await app.client.workspaces.undo();
    expect((await imports().records({ datasetId }))[0]?.provenance.rights).toBe('unknown');
  });

  test('a folder of pictures with a table becomes examples with pictures', async () => {
    const folder = join(app.folder, 'pictures');
    mkdirSync(folder);
    const png = Buffer.concat([Buffer.from([0x89]), Buffer.from('PNG and more')]);
    writeFileSync(join(folder, 'cat.png'), png);
    writeFileSync(join(folder, 'table.csv'), 'file,question,answer\ncat.png,What is it?,A cat\n');
    const { file } = await app.client.files.choosePath({ path: folder, mayBeFolder: true });
    const found = await imports().inspect({ fileIds: [file.fileId], read: readAsFound });
    expect(found.files[0]).toMatchObject({ container: 'images' });
    const mapping = {
      ...suggestMapping(found.columns),
      user: '{{question}}',
      answer: '{{answer}}',
      image: 'image',
    };
    const recipe: Recipe = { ...found.suggestion, shaping: { kind: 'mapping', mapping } };
    const { datasetId, task } = await start([file.fileId], recipe);
    expect(task.failure).toBe(null);
    const rows = await rowsOf(datasetId);
    expect(rows).toMatchObject([{ hasImages: true, line: 2 }]);
    await expect(app.client.files.choosePath({ path: folder })).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
    });
  });

  test('a cancelled import leaves nothing behind', async () => {
    const fileIds = [await fileOf('a.csv', `q,a\n${'x,y\n'.repeat(200_000)}`)];
    const { suggestion } = await imports().inspect({ fileIds, read: readAsFound });
    const { taskId } = await imports().start({ fileIds, recipe: suggestion, name: null, again: false });
    await app.client.activity.cancel({ taskId });
    expect(await taskEnd(app.client, taskId)).toMatchObject({ state: 'cancelled' });
    expect(await app.client.datasets.list()).toEqual([]);
    expect(readdirSync(join(app.folder, 'ws')).filter((name) => name.startsWith('import-'))).toEqual([]);
  });
});
