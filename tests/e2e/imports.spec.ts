import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { readAsFound } from '../../shared/features/imports/read-choices.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { keyboardHand, mouseHand } from '../helpers/hands.ts';
import { type OpenApp, openApp } from '../helpers/open-app.ts';
import { projectFolder } from '../helpers/project.ts';
import { takeScreenshots } from '../helpers/screenshot.ts';

const mails = join(projectFolder, 'resources', 'demo', 'support-mails.csv');
let app: OpenApp;

test.beforeEach(async () => {
  app = await openApp();
  await app.core.client.workspaces.create({ name: 'Mails', folder: join(app.home, 'ws') });
  await app.page.reload();
  await expect(app.page.getByRole('heading', { level: 1, name: 'Mails' })).toBeVisible();
});
test.afterEach(() => app.close());

test('a CSV of support mails becomes a data set by keyboard', async () => {
  const { page } = app;
  const hand = keyboardHand(page);
  await page.keyboard.press('Control+i');
  await expect(page.getByRole('heading', { level: 1, name: 'Import data' })).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots(page, 'import-choose');
  await hand.write(page.getByRole('textbox', { name: 'Path of a file or folder' }), mails);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Table (CSV), cut at commas, UTF-8', { exact: false })).toBeVisible();
  const results = page.getByRole('list', { name: 'First results' });
  await expect(results.getByRole('listitem').first()).toContainText('my parcel should have come on Friday');
  await takeScreenshots(page, 'import-found');

  await hand.pick(page.getByRole('button', { name: /Rows are read as/ }), 'Map the columns');
  await expect(page.getByText('All 30 rows give 29 examples, 1 set aside with the reason.')).toBeVisible();
  await hand.write(page.getByRole('textbox', { name: 'System prompt' }), 'You answer for Kestrel.');
  await expect(results.getByRole('listitem').first()).toContainText('You answer for Kestrel.');
  await hand.write(page.getByRole('textbox', { name: 'User message' }), '{{mail}}');
  await expect(page.getByText('There is no column “mail”.')).toBeVisible();
  await hand.write(page.getByRole('textbox', { name: 'User message' }), '{{customer_mail}}');
  await expect(page.getByText('There is no column “mail”.')).toBeHidden();
  await hand.pick(page.getByRole('button', { name: /Source/ }), 'From our users');
  await hand.write(page.getByRole('textbox', { name: 'Purpose' }), 'draft answers');
  await expect(page.getByText('All 30 rows give 29 examples, 1 set aside with the reason.')).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots(page, 'import-mapping');

  await hand.pick(page.getByRole('button', { name: 'Recipes' }), 'Save as a recipe…');
  await hand.press(page.getByRole('button', { name: 'Save the recipe' }));
  await expect(page.getByRole('dialog')).toBeHidden();
  await hand.press(page.getByRole('button', { name: 'Import', exact: true }));
  await expect(page.getByRole('heading', { level: 1, name: 'support-mails' })).toBeVisible({
    timeout: 30_000,
  });
  await expect
    .poll(async () => (await app.core.client.datasets.list())[0], { timeout: 30_000 })
    .toMatchObject({ exampleCount: 29, quarantinedCount: 1, lineCount: 30 });
  await hand.choose(page.getByRole('tab', { name: 'Provenance' }));
  await expect(page.getByRole('textbox', { name: 'Purpose' })).toHaveValue('draft answers');
  await expectAccessible(page);
  await takeScreenshots(page, 'import-provenance');
  expect(await app.core.client.imports.recipes()).toMatchObject([{ name: 'support-mails' }]);
  expect(app.problems).toEqual([]);
});

test('pasted rows and a text that is not UTF-8 are shown before anything is written', async () => {
  const { page } = app;
  await page.keyboard.press('Control+i');
  await page
    .getByRole('textbox', { name: 'Or paste rows' })
    .fill('question\tanswer\nHow far?\t3 km\nHow long?\t2 h\n');
  await page.getByRole('button', { name: 'Look at the text' }).click();
  await expect(page.getByRole('list', { name: 'First results' }).getByRole('listitem')).toHaveCount(2);
  await page.getByRole('button', { name: 'Choose something else' }).click();
  const bad = join(app.home, 'bad.jsonl');
  writeFileSync(bad, '{"__proto__":{},"messages":[]}\n');
  await page.getByRole('textbox', { name: 'Path of a file or folder' }).fill(bad);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Rows set aside' })).toContainText('"__proto__"');
  await takeScreenshots(page, 'import-nothing-read');
  await page.getByRole('button', { name: 'Choose something else' }).click();
  const file = join(app.home, 'latin.csv');
  writeFileSync(file, Buffer.from('frage,antwort\nGrößer?,Müßig\n', 'latin1'));
  await page.getByRole('textbox', { name: 'Path of a file or folder' }).fill(file);
  await page.keyboard.press('Enter');
  await expect(page.getByText('latin.csv is not UTF-8')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeDisabled();
  await takeScreenshots(page, 'import-encoding');
  await expectAccessible(page);
  await mouseHand(page).choose(page.getByRole('radio', { name: /^windows-1252/ }));
  await expect(page.getByRole('list', { name: 'First results' })).toContainText('Größer?');
  expect(await app.core.client.datasets.list()).toEqual([]);
});

test('rows of another file are added to a data set, filtered by their provenance, and a broken file says why', async () => {
  const { page } = app;
  const { client } = app.core;
  const chat = (question: string) => ({
    messages: [
      { role: 'user', content: question },
      { role: 'assistant', content: 'Yes.' },
    ],
  });
  const fileOf = (name: string, content: string): string => {
    const path = join(app.home, name);
    writeFileSync(path, content);
    return path;
  };
  const first = fileOf('first.jsonl', `${JSON.stringify(chat('Is it here?'))}\n`);
  const fileIds = [(await client.files.choosePath({ path: first })).file.fileId];
  const { suggestion } = await client.imports.inspect({ fileIds, read: readAsFound });
  const provenance = { ...suggestion.provenance, rights: 'CC0-1.0' };
  await client.imports.start({ fileIds, recipe: { ...suggestion, provenance }, name: null, again: false });
  await page.goto(`${page.url().split('#')[0]}#/datasets`);
  await page.getByRole('link', { name: 'first' }).first().click();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Add rows from a file…' }).click();
  const path = page.getByRole('textbox', { name: 'Path of a file or folder' });
  await path.fill(fileOf('broken.parquet', 'PAR1 and nothing behind it'));
  await page.keyboard.press('Enter');
  await expect(page.getByText(/cut off: its last 4 bytes/)).toBeVisible();
  await takeScreenshots(page, 'import-broken');
  await page.getByRole('button', { name: 'Choose another file' }).click();
  await path.fill(fileOf('second.jsonl', `${JSON.stringify(chat('And this?'))}\nnot a row\n`));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'First results' }).getByRole('listitem')).toHaveCount(1);
  await page.getByText('More about it').click();
  await page.getByRole('textbox', { name: 'Collected from' }).fill('last year');
  await expect(page.getByText('Write year, month and day', { exact: false })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add', exact: true })).toBeDisabled();
  await page.getByRole('textbox', { name: 'Collected from' }).fill('2026-01-01');
  await page.setViewportSize({ width: 900, height: 600 });
  await page.screenshot({ path: join(projectFolder, 'test-results', 'screenshots', 'import-add-900.png') });
  await page.setViewportSize({ width: 1280, height: 800 });
  await takeScreenshots(page, 'import-add');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'first' })).toBeVisible();
  await expect(page.getByText('2 imports of different provenance')).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Provenance' }).press('ArrowRight');
  await page.getByRole('menuitem', { name: 'rights CC0-1.0' }).press('Enter');
  await expect(page.getByRole('status').filter({ hasText: '1 of 2' })).toBeVisible();
  await expect(page.getByText('And this?')).toBeHidden();
  await page.getByText('Is it here?').first().click();
  await expect(page.getByText('Came from first.jsonl line 1', { exact: false })).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots(page, 'provenance-in-the-pane');
});
