import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectAccessible } from '../helpers/axe.ts';
import { judgeAll, openFile, pairLines, reviewAs } from '../helpers/ballots.ts';
import { taskEnd } from '../helpers/datasets.ts';
import { type OpenApp, openApp } from '../helpers/open-app.ts';
import { setSettings } from '../helpers/preferences.ts';
import { takeScreenshots } from '../helpers/screenshot.ts';

let app: OpenApp;
test.beforeEach(async () => {
  app = await openApp();
  await app.core.client.workspaces.create({ name: 'Preferences', folder: join(app.home, 'work') });
});
test.afterEach(() => app.close());

async function makeSet(): Promise<string> {
  const { client } = app.core;
  const path = join(app.home, 'pairs.jsonl');
  writeFileSync(path, `${pairLines(6).join('\n')}\n`);
  const { file } = await client.files.choosePath({ path });
  const made = await client.preferences.create({
    name: 'House style',
    kind: 'pairs',
    source: { kind: 'file', fileId: file.fileId },
    settings: setSettings,
  });
  await taskEnd(client, made.taskId);
  return made.setId;
}

test('a review file is made in the window, and the ballots that come back are merged', async () => {
  const { page } = app;
  const setId = await makeSet();
  await page.evaluate((id) => {
    location.hash = `#/preferences/${id}?tab=review-files`;
  }, setId);
  await expect(page.getByText('Nothing was given out')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Make a review file…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Make a review file' });
  const passphrase = await dialog.getByRole('textbox', { name: 'Passphrase' }).inputValue();
  expect(passphrase).toMatch(/^([2-9a-km-z]{4}-){4}[2-9a-km-z]{4}$/);
  const path = join(app.home, 'for-all.html');
  await dialog.getByRole('textbox', { name: 'Where' }).fill(path);
  await expect(dialog.getByRole('button', { name: 'Make a file of 6 pairs' })).toBeEnabled();
  await expectAccessible(page);
  await takeScreenshots(page, 'review-files-make');
  await dialog.getByRole('button', { name: 'Make a file of 6 pairs' }).press('Enter');
  const row = page.getByRole('row', { name: /for-all\.html/ });
  await expect(row).toContainText('Nothing yet');

  const opened = await openFile(path, passphrase);
  const [ann, bob] = [await reviewAs(opened, 'Ann'), await reviewAs(opened, 'Bob')];
  await judgeAll(ann);
  await judgeAll(bob);
  const texts = [
    (await ann.ballot()).text,
    (await bob.ballot()).text.replace('"sequence":1', '"sequence":2'),
  ];
  await page.getByRole('button', { name: 'Merge ballots…' }).click();
  const merging = page.getByRole('dialog', { name: 'Merge ballots' });
  await merging.locator('input[type=file]').setInputFiles(
    texts.map((text, at) => ({
      name: `ballot-${at + 1}.json`,
      mimeType: 'application/json',
      buffer: Buffer.from(text),
    })),
  );
  await merging.getByLabel('Passphrase of the review file').fill(passphrase);
  await merging.getByRole('button', { name: 'Merge 2 ballots' }).press('Enter');
  await expect(merging.getByRole('status')).toHaveText('1 of 2 ballots merged.');
  await expect(merging.getByRole('listitem').nth(0)).toContainText('Merged: 6 new.');
  await expect(merging.getByRole('listitem').nth(1)).toContainText('was changed after it was saved');
  await expectAccessible(page);
  await takeScreenshots(page, 'review-files-merged');
  await merging.getByRole('button', { name: 'Close' }).last().click();
  await expect(row).toContainText('Ann: 6 of 6');
  await expectAccessible(page);
  await takeScreenshots(page, 'review-files');
  expect(app.problems).toEqual([]);
  expect(app.log.join('\n')).not.toContain(passphrase);
});
