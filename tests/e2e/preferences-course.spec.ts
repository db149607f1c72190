import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { JudgingPair } from '../../shared/features/preferences/preferences.model.ts';
import { taskEnd } from '../helpers/datasets.ts';
import { keyboardHand } from '../helpers/hands.ts';
import { type OpenApp, openApp } from '../helpers/open-app.ts';
import { setSettings } from '../helpers/preferences.ts';
import { projectFolder } from '../helpers/project.ts';
import { exportAs } from '../helpers/workbench-steps.ts';

/*
 * The main job of the studio with real pairs: a hundred judged by keys alone, some taken back across a restart, planted
 * contradictions found, the rest exported, checked and trained on with DPO.
 */

const orca = join(projectFolder, '..', 'shared', 'data', 'dpo-orca', 'validation.jsonl');
const home = mkdtempSync(join(tmpdir(), 'lapidary-course-'));
const folder = join(home, 'ws');
const realPairs = 96;
let app: OpenApp;

test.describe.configure({ timeout: 240_000 });
test.afterEach(() => app.close());
test.afterAll(() => rmSync(home, { recursive: true, force: true }));

type OrcaRow = { preferred_output: [{ content: string }] };

/** Real pairs; behind them one of them again, and three answers of which each beats the next in a circle. */
function plantedFile(): { lines: string[]; preferred: Set<string>; twice: string } {
  const real = readFileSync(orca, 'utf8').split('\n').slice(0, realPairs);
  const rows = real.map((line) => JSON.parse(line) as OrcaRow);
  const preferred = new Set(rows.map((row) => row.preferred_output[0].content));
  const circle = {
    prompt: 'Which season is the best one for a walk along the river?',
    candidates: ['Spring, for the blossoms.', 'Summer, for the long light.', 'Autumn, for the colours.'],
  };
  const twice = rows[7]?.preferred_output[0].content ?? '';
  return { lines: [...real, real[7] ?? '', JSON.stringify(circle)], preferred, twice };
}

const textOf = ({ message }: JudgingPair['a']): string => JSON.stringify(message.content);

/** Judges as the data does; the circle round, and the pair that is there twice once so and once the other way. */
function createJudge({ preferred, twice }: ReturnType<typeof plantedFile>): (pair: JudgingPair) => 'a' | 'b' {
  const isPreferred = (side: JudgingPair['a']): boolean => preferred.has(JSON.parse(textOf(side)) as string);
  const beats: Readonly<Record<string, string>> = { Spring: 'Summer', Summer: 'Autumn', Autumn: 'Spring' };
  const season = (side: JudgingPair['a']): string => /^"(\w+)/.exec(textOf(side))?.[1] ?? '';
  let timesSeen = 0;
  return (pair) => {
    if (!pair.b) throw new Error('a pair has two sides');
    if (beats[season(pair.a)] !== undefined) return beats[season(pair.a)] === season(pair.b) ? 'a' : 'b';
    const right = isPreferred(pair.a) ? 'a' : 'b';
    const isTwice = [pair.a, pair.b].some((side) => textOf(side) === JSON.stringify(twice));
    if (isTwice) timesSeen += 1;
    return isTwice && timesSeen === 2 ? (right === 'a' ? 'b' : 'a') : right;
  };
}

test('a hundred real pairs are judged by keys, taken back, found out, exported, checked and trained on', async () => {
  app = await openApp({ home });
  test.skip(!existsSync(orca), 'skipped: the shared data set dpo-orca is not beside the project');
  const planted = plantedFile();
  const judge = createJudge(planted);
  const path = join(home, 'orca.jsonl');
  writeFileSync(path, `${planted.lines.join('\n')}\n`);
  let { client } = app.core;
  await client.workspaces.create({ name: 'Course', folder });
  const { fileId } = (await client.files.choosePath({ path })).file;
  const made = await client.preferences.create({
    name: 'Orca',
    kind: 'pairs',
    source: { kind: 'file', fileId },
    settings: setSettings,
  });
  expect((await taskEnd(client, made.taskId)).failure).toBeNull();
  const { setId } = made;
  const verdicts = async () => (await client.preferences.get({ setId })).verdicts;
  expect(await client.preferences.get({ setId })).toMatchObject({ pairs: 100, quarantined: 0 });

  const open = async (address: string): Promise<void> => {
    await app.page.evaluate((to) => {
      globalThis.location.hash = `#${to}`;
    }, address);
  };
  const decideUpTo = async (count: number): Promise<void> => {
    while ((await verdicts()) < count) {
      const before = await verdicts();
      const [pair] = await client.preferences.ahead({ setId, reviewer: 'me', after: 0, limit: 1 });
      if (!pair) throw new Error('the queue ended early');
      await expect(
        app.page.getByRole('status').filter({ hasText: new RegExp(`^Pair ${pair.position}(,|$)`) }),
      ).toBeAttached();
      await app.page.keyboard.press(judge(pair) === 'a' ? '1' : 'ArrowRight');
      await expect.poll(verdicts).toBe(before + 1);
    }
  };
  await open(`/preferences/${setId}/judge`);
  await expect(app.page.getByRole('region', { name: 'Judging' })).toBeFocused();
  await decideUpTo(60);

  // Closed in the middle: three verdicts are taken back afterwards and given again.
  const lastThree = (await client.preferences.recent({ setId, reviewer: 'me', limit: 3 })).map((one) => ({
    position: one.position,
    choice: one.choice,
  }));
  await app.close();
  app = await openApp({ home });
  ({ client } = app.core);
  await client.workspaces.open({ folder, recoveryPhrase: null });
  expect(await verdicts()).toBe(60);
  await open(`/preferences/${setId}/judge`);
  await expect(app.page.getByRole('region', { name: 'Judging' })).toBeFocused();
  const onScreen = (position: number) =>
    expect(
      app.page.getByRole('status').filter({ hasText: new RegExp(`^Pair ${position}(,|$)`) }),
    ).toBeAttached();
  for (const [at, { position }] of lastThree.entries()) {
    await app.page.keyboard.press('Backspace');
    await expect.poll(verdicts).toBe(59 - at);
    await onScreen(position);
  }
  for (const [at, { position, choice }] of lastThree.toReversed().entries()) {
    await onScreen(position);
    await app.page.keyboard.press(choice === 'a' ? 'ArrowLeft' : '2');
    await expect.poll(verdicts).toBe(58 + at);
  }
  await decideUpTo(100);
  await expect(app.page.getByText('Your queue is done')).toBeVisible();

  const { logic } = await client.trust.report({ setId });
  if (!logic) throw new Error('pairs were judged, so they can be compared');
  const found = new Map(logic.kinds.map(({ kind, pairs }) => [kind, pairs]));
  expect(found.get('cycle')).toBe(3);
  const cycle = logic.findings.find(({ kind }) => kind === 'cycle')?.cycle;
  expect(
    cycle?.answers
      .map(({ preview }) => preview.split(',')[0])
      .toSorted((a = '', b = '') => a.localeCompare(b)),
  ).toEqual(['Autumn', 'Spring', 'Summer']);
  expect(found.get('opposite_winners')).toBe(2);

  await open(`/preferences/${setId}?tab=outcome`);
  const hand = keyboardHand(app.page);
  await expect(app.page.getByRole('row', { name: /Teach the opposite of each other/ })).toContainText('2');
  await hand.press(app.page.getByRole('button', { name: /^Make a data set of 98 rows/ }));
  await expect(app.page.getByRole('heading', { level: 1, name: 'Orca pairs' })).toBeVisible();
  await expect(app.page.getByRole('grid', { name: 'Examples' })).toBeVisible();
  const [dataset] = (await client.datasets.list()).filter(({ name }) => name === 'Orca pairs');
  if (!dataset) throw new Error('no data set was made');
  const bytes = await exportAs(
    { app, hand, look: async () => {} },
    {
      part: /^All/,
      format: 'OpenAI DPO',
      file: 'orca-dpo.jsonl',
      says: /Nothing is lost/,
      button: /^Export 98 examples/,
    },
  );
  const exported = bytes.toString('utf8').trimEnd().split('\n');
  const original = new Set(planted.lines.map((line) => JSON.stringify(JSON.parse(line))));
  expect(exported.filter((line) => original.has(line))).toHaveLength(realPairs - 1);

  const checked = spawnSync(
    process.execPath,
    [
      join(projectFolder, 'electron/cli/lapidary.mjs'),
      'check',
      join(home, 'orca-dpo.jsonl'),
      '--method',
      'dpo',
      '--json',
    ],
    { encoding: 'utf8' },
  );
  const report = JSON.parse(checked.stdout) as { accepted: number; findings: { severity: string }[] };
  expect(report.accepted).toBe(98);
  expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([]);

  await client.datasets.split({
    datasetId: dataset.datasetId,
    recipe: { ratios: { train: 0.7, validation: 0.3, test: 0 }, seed: 3 },
  });
  await open(`/jobs/new?dataset=${dataset.datasetId}`);
  await expect(
    app.page.getByRole('form', { name: 'Recipe' }).getByText('Preference pairs: DPO.'),
  ).toBeVisible();
  await hand.choose(app.page.getByRole('form', { name: 'Recipe' }).getByRole('radio', { name: /At once/ }));
  await hand.press(app.page.getByRole('button', { name: /^Train on this machine for/ }));
  await expect(app.page.getByText('succeeded', { exact: true })).toBeVisible({ timeout: 60_000 });
  const [job] = await client.jobs.list();
  const held: Record<string, number> = {};
  for await (const { metrics } of await client.jobs.watch({ jobId: job?.id ?? '' })) {
    for (const { values } of metrics) Object.assign(held, values);
  }
  // On pairs it never saw, the tuned policy prefers what the reviewer preferred.
  expect(held.full_valid_reward_margin).toBeGreaterThan(0);
  expect(held.full_valid_reward_accuracy).toBeGreaterThan(0.6);
  expect(app.problems).toEqual([]);
});
