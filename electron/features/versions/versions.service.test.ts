import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { everything } from '../../../shared/features/datasets/filter.model.ts';
import type { DiffRow, StateRef, Version } from '../../../shared/features/versions/versions.model.ts';
import { chatLine, importText, taskEnd } from '../../../tests/helpers/datasets.ts';
import { createTestCore } from '../../../tests/helpers/test-core.ts';
import { complaints } from '../../../tests/helpers/test-kit.ts';

const byPosition = { by: 'position', isDescending: false } as const;
const recipe = { ratios: { train: 0.8, validation: 0.2, test: 0 }, seed: 7 };

describe('versions', () => {
  let app: ReturnType<typeof createTestCore>;
  let datasetId: string;

  beforeEach(async () => {
    app = createTestCore();
    await app.client.workspaces.create({ name: 'Test', folder: join(app.folder, 'ws') });
    const lines = Array.from({ length: 20 }, (_, index) =>
      chatLine(`Where is parcel ${index}?`, `On ${index}`),
    );
    ({ datasetId } = await importText(app.client, {
      folder: app.folder,
      name: 'tickets.jsonl',
      content: lines.join('\n'),
    }));
  });
  afterEach(() => app.close());

  const rows = async (of = datasetId) => {
    const view = await app.client.datasets.openView({ datasetId: of, filter: everything, order: byPosition });
    return (await app.client.datasets.viewPage({ viewId: view.viewId, start: 0, limit: 500 })).rows;
  };
  const shown = async (of = datasetId) =>
    (await rows(of)).map(({ position, prompt, answer, split, isEdited }) => ({
      position,
      prompt,
      answer,
      split,
      isEdited,
    }));
  const freeze = async (message: string): Promise<Version> => {
    const { taskId } = await app.client.versions.freeze({ datasetId, message });
    expect(await taskEnd(app.client, taskId)).toMatchObject({ state: 'succeeded' });
    const [newest] = (await app.client.versions.list({ datasetId })).versions;
    if (!newest) throw new Error('no version');
    return newest;
  };
  const restore = async ({ versionId }: Version) => {
    const { taskId } = await app.client.versions.restore({ versionId });
    expect(await taskEnd(app.client, taskId)).toMatchObject({ state: 'succeeded', failure: null });
  };
  const edit = async (position: number, answer: string) => {
    const one = (await rows()).find((row) => row.position === position);
    if (!one) throw new Error(`no example ${position}`);
    await app.client.datasets.editExample({
      exampleId: one.exampleId,
      text: chatLine(`Where is parcel ${position - 1}?`, answer),
    });
  };
  const remove = async (position: number) => {
    const one = (await rows()).find((row) => row.position === position);
    if (one) await app.client.datasets.deleteExamples({ datasetId, which: { exampleIds: [one.exampleId] } });
  };
  const compare = async (before: StateRef, after: StateRef) => {
    const { diffId, summary } = await app.client.versions.openDiff({ before, after });
    const page = await app.client.versions.diffPage({ diffId, kind: null, start: 0, limit: 500 });
    return { diffId, summary, rows: page.rows };
  };
  const words = (row: DiffRow) => `${row.kind} ${row.after?.position ?? row.before?.position}`;

  test('freezing the same again makes no new version; any change makes the next', async () => {
    const first = await freeze('as it came');
    expect(first).toMatchObject({ number: 1, exampleCount: 20, message: 'as it came', origin: 'person' });
    expect((await app.client.versions.list({ datasetId })).isChanged).toBe(false);
    expect((await freeze('again')).versionId).toBe(first.versionId);
    await edit(3, 'Lost');
    expect((await app.client.versions.list({ datasetId })).isChanged).toBe(true);
    const second = await freeze('one answer');
    expect(second.number).toBe(2);
    expect(second.root).not.toBe(first.root);
    await app.client.workspaces.undo();
    expect((await freeze('back')).root).toBe(first.root);
    expect(complaints(app.log.lines)).toEqual([]);
  });

  test('a version is restored whole, and undo brings back what was there', async () => {
    await app.client.datasets.split({ datasetId, recipe });
    const first = await freeze('split');
    const before = await shown();
    await edit(3, 'Lost');
    await remove(5);
    await app.client.datasets.split({ datasetId, recipe: { ...recipe, seed: 99 } });
    const changed = await shown();
    await restore(first);
    expect(await shown()).toEqual(before);
    await app.client.workspaces.undo();
    expect(await shown()).toEqual(changed);
    await app.client.workspaces.redo();
    expect(await shown()).toEqual(before);
    expect((await freeze('same')).root).toBe(first.root);
  });

  test('a comparison tells what was added, removed, changed and moved', async () => {
    await app.client.datasets.split({ datasetId, recipe });
    const first = await freeze('start');
    await edit(2, 'Delayed');
    await remove(4);
    const second = await freeze('later');
    const forth = await compare({ versionId: first.versionId }, { versionId: second.versionId });
    expect(forth.summary).toEqual({ added: 0, removed: 1, changed: 1, moved: 0, unchanged: 18 });
    expect(forth.rows.map(words)).toEqual(['changed 2', 'removed 4']);
    const back = await compare({ versionId: second.versionId }, { datasetId });
    expect(back.summary).toMatchObject({ unchanged: 19, changed: 0 });
    await app.client.workspaces.undo();
    expect((await compare({ versionId: second.versionId }, { datasetId })).rows.map(words)).toEqual([
      'added 4',
    ]);

    const one = await app.client.versions.diffExample({ diffId: forth.diffId, index: 0 });
    expect(one.diff.sections[0]?.parts.map(({ kind, before, after }) => [kind, before, after])).toEqual([
      ['same', 'Where is parcel 1?', 'Where is parcel 1?'],
      ['changed', 'On 1', 'Delayed'],
    ]);
    const only = await app.client.versions.diffPage({
      diffId: forth.diffId,
      kind: 'removed',
      start: 0,
      limit: 10,
    });
    expect(only).toMatchObject({
      total: 1,
      rows: [{ kind: 'removed', before: { position: 4 }, after: null }],
    });
  });

  test('an edit and the edit back is no difference', async () => {
    const first = await freeze('start');
    await edit(1, 'x');
    await edit(1, 'On 0');
    expect((await compare({ versionId: first.versionId }, { datasetId })).rows).toEqual([]);
    expect((await freeze('same words')).versionId).toBe(first.versionId);
  });

  test('a branch is a data set of its own that remembers its version and can be compared with it', async () => {
    await app.client.datasets.split({ datasetId, recipe });
    await edit(1, 'Here');
    const first = await freeze('start');
    const made = await app.client.versions.branch({ versionId: first.versionId, name: 'Short answers' });
    expect(await taskEnd(app.client, made.taskId)).toMatchObject({ state: 'succeeded', failure: null });
    const withoutMarks = (all: Awaited<ReturnType<typeof shown>>) =>
      all.map(({ position, prompt, answer, split }) => ({ position, prompt, answer, split }));
    expect(withoutMarks(await shown(made.datasetId))).toEqual(withoutMarks(await shown()));
    expect(await app.client.versions.list({ datasetId: made.datasetId })).toMatchObject({
      branchedFrom: { versionId: first.versionId, datasetName: 'tickets', number: 1 },
      versions: [],
    });
    const [one] = await rows(made.datasetId);
    await app.client.datasets.editExample({
      exampleId: one?.exampleId ?? 0,
      text: chatLine('Where is parcel 0?', 'There'),
    });
    const { summary, rows: changes } = await compare(
      { versionId: first.versionId },
      { datasetId: made.datasetId },
    );
    expect(summary).toEqual({ added: 0, removed: 0, changed: 1, moved: 0, unchanged: 19 });
    expect(changes[0]).toMatchObject({
      kind: 'changed',
      before: { answer: 'Here' },
      after: { answer: 'There' },
    });
  });

  test('verifying trusts the bytes only', async () => {
    const first = await freeze('start');
    expect(await app.client.versions.verify({ versionId: first.versionId })).toEqual({
      isIntact: true,
      root: first.root,
      examples: 20,
      firstBroken: null,
    });
  });

  test('whatever is done in between, a restored version has the root it was frozen with', async () => {
    const deed = fc.oneof(
      fc.record({ do: fc.constant('edit' as const), at: fc.integer({ min: 1, max: 20 }) }),
      fc.record({ do: fc.constant('remove' as const), at: fc.integer({ min: 1, max: 20 }) }),
      fc.record({ do: fc.constant('split' as const), at: fc.integer({ min: 1, max: 9 }) }),
      fc.record({ do: fc.constant('undo' as const), at: fc.constant(0) }),
    );
    // The import itself stays, however often is undone.
    const undo = async () => {
      await app.client.workspaces.undo().catch(() => {});
      if ((await app.client.datasets.list()).length === 0) await app.client.workspaces.redo();
    };
    const first = await freeze('start');
    const before = await shown();
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 5 }), async (deeds) => {
        for (const one of deeds) {
          if (one.do === 'edit') await edit(one.at, `changed ${one.at}`).catch(() => {});
          if (one.do === 'remove') await remove(one.at);
          if (one.do === 'split')
            await app.client.datasets.split({ datasetId, recipe: { ...recipe, seed: one.at } });
          if (one.do === 'undo') await undo();
        }
        await restore(first);
        expect(await shown()).toEqual(before);
      }),
      { numRuns: 4 },
    );
  });
});
