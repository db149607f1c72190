import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { noVerdict } from '../../shared/features/preferences/verdict.rules.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { importText, taskEnd } from '../helpers/datasets.ts';
import { type OpenApp, openApp } from '../helpers/open-app.ts';
import { setSettings } from '../helpers/preferences.ts';
import { projectFolder } from '../helpers/project.ts';
import { takeScreenshots } from '../helpers/screenshot.ts';

let app: OpenApp;

test.beforeEach(async () => {
  app = await openApp();
  await app.core.client.workspaces.create({ name: 'Preferences', folder: join(app.home, 'work') });
});
test.afterEach(() => app.close());

/** A set of demo pairs, judged: every tenth is a tie, the first better answer is edited, five are left. */
async function judgedSet(): Promise<string> {
  const { client } = app.core;
  const lines = readFileSync(join(projectFolder, 'resources/demo/support-replies.jsonl'), 'utf8').split('\n');
  const content = `${lines.slice(0, 45).join('\n')}\n`;
  const { datasetId } = await importText(client, { folder: app.home, name: 'replies.jsonl', content });
  const { taskId, setId } = await client.preferences.create({
    name: 'House style',
    kind: 'pairs',
    source: { kind: 'dataset', datasetId },
    settings: setSettings,
  });
  await taskEnd(client, taskId);
  await client.preferences.unblind({ setId });
  for (let at = 0; at < 40; at += 1) {
    const [pair] = await client.preferences.ahead({ setId, reviewer: 'me', after: 0, limit: 1 });
    if (!pair) break;
    const choice = at % 10 === 9 ? 'tie' : pair.a.source === 'preferred' ? 'a' : 'b';
    const ideal =
      at === 0 ? { role: 'assistant' as const, content: 'Thanks for waiting. It ships today.' } : null;
    await client.preferences.decide({
      setId,
      pairId: pair.pairId,
      reviewer: 'me',
      verdict: { ...noVerdict, choice, strength: choice === 'tie' ? null : 1 + (at % 3), ideal },
      replaces: null,
      elapsedMs: 4000,
    });
  }
  return setId;
}

test('a policy says what it would make of the verdicts, makes it, and gives the account of it', async () => {
  const { page } = app;
  const { client } = app.core;
  const setId = await judgedSet();
  await page.evaluate((id) => {
    location.hash = `#/preferences/${id}?tab=outcome`;
  }, setId);
  const result = page.getByRole('region', { name: 'What the policy gives' });
  await expect(result).toContainText('of 45 pairs');
  const left = page.getByRole('table', { name: /left out/ });
  await expect(left.getByRole('row', { name: /Not judged yet/ })).toContainText('5');
  await expect(left.getByRole('row', { name: /Ties/ })).toContainText('4');
  await expectAccessible(page);
  await takeScreenshots(page, 'preferences-outcome');

  await page.getByRole('button', { name: /Strength needed/ }).click();
  await page.getByRole('option', { name: 'Far better only' }).click();
  await expect(left.getByRole('row', { name: /Not better by enough/ })).toBeVisible();
  await page.getByRole('button', { name: /Strength needed/ }).click();
  await page.getByRole('option', { name: 'Slightly better is enough' }).click();
  await page.getByRole('button', { name: 'Make a data set of 36 rows' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'House style pairs' })).toBeVisible();
  await expect(page.getByRole('gridcell').nth(3)).toBeVisible();

  await page.goBack();
  await page.getByRole('button', { name: 'Write…' }).click();
  const path = join(app.home, 'lineage.jsonl');
  await page.getByRole('textbox', { name: 'Where' }).fill(path);
  await expectAccessible(page);
  await takeScreenshots(page, 'preferences-lineage');
  await page.getByRole('button', { name: 'Write 36 lines' }).click();
  await expect
    .poll(
      async () => (await client.activity.list()).find(({ kind }) => kind === 'preferences.lineage')?.state,
    )
    .toBe('succeeded');
  const account = readFileSync(path, 'utf8').trimEnd().split('\n');
  expect(account).toHaveLength(36);
  expect(account.join('\n')).not.toContain('It ships today');
  expect(app.problems).toEqual([]);
});
