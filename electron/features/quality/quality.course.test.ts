import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { allEnded, chatLine, importText, taskEnd } from '../../../tests/helpers/datasets.ts';
import { projectFolder } from '../../../tests/helpers/project.ts';
import { parcelQuestion } from '../../../tests/helpers/quality-data.ts';
import { createTestCore } from '../../../tests/helpers/test-core.ts';
import { complaints } from '../../../tests/helpers/test-kit.ts';
import { qualityCodes } from '../../../shared/features/quality/quality-codes.ts';

describe('the course of an analysis', () => {
  let app: ReturnType<typeof createTestCore>;
  beforeEach(async () => {
    app = createTestCore();
    await app.client.workspaces.create({ name: 'Test', folder: join(app.folder, 'ws') });
  });
  afterEach(async () => {
    expect(complaints(app.log.lines)).toEqual([]);
    await app.close();
  });

  const imported = async (name: string, content: string): Promise<string> => {
    const { datasetId, task } = await importText(app.client, {
      folder: app.folder,
      name: `${name}.jsonl`,
      content,
    });
    expect(task.state).toBe('succeeded');
    return datasetId;
  };
  const analyse = async (datasetId: string) => {
    const { taskId } = await app.client.quality.analyse({ datasetId, settings: null });
    return taskEnd(app.client, taskId);
  };
  const profileOf = async (datasetId: string) => {
    const { profile } = await app.client.quality.get({ datasetId });
    if (!profile) throw new Error('no profile');
    return profile;
  };
  const errorsOf = async (datasetId: string): Promise<number> =>
    (await app.client.datasets.get({ datasetId })).findingCounts.error;
  const blockingIds = async (datasetId: string) =>
    (await app.client.readiness.get({ datasetId, provider: 'openai' })).lines
      .filter(({ level }) => level === 'blocking')
      .map(({ id }) => id);

  const originals = Array.from({ length: 60 }, (_, index) => chatLine(parcelQuestion(index), 'shipping'));
  const copies = Array.from({ length: 40 }, (_, index) =>
    chatLine(`${parcelQuestion(index)} Please!`, 'shipping'),
  );
  const leaking = async (): Promise<string> => {
    const datasetId = await imported('leaks', [...originals, ...copies].join('\n'));
    const recipe = { ratios: { train: 0.5, validation: 0, test: 0.5 }, seed: 1 };
    await app.client.datasets.split({ datasetId, recipe });
    expect((await analyse(datasetId)).state).toBe('succeeded');
    expect(await errorsOf(datasetId)).toBeGreaterThan(5);
    expect(await blockingIds(datasetId)).toContain('leakage');
    return datasetId;
  };

  test('leaks are errors until one of each is kept', async () => {
    const datasetId = await leaking();
    await app.client.quality.keepOne({ datasetId, kind: 'near', ordinals: null, keep: 'first' });
    await allEnded(app.client);
    expect(await errorsOf(datasetId)).toBe(0);
    expect(await blockingIds(datasetId)).not.toContain('leakage');
  });

  test('leaks are errors until the split keeps near-identical prompts together', async () => {
    const datasetId = await leaking();
    await app.client.datasets.split({
      datasetId,
      recipe: { ratios: { train: 0.5, validation: 0, test: 0.5 }, seed: 1, groupBy: 'near_prompt' },
    });
    await allEnded(app.client);
    expect(await app.client.quality.get({ datasetId })).toMatchObject({ isOutdated: false });
    expect(await errorsOf(datasetId)).toBe(0);
    expect((await profileOf(datasetId)).groups.near).toMatchObject({ groups: 40, leaks: 0 });
  });

  test('readiness says that an analysis is missing, outdated, and what it found', async () => {
    const datasetId = await imported('plain', originals.join('\n'));
    const quality = async () =>
      (await app.client.readiness.get({ datasetId, provider: 'openai' })).lines.find(
        ({ id }) => id === 'quality',
      );
    expect(await quality()).toMatchObject({ level: 'advisable', steps: [{ kind: 'analyse' }] });
    await analyse(datasetId);
    expect(await quality()).toMatchObject({ level: 'fine' });
    await app.client.quality.setTargets({
      datasetId,
      shares: [
        { name: 'shipping', share: 0.5 },
        { name: 'billing', share: 0.5 },
      ],
    });
    const { lines } = await app.client.readiness.get({ datasetId, provider: 'openai' });
    expect(lines.find(({ id }) => id === 'production_shift')).toMatchObject({
      level: 'advisable',
      steps: [{ kind: 'tab', tab: 'quality', topic: 'check:production_shift' }],
    });
  });

  test('a cancelled analysis leaves what was known; one that the program left open goes on', async () => {
    const many = Array.from({ length: 4000 }, (_, index) => chatLine(parcelQuestion(index), 'shipping'));
    const datasetId = await imported('many', many.join('\n'));
    const { taskId } = await app.client.quality.analyse({ datasetId, settings: null });
    await app.client.activity.cancel({ taskId });
    expect((await taskEnd(app.client, taskId)).state).toBe('cancelled');
    expect((await app.client.quality.get({ datasetId })).profile).toBeNull();
    const open = await app.client.quality.analyse({ datasetId, settings: null });
    expect(open.taskId).not.toBe(taskId);
    await app.client.workspaces.close();
    await app.client.workspaces.open({ folder: join(app.folder, 'ws'), recoveryPhrase: null });
    expect(await taskEnd(app.client, open.taskId)).toMatchObject({ state: 'succeeded' });
    expect((await profileOf(datasetId)).examples).toBe(4000);
  });

  /** Shares of the examples that checks may mark; where it is more, the check is wrong. The demo is full of typing slips. */
  const allowed: Readonly<Record<string, number>> = { spelling: 0.35, refusal: 0.13, near_duplicate: 0.1 };
  const marked = async (datasetId: string) => {
    const { checks, examples } = await profileOf(datasetId);
    return checks.map(({ code, examples: count }) => ({ code, share: count / examples }));
  };
  const tooMany = async (datasetId: string) =>
    (await marked(datasetId)).filter(({ code, share }) => share > (allowed[code] ?? 0.06));

  test('checks mark little in the demo data', async () => {
    for (const name of ['support-triage', 'tool-routing']) {
      const file = join(projectFolder, 'resources', 'demo', `${name}.jsonl`);
      const datasetId = await imported(name, readFileSync(file, 'utf8'));
      await analyse(datasetId);
      expect([name, await tooMany(datasetId)]).toEqual([name, []]);
    }
  });

  const data = join(projectFolder, '..', 'shared', 'data');
  test.skipIf(!existsSync(data))(
    'checks mark little in real data (skipped without ../shared/data)',
    async () => {
      for (const name of [
        'sft-gsm8k/train',
        'dpo-orca/validation',
        'sft-tools-stock/train',
        'rft-countdown/train',
      ]) {
        const file = join(data, `${name}.jsonl`);
        if (!existsSync(file)) continue;
        const datasetId = await imported(name.replace('/', '-'), readFileSync(file, 'utf8'));
        await analyse(datasetId);
        expect([name, await tooMany(datasetId)]).toEqual([name, []]);
      }
    },
  );

  test('every code has words and advice', () => {
    for (const [code, { title, advice }] of Object.entries(qualityCodes))
      expect([code, title.length > 5, advice.length > 10]).toEqual([code, true, true]);
  });
});
