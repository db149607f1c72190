import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Page } from 'playwright-core';
import { writeCorpus } from '../bench/corpus.ts';
import { importText } from '../helpers/datasets.ts';
import { openApp } from '../helpers/open-app.ts';
import { watchWindow } from '../helpers/window-probe.ts';

// A seeded subset of `node tests/bench/window.ts`, which does the same with a million examples and measures it.
const count = 8_000;
const home = mkdtempSync(join(tmpdir(), 'lapidary-many-'));
test.afterAll(() => rmSync(home, { recursive: true, force: true }));

async function openCorpus(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Datasets' }).click();
  await page.getByRole('link', { name: 'corpus' }).first().click();
}

test('many rows scroll, are changed in bulk, and come back after a restart', async () => {
  test.setTimeout(180_000);
  const file = join(home, 'corpus.jsonl');
  writeCorpus(file, count, { seed: 42 });
  const first = await openApp({ home });
  const { page, core } = first;
  await core.client.workspaces.create({ name: 'Many', folder: join(home, 'ws') });
  const content = readFileSync(file);
  const { datasetId } = await importText(core.client, { folder: home, name: 'corpus.jsonl', content });
  const held = (await core.client.datasets.get({ datasetId })).exampleCount;
  expect(held).toBeGreaterThan(count * 0.99);
  await openCorpus(page);
  await page.getByRole('gridcell').nth(1).click();
  await page.keyboard.press('Escape');
  const { frames } = await watchWindow(page, async () => {
    for (let turn = 0; turn < 20; turn += 1) await page.keyboard.press('PageDown');
  });
  expect(frames).toBeGreaterThan(0);
  // How soon is measured by the bench; here only that it comes.
  await expect.poll(() => page.evaluate(() => globalThis.lapidaryProbe?.isBlank())).toBe(false);

  const shownCount = held.toLocaleString('en-US');
  await page.getByRole('button', { name: 'Filter', exact: true }).focus();
  await page.keyboard.press('Shift+A');
  const bar = page.getByRole('region', { name: 'Picked examples' });
  await expect(bar.getByText(`${shownCount} picked`)).toBeVisible();
  await bar.getByRole('button', { name: 'Approve' }).press('Enter');
  await expect(page.getByText(`${shownCount} examples approved.`)).toBeVisible({ timeout: 60_000 });
  await bar.getByRole('button', { name: /^Delete/ }).press('Enter');
  await expect(page.getByText('There is no example left')).toBeVisible({ timeout: 60_000 });
  await first.close();

  const second = await openApp({ home });
  const after = second.core.client;
  await after.workspaces.open({ folder: join(home, 'ws'), recoveryPhrase: null });
  await openCorpus(second.page);
  await expect(second.page.getByText('There is no example left')).toBeVisible();
  await second.page.keyboard.press('ControlOrMeta+z');
  await expect.poll(async () => (await after.datasets.get({ datasetId })).exampleCount).toBe(held);
  await expect(second.page.getByRole('gridcell', { name: '1', exact: true })).toBeVisible();
  await second.page.keyboard.press('ControlOrMeta+z');
  await expect.poll(async () => (await after.datasets.get({ datasetId })).reviewCounts.approved).toBe(0);
  await second.page.keyboard.press('ControlOrMeta+Shift+z');
  await expect.poll(async () => (await after.datasets.get({ datasetId })).reviewCounts.approved).toBe(held);
  expect(second.problems).toEqual([]);
  await second.close();
});
