import { expect, test } from '@playwright/test';
import { expectAccessible } from '../helpers/axe.ts';
import { openApp } from '../helpers/open-app.ts';
import { taskSucceeded } from '../helpers/tuned-run.ts';
import { takeScreenshots } from '../helpers/screenshot.ts';

test('what a provider would reject is mended or left out from one bar, and both can be undone', async () => {
  const app = await openApp();
  const { page } = app;
  const { client } = app.core;
  const { taskIds } = await client.workspaces.openDemo({ reset: false });
  for (const taskId of taskIds) await taskSucceeded(client, taskId);
  const triage = (await client.datasets.list()).find((one) => one.sourceName.includes('triage'));
  const datasetId = triage?.datasetId ?? '';
  await page.evaluate((to) => {
    globalThis.location.hash = `#/datasets/${to}`;
  }, datasetId);
  const bar = page.getByRole('region', { name: 'Errors' });
  await expect(bar).toContainText('A provider would reject');
  await expectAccessible(page);
  await takeScreenshots(page, 'dataset-errors');
  const before = await client.datasets.get({ datasetId });
  await bar.getByRole('button', { name: 'Apply safe fixes' }).click();
  await expect(page.getByText(/mended, \d+ examples left/)).toBeVisible();
  const mended = await client.datasets.get({ datasetId });
  expect(mended.exampleCount).toBe(before.exampleCount);
  expect(mended.findingCounts.error).toBeLessThan(before.findingCounts.error);
  await bar.getByRole('button', { name: /^Delete \d+ examples/ }).click();
  await expect(bar).toBeHidden();
  expect((await client.datasets.get({ datasetId })).findingCounts.error).toBe(0);
  await client.workspaces.undo();
  await expect(bar).toBeVisible();
  expect((await client.datasets.get({ datasetId })).findingCounts).toEqual(mended.findingCounts);
  expect(app.problems).toEqual([]);
  await app.close();
});
