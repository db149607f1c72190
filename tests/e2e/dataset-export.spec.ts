import { readFileSync } from 'node:fs';
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

test('a split is exported with the keyboard alone, byte for byte', async () => {
  const { page, home } = app;
  const datasetId = await importReviews(app.core.client, { folder: home, count: 40 });
  await page.evaluate((to) => {
    globalThis.location.hash = `#/datasets/${to}`;
  }, datasetId);
  await page.getByRole('button', { name: 'More' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Export…' })).toBeVisible();
  await page.keyboard.type('Exp');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Export “Reviews”' });
  await expect(dialog.getByRole('button', { name: 'Export 40 examples' })).toBeEnabled();
  await expectAccessible(page);
  await takeScreenshots(page, 'dataset-export');
  await dialog.getByRole('radio', { name: /All examples/ }).focus();
  await page.keyboard.press('ArrowDown');
  const { splitCounts } = await app.core.client.datasets.get({ datasetId });
  const where = dialog.getByRole('textbox', { name: 'Where' });
  await where.focus();
  await page.keyboard.press('ControlOrMeta+a');
  const out = join(home, 'train.jsonl');
  await page.keyboard.type(out);
  await dialog.getByRole('button', { name: `Export ${splitCounts.train} examples` }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect
    .poll(
      async () =>
        (await app.core.client.activity.list()).find((one) => one.kind === 'datasets.export')?.state,
    )
    .toBe('succeeded');
  const lines = readFileSync(out, 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(splitCounts.train);
  const source = new Set(reviewLines(40).split('\n'));
  expect(lines.filter((line) => !source.has(line))).toEqual([]);
  expect(app.problems).toEqual([]);
});
