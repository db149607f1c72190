import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { allEnded, chatLine, importText, taskEnd } from '../../../tests/helpers/datasets.ts';
import { projectFolder } from '../../../tests/helpers/project.ts';
import { parcelQuestion } from '../../../tests/helpers/quality-data.ts';
import { createTestCore } from '../../../tests/helpers/test-core.ts';
import { complaints } from '../../../tests/helpers/test-kit.ts';
import { everything } from '../../../shared/features/datasets/filter.model.ts';

const parcel = parcelQuestion;

describe('quality of a data set', () => {
  let app: ReturnType<typeof createTestCore>;
  beforeEach(async () => {
    app = createTestCore();
    await app.client.workspaces.create({ name: 'Test', folder: join(app.folder, 'ws') });
  });
  afterEach(async () => {
    expect(complaints(app.log.lines)).toEqual([]);
    await app.close();
  });

  const imported = async (lines: readonly string[]): Promise<string> => {
    const { datasetId, task } = await importText(app.client, {
      folder: app.folder,
      name: `set${lines.length}.jsonl`,
      content: lines.join('\n'),
    });
    expect(task.state).toBe('succeeded');
    return datasetId;
  };
  const analysed = async (datasetId: string) => {
    const { taskId } = await app.client.quality.analyse({ datasetId, settings: null });
    expect(await taskEnd(app.client, taskId)).toMatchObject({ state: 'succeeded', failure: null });
    const state = await app.client.quality.get({ datasetId });
    expect(state).toMatchObject({ isOutdated: false, revision: state.currentRevision });
    if (!state.profile) throw new Error('no profile');
    return { ...state, profile: state.profile };
  };
  const positions = async (datasetId: string, codes: string[]): Promise<number[]> => {
    const { viewId } = await app.client.datasets.openView({
      datasetId,
      filter: { ...everything, codes },
      order: { by: 'position', isDescending: false },
    });
    return (await app.client.datasets.viewPage({ viewId, start: 0, limit: 500 })).rows.map(
      ({ position }) => position,
    );
  };
  const examples = (profile: { checks: readonly { code: string; examples: number }[] }) =>
    Object.fromEntries(profile.checks.map(({ code, examples: count }) => [code, count]));

  const clean = Array.from({ length: 60 }, (_, index) =>
    chatLine(parcel(index), index < 55 ? 'shipping' : 'billing'),
  );

  test('before the first analysis there is nothing', async () => {
    const datasetId = await imported(clean);
    expect(await app.client.quality.get({ datasetId })).toMatchObject({
      profile: null,
      comparison: null,
      isOutdated: false,
      fit: [],
    });
    expect(await app.client.quality.groups({ datasetId, kind: 'near', start: 0, limit: 10 })).toEqual({
      total: 0,
      groups: [],
    });
  });

  test('a large import is compared by a task of its own, and an analysis takes its place', async () => {
    const lines = Array.from({ length: 4001 }, (_, index) => chatLine(parcel(index), `answer ${index}`));
    const long = 'The parcel that was sent to the old address came back and nobody told me why it did so';
    const datasetId = await imported([
      ...lines,
      lines[7] ?? '',
      chatLine(long, 'It will be sent again to the new address tomorrow.'),
      chatLine(long, 'It will be sent again to the new address today.'),
    ]);
    for await (const tasks of await app.client.activity.watch())
      if (tasks.every(({ endedAt }) => endedAt !== null)) break;
    const { comparison, profile } = await app.client.quality.get({ datasetId });
    expect(profile).toBeNull();
    expect(comparison).toMatchObject({ examples: 4004, exactGroups: 1 });
    expect(await app.client.datasets.get({ datasetId })).toMatchObject({ isCompared: true });
    const groups = async (kind: 'exact' | 'near') => {
      const found = await app.client.quality.groups({ datasetId, kind, start: 0, limit: 200 });
      return { ...found, places: found.groups.map(({ members }) => members.map(({ position }) => position)) };
    };
    const [exact, near] = [await groups('exact'), await groups('near')];
    expect(exact.places).toEqual([[8, 4002]]);
    expect(near.total).toBe(comparison?.nearGroups);
    expect(near.places).toContainEqual([4003, 4004]);
    expect((await analysed(datasetId)).profile.groups.exact.groups).toBe(1);
    expect((await groups('exact')).places).toEqual([[8, 4002]]);
    expect((await groups('near')).total).toBe(near.total);
  });

  test('every planted fault is marked on its own example', async () => {
    const datasetId = await imported([
      ...clean,
      chatLine(`${parcel(3)} Please!`, 'shipping'),
      chatLine(`${parcel(4)}!`, 'billing'),
      chatLine('Dear [insert name], what now?', 'shipping'),
      chatLine('Write to [email protected]', 'shipping'),
      chatLine('The cafÃ© is closed', 'shipping'),
      chatLine('Tell me a joke', 'As an AI language model, I do not joke.'),
      chatLine('Give me a key', "I'm sorry, but I can't help with that."),
      chatLine('Give me JSON', '{"label": "shipping"'),
      chatLine('Where is my parcel that I havve ordered with you?', 'shipping'),
      chatLine('Wo ist mein Paket, das ich bei Ihnen für die Familie bestellt habe?', 'shipping'),
    ]);
    const { profile } = await analysed(datasetId);
    expect(profile.examples).toBe(70);
    expect(await positions(datasetId, ['near_duplicate'])).toEqual([61, 62]);
    expect(await positions(datasetId, ['contradiction'])).toEqual([5, 62]);
    expect(await positions(datasetId, ['placeholder_text'])).toEqual([63]);
    expect(await positions(datasetId, ['scraped_text'])).toEqual([64]);
    expect(await positions(datasetId, ['mojibake'])).toEqual([65]);
    expect(await positions(datasetId, ['ai_boilerplate'])).toEqual([66]);
    expect(await positions(datasetId, ['refusal'])).toEqual([67]);
    expect(await positions(datasetId, ['answer_json_broken'])).toEqual([68]);
    expect(await positions(datasetId, ['spelling'])).toEqual([69]);
    expect(await positions(datasetId, ['language_differs'])).toEqual([70]);
    expect(examples(profile)).toMatchObject({
      near_duplicate: 2,
      contradiction: 2,
      spelling: 1,
      rare_label: 6,
    });
    expect(profile.unknownWords[0]).toEqual({ word: 'havve', examples: 1, suggestion: 'have' });
    expect(profile.charts.find(({ id }) => id === 'labels')?.bars[0]).toMatchObject({
      name: 'shipping',
      count: 61,
    });
    expect(profile.groups).toMatchObject({
      near: { groups: 2, repeats: 2, leaks: 0 },
      contradiction: { groups: 1 },
    });
  });

  test('keep one: chosen member stays, one undo brings the others back, and the age is told', async () => {
    const datasetId = await imported([
      ...clean,
      `${clean[7]} `,
      chatLine(`${parcel(7)} Please answer!`, 'shipping'),
    ]);
    const { profile } = await analysed(datasetId);
    expect(profile.groups).toMatchObject({ exact: { groups: 1 }, near: { groups: 1, repeats: 2 } });
    const [group] = (await app.client.quality.groups({ datasetId, kind: 'near', start: 0, limit: 10 }))
      .groups;
    expect(group?.members.map(({ position }) => position)).toEqual([8, 61, 62]);
    expect(
      await app.client.quality.keepOne({ datasetId, kind: 'near', ordinals: [0], keep: 'longest' }),
    ).toEqual({ deleted: 2 });
    expect(await positions(datasetId, [])).toHaveLength(60);
    expect(await positions(datasetId, [])).toContain(62);
    // What is left is looked at again by itself.
    await allEnded(app.client);
    expect(await app.client.quality.get({ datasetId })).toMatchObject({
      isOutdated: false,
      profile: { examples: 60, groups: { near: { groups: 0 }, exact: { groups: 0 } } },
    });
    expect(await app.client.workspaces.undo()).toEqual({ label: 'delete 2 near duplicates' });
    expect(await positions(datasetId, [])).toHaveLength(62);
    expect((await app.client.quality.get({ datasetId })).isOutdated).toBe(true);
    await analysed(datasetId);
    expect(
      await app.client.quality.keepOne({ datasetId, kind: 'exact', ordinals: null, keep: 'first' }),
    ).toEqual({ deleted: 1 });
    await allEnded(app.client);
    expect(
      await app.client.quality.keepOne({ datasetId, kind: 'exact', ordinals: null, keep: 'first' }),
    ).toEqual({ deleted: 0 });
  });

  test('a tag does not make an analysis old, an edit does', async () => {
    const datasetId = await imported(clean);
    await analysed(datasetId);
    const { viewId } = await app.client.datasets.openView({
      datasetId,
      filter: everything,
      order: { by: 'position', isDescending: false },
    });
    const [row] = (await app.client.datasets.viewPage({ viewId, start: 0, limit: 1 })).rows;
    const exampleId = row?.exampleId ?? 0;
    await app.client.datasets.changeTags({
      datasetId,
      which: { exampleIds: [exampleId] },
      add: ['x'],
      remove: [],
    });
    expect((await app.client.quality.get({ datasetId })).isOutdated).toBe(false);
    await app.client.datasets.editExample({ exampleId, text: chatLine('another', 'shipping') });
    expect((await app.client.quality.get({ datasetId })).isOutdated).toBe(true);
  });

  test('duplicates on both sides of a split are leakage', async () => {
    const copies = Array.from({ length: 40 }, (_, index) => chatLine(`${parcel(index)} Please!`, 'shipping'));
    const datasetId = await imported([...clean, ...copies]);
    await app.client.datasets.split({
      datasetId,
      recipe: { ratios: { train: 0.5, validation: 0, test: 0.5 }, seed: 1 },
    });
    const { profile } = await analysed(datasetId);
    expect(profile.groups.near.leaks).toBeGreaterThan(5);
    expect(examples(profile).leakage).toBe(profile.groups.near.leaks);
    const [first] = (await app.client.quality.groups({ datasetId, kind: 'near', start: 0, limit: 1 })).groups;
    expect(first?.isLeak).toBe(true);
    expect(profile.checks[0]).toMatchObject({ code: 'leakage', severity: 'error' });
    expect(profile.shifts[0]).toMatchObject({ splits: ['train', 'test'] });
  });

  test('glossary: terms are undoable and found at the next analysis', async () => {
    const datasetId = await imported([
      ...clean,
      chatLine('What is it?', 'A cheap parcel by lapidarium post.'),
      chatLine('And this?', 'An email.'),
    ]);
    await app.client.quality.putTerm({ kind: 'forbidden', term: 'cheap', replacement: null });
    await app.client.quality.putTerm({ kind: 'preferred', term: 'email', replacement: 'e-mail' });
    expect(await app.client.quality.terms()).toHaveLength(2);
    await app.client.workspaces.undo();
    expect(await app.client.quality.terms()).toEqual([
      { kind: 'forbidden', term: 'cheap', replacement: null },
    ]);
    await app.client.workspaces.redo();
    await analysed(datasetId);
    expect(await positions(datasetId, ['forbidden_term'])).toEqual([61]);
    expect(await positions(datasetId, ['unpreferred_term'])).toEqual([62]);
    await app.client.quality.removeTerm({ kind: 'forbidden', term: 'cheap' });
    expect(await app.client.quality.terms()).toHaveLength(1);
  });

  test('fit to production: typed shares and a sample; re-balancing is one undoable step', async () => {
    const datasetId = await imported(clean);
    await analysed(datasetId);
    await app.client.quality.setTargets({
      datasetId,
      shares: [
        { name: 'shipping', share: 0.5 },
        { name: 'billing', share: 0.5 },
      ],
    });
    const state = await app.client.quality.get({ datasetId });
    expect(state.fit).toMatchObject([{ facet: 'labels', verdict: 'large' }]);
    expect(state.profile?.checks.find(({ code }) => code === 'production_shift')?.message).toMatch(
      /^The data set and production differ in labels \(PSI \d\.\d\d\)\.$/,
    );
    expect(await app.client.quality.previewBalance({ datasetId })).toMatchObject({ deleted: 50 });
    expect(await app.client.quality.balance({ datasetId, seed: 7 })).toEqual({ deleted: 50 });
    expect(await positions(datasetId, [])).toHaveLength(10);
    await allEnded(app.client);
    const balanced = await app.client.quality.get({ datasetId });
    expect(balanced.fit[0]?.verdict).toBe('too_few');
    expect(balanced.profile?.checks.map(({ code }) => code)).not.toContain('production_shift');
    await app.client.workspaces.undo();
    expect(await positions(datasetId, [])).toHaveLength(60);
    const sample = join(app.folder, 'production.jsonl');
    writeFileSync(sample, [chatLine('one', 'billing'), chatLine('two', 'billing'), '{broken'].join('\n'));
    const { file } = await app.client.files.choosePath({ path: sample });
    const target = await app.client.quality.readSample({ datasetId, fileId: file.fileId });
    expect(target).toMatchObject({ source: { kind: 'sample', examples: 2 } });
    expect((await app.client.quality.get({ datasetId })).fit.map(({ facet }) => facet)).toContain('formats');
    await app.client.quality.setTargets({ datasetId, shares: [] });
    expect((await app.client.quality.get({ datasetId })).production).toBeNull();
  });

  const data = join(projectFolder, '..', 'shared', 'data');
  test.skipIf(!existsSync(data))('real data (skipped without ../shared/data)', async () => {
    for (const name of ['sft-gsm8k/train', 'dpo-orca/validation', 'sft-tools-stock/train']) {
      const datasetId = await imported(
        readFileSync(join(data, `${name}.jsonl`), 'utf8')
          .trimEnd()
          .split('\n'),
      );
      const { profile } = await analysed(datasetId);
      expect(profile.examples).toBeGreaterThan(20);
      expect(profile.charts.find(({ id }) => id === 'languages')?.bars[0]?.name).toBe('en');
      const share = (code: string): number => (examples(profile)[code] ?? 0) / profile.examples;
      for (const code of ['mojibake', 'refusal', 'ai_boilerplate', 'contradiction', 'length_outlier'])
        expect([name, code, share(code) < 0.2]).toEqual([name, code, true]);
    }
  });
});
