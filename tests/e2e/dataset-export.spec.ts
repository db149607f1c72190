import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectAccessible } from '../helpers/axe.ts';
import { type OpenApp, openApp } from '../helpers/open-app.ts';
import { importReviews, reviewLines } from '../helpers/reviews.ts';
import { takeScreenshots } from '../helpers/screenshot.ts';

let app: OpenApp;

test.beforeEach(async () => {
  app = await openApp();
  await app.core.client.workspaces.create({ name: 'Export', folder: join(app.home, 'ws') });
});
test.afterEach(() => app.close());

async function openDialog(datasetId: string): Promise<void> {
  const { page } = app;
  await page.evaluate((to) => {
    globalThis.location.hash = `#/datasets/${to}`;
  }, datasetId);
  await page.getByRole('button', { name: 'More' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Export…' })).toBeVisible();
  await page.keyboard.type('Exp');
  await page.keyboard.press('Enter');
}

async function typeOver(label: string, text: string): Promise<void> {
  const { page } = app;
  await page.getByRole('textbox', { name: label }).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}

const ended = async (): Promise<string | undefined> =>
  (await app.core.client.activity.list()).find((one) => one.kind === 'exports.write')?.state;

test('a split is exported with the keyboard alone, byte for byte', async () => {
  const { page, home } = app;
  const datasetId = await importReviews(app.core.client, { folder: home, count: 40 });
  await openDialog(datasetId);
  const dialog = page.getByRole('dialog', { name: 'Export “Reviews”' });
  await expect(dialog.getByRole('button', { name: 'Export 40 examples' })).toBeEnabled();
  await expect(dialog.getByText('Nothing is lost: OpenAI SFT holds all of it.')).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots(page, 'dataset-export');
  await dialog.getByRole('radio', { name: /All examples/ }).focus();
  await page.keyboard.press('ArrowDown');
  const { splitCounts } = await app.core.client.datasets.get({ datasetId });
  const out = join(home, 'train.jsonl');
  await typeOver('Where', out);
  await dialog.getByRole('button', { name: `Export ${splitCounts.train} examples` }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect.poll(ended).toBe('succeeded');
  const lines = readFileSync(out, 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(splitCounts.train);
  const source = new Set(reviewLines(40).split('\n'));
  expect(lines.filter((line) => !source.has(line))).toEqual([]);
  expect(app.problems).toEqual([]);
});

test('the dialog says what a format cannot hold before it writes, and keeps its registry beside the rows', async () => {
  const { page, home } = app;
  const lines = reviewLines(20).split('\n');
  const weighted = lines.map((line, at) => {
    const row = JSON.parse(line) as { messages: Record<string, unknown>[] };
    const messages = row.messages.map((one) =>
      one.role === 'assistant' && at < 6 ? { ...one, weight: 0 } : one,
    );
    return JSON.stringify(at === 7 ? { ...row, messages: messages.slice(0, -1) } : { ...row, messages });
  });
  const path = join(home, 'weighted.jsonl');
  writeFileSync(path, weighted.join('\n'));
  const { file } = await app.core.client.files.choosePath({ path });
  const started = await app.core.client.datasets.importFile({
    fileId: file.fileId,
    name: 'Weighted',
    again: false,
    method: null,
  });
  await expect
    .poll(async () => (await app.core.client.activity.list()).find((one) => one.id === started.taskId)?.state)
    .toBe('succeeded');
  await openDialog(started.datasetId);
  const dialog = page.getByRole('dialog', { name: 'Export “Weighted”' });
  await expect(dialog.getByRole('button', { name: /^Export \d+ examples$/ })).toBeEnabled();
  await dialog.getByRole('button', { name: /Format/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('option', { name: /LLaMA-Factory/ })).toBeVisible();
  await page.keyboard.type('LLaMA');
  await page.keyboard.press('Enter');
  const losses = dialog.getByRole('table', { name: 'Fields that LLaMA-Factory cannot hold' });
  await expect(losses.getByRole('row', { name: /messages\.weight.*6.*no weights/ })).toBeVisible();
  await expect(dialog.getByRole('table', { name: 'Examples that are left out' })).toContainText(
    'does not end with an answer',
  );
  await expectAccessible(page);
  await takeScreenshots(page, 'export-losses');
  await typeOver('Where', join(home, 'tickets.json'));
  await dialog.getByRole('button', { name: 'Export 19 examples' }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect.poll(ended).toBe('succeeded');
  expect(JSON.parse(readFileSync(join(home, 'tickets.json'), 'utf8'))).toHaveLength(19);
  expect(JSON.parse(readFileSync(join(home, 'dataset_info.json'), 'utf8'))).toMatchObject({
    tickets: { formatting: 'sharegpt' },
  });
  expect(app.problems).toEqual([]);
});
