import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectAccessible } from '../helpers/axe.ts';
import { type OpenApp, openApp } from '../helpers/open-app.ts';
import { takeScreenshots } from '../helpers/screenshot.ts';
import { createKeepingSecrets } from '../helpers/test-core.ts';

let app: OpenApp;
const secrets = createKeepingSecrets();

test.beforeEach(async () => {
  secrets.secrets.clear();
  app = await openApp({ ports: { secrets } });
  await expect(app.page.getByRole('heading', { level: 1 })).toBeVisible();
});
test.afterEach(async () => {
  expect(app.problems).toEqual([]);
  await app.close();
});

/** Twelve small conversations as a training file in the app folder. */
function trainingFile(): string {
  const file = join(app.home, 'tickets.jsonl');
  const lines = Array.from({ length: 12 }, (_, n) =>
    JSON.stringify({
      messages: [
        { role: 'user', content: `Where is order ${n}?` },
        { role: 'assistant', content: '{"label":"delivery"}' },
      ],
    }),
  );
  mkdirSync(app.home, { recursive: true });
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

test('first run offers three ways in and says what stays private', async () => {
  const { page } = app;
  for (const door of ['Explore the demo project', 'Import data', 'Connect a provider'])
    await expect(page.getByRole('main').getByRole('button', { name: door })).toBeVisible();
  await expect(page.getByText('Everything stays on this machine')).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots(page, 'home-first-run');
});

test('a new workspace by keyboard: name, words written down, open, encrypted', async () => {
  const { page } = app;
  await page.keyboard.press('Control+k');
  await page.keyboard.type('new workspace');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'New workspace' })).toBeVisible();
  await page.keyboard.type('Acme support');
  await expect(page.getByPlaceholder(join(app.home, 'workspaces', 'acme-support'))).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots(page, 'home-new-workspace');
  await page.keyboard.press('Enter');
  const words = page.getByRole('dialog', { name: 'Write down the recovery phrase' });
  await expect(words.getByRole('listitem')).toHaveCount(24);
  const shown = (await words.getByRole('listitem').allInnerTexts()).map((text) =>
    text.replaceAll(/[\d\s]/g, ''),
  );
  await expectAccessible(page);
  await takeScreenshots(page, 'home-recovery-words');
  await page.keyboard.press('Escape');
  await expect(words, 'must be answered').toBeVisible();
  await words.getByRole('checkbox').focus();
  await page.keyboard.press('Space');
  await words.getByRole('button', { name: 'Open Acme support' }).press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Acme support' })).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots(page, 'home-empty-workspace');

  // The keychain is lost: the words bring the workspace back.
  await app.core.client.workspaces.close();
  secrets.secrets.clear();
  await page
    .getByRole('main')
    .getByRole('button', { name: /Acme support/ })
    .first()
    .click();
  const ask = page.getByRole('dialog', { name: 'This workspace needs its recovery phrase' });
  await ask.getByLabel('Recovery phrase').fill(`${shown.slice(0, 23).join(' ')} zzz`);
  await expect(ask.getByText('Word 24 (“zzz”) is not in the word list.')).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots(page, 'home-recover');
  await ask.getByLabel('Recovery phrase').fill(shown.join(' '));
  await ask.getByRole('button', { name: 'Open workspace' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Acme support' })).toBeVisible();
  await expect.poll(() => secrets.secrets.size).toBe(1);
});

test('home shows what waits; history undoes, proves itself, and a backup comes back', async () => {
  const { page, core } = app;
  await core.client.workspaces.create({ name: 'Acme', folder: null });
  const { file } = await core.client.files.choosePath({ path: trainingFile() });
  const { taskId, datasetId } = await core.client.datasets.importFile({
    fileId: file.fileId,
    name: 'Tickets',
    again: false,
  });
  await expect
    .poll(async () => (await core.client.activity.list()).find((task) => task.id === taskId)?.state)
    .toBe('succeeded');
  await expect(page.getByRole('link', { name: /Tickets not split yet/ })).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots(page, 'home-open');

  await core.client.workspaces.backUp();
  await core.client.datasets.rename({ datasetId, name: 'Renamed by mistake' });
  await page.goto(`${page.url().split('#')[0]}#/history`);
  await expect(page.getByText('Renamed by mistake').first()).toBeVisible();
  await page.getByRole('button', { name: 'Verify now' }).click();
  await expect(page.getByText(/checked: none altered, none missing/)).toBeVisible();
  await page.getByRole('button', { name: /^Undo/ }).first().click();
  await expect(page.getByText('undone', { exact: true })).toBeVisible();
  expect((await core.client.datasets.get({ datasetId })).name).toBe('Tickets');
  await expectAccessible(page);
  await takeScreenshots(page, 'history');
  await core.client.workspaces.redo();
  expect((await core.client.datasets.get({ datasetId })).name).toBe('Renamed by mistake');

  await page.getByRole('tab', { name: 'Backups' }).click();
  await page.getByRole('button', { name: /^Restore the backup/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Restore this backup' }).click();
  await expect(page.getByRole('button', { name: /^Restore the backup/ })).toHaveCount(2);
  expect((await core.client.datasets.get({ datasetId })).name).toBe('Tickets');
  await expectAccessible(page);
  await takeScreenshots(page, 'history-backups');
});

test('a damaged workspace opens from its newest backup', async () => {
  const { page, core } = app;
  const { workspace } = await core.client.workspaces.create({ name: 'Acme', folder: null });
  await core.client.workspaces.backUp();
  await core.client.workspaces.close();
  writeFileSync(join(workspace.folder, 'workspace.db'), Buffer.alloc(32_768, 7));
  await page.getByRole('main').getByRole('button', { name: /Acme/ }).first().click();
  await expect(page.getByRole('alert')).toContainText('damaged');
  await expectAccessible(page);
  await takeScreenshots(page, 'home-damaged');
  await page.getByRole('button', { name: 'Open from the newest backup' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Acme' })).toBeVisible();
  expect((await core.client.workspaces.status()).open?.id).toBe(workspace.id);
});

test('the demo opens by its door, and starts over after asking', async () => {
  const { page, core } = app;
  await page.getByRole('button', { name: /Explore the demo project/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Demo project' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Support triage', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Tool routing', exact: true })).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots(page, 'home-demo');
  const before = (await core.client.workspaces.status()).open?.id;
  await page.getByRole('button', { name: 'Start over' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Start over' }).click();
  await expect.poll(async () => (await core.client.workspaces.status()).open?.id).not.toBe(before);
  await expect(page.getByRole('link', { name: 'Support triage', exact: true })).toBeVisible();
});

test('settings are kept: theme, text size, and keys that another command loses', async () => {
  const { page, core } = app;
  await page.keyboard.press('Control+,');
  await page.getByText('Dark', { exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByText('As the system', { exact: true }).click();
  await page.getByRole('button', { name: 'Change the keys for Settings' }).click();
  await page.keyboard.press('Control+k');
  await expect(page.getByText('“Search or run a command” has these keys and loses them.')).toBeVisible();
  await page.getByRole('button', { name: 'Take the keys over' }).click();
  const { settings } = await core.client.settings.get();
  await expect
    .poll(async () => (await core.client.settings.get()).settings.keymap)
    .toEqual({ 'go.settings': '$mod+k', 'view.palette': null });
  expect(settings.theme).toBe('system');
  await expectAccessible(page);
  await takeScreenshots(page, 'settings');
});
