import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectAccessible } from '../helpers/axe.ts';
import { importText } from '../helpers/datasets.ts';
import { type OpenApp, openApp } from '../helpers/open-app.ts';
import { projectFolder } from '../helpers/project.ts';
import { importReviews } from '../helpers/reviews.ts';
import { takeScreenshots } from '../helpers/screenshot.ts';

let app: OpenApp;

test.beforeEach(async () => {
  app = await openApp();
  await app.core.client.workspaces.create({ name: 'Preferences', folder: join(app.home, 'work') });
});
test.afterEach(() => app.close());

/** What a job told at its end of pairs it was not trained on. */
async function lastValidation(jobId: string): Promise<{ margin: number; accuracy: number }> {
  const last: Record<string, number> = {};
  for await (const { metrics } of await app.core.client.jobs.watch({ jobId })) {
    for (const { values } of metrics) Object.assign(last, values);
  }
  return {
    margin: last.full_valid_reward_margin ?? 0,
    accuracy: last.full_valid_reward_accuracy ?? 0,
  };
}

test('the demo pairs are trained with DPO: planned, launched, watched, and the model prefers as the reviewer did', async () => {
  const { page } = app;
  const { client } = app.core;
  await importReviews(client, { folder: app.home, count: 40 });
  const content = readFileSync(join(projectFolder, 'resources/demo/support-replies.jsonl'), 'utf8');
  const { datasetId } = await importText(client, { folder: app.home, name: 'replies.jsonl', content });
  await client.datasets.rename({ datasetId, name: 'Replies' });
  const ratios = { train: 0.7, validation: 0.15, test: 0.15 };
  await client.datasets.split({ datasetId, recipe: { ratios, seed: 1 } });
  await page.evaluate((id) => {
    location.hash = `#/jobs/new?dataset=${id}`;
  }, datasetId);

  const recipe = page.getByRole('form', { name: 'Recipe' });
  await expect(recipe.getByText('Preference pairs: DPO.')).toBeVisible();
  await expect(recipe.getByRole('checkbox', { name: /Auto Beta/ })).toBeChecked();
  const airlock = page.getByRole('region', { name: 'Airlock' });
  await expect(airlock).toContainText('112 pairs to train on');
  await expect(airlock).toContainText('Nothing leaves it.');
  await expect(page.getByRole('region', { name: 'Bill', exact: true })).toContainText(
    'both answers are counted',
  );
  await expectAccessible(page);
  await takeScreenshots(page, 'launch-dpo');
  await recipe.getByText('At once').click();
  await page.getByRole('button', { name: /^Train on this machine for/ }).click();

  await expect(page.getByRole('heading', { level: 1, name: 'Replies' })).toBeVisible();
  await expect(page.getByText('succeeded', { exact: true })).toBeVisible({ timeout: 30_000 });
  for (const name of ['Loss', 'Reward margin', 'Reward accuracy']) {
    await expect(page.getByRole('figure', { name })).toBeVisible();
  }
  await expect(page.getByRole('figure', { name: /accuracy, whole answers/i })).toHaveCount(0);
  const facts = page.getByRole('complementary', { name: 'Facts' });
  await expect(facts).toContainText('Preferences (DPO)');
  await expect(facts).toContainText('0.1 (auto)');
  await expect(facts).toContainText('112 pairs');
  await expectAccessible(page);
  await takeScreenshots(page, 'run-dpo');

  const [job] = await client.jobs.list();
  expect(job).toMatchObject({ method: 'dpo', status: 'succeeded', resolved: { beta: 0.1 } });
  const { margin, accuracy } = await lastValidation(job?.id ?? '');
  expect(margin).toBeGreaterThan(0.1);
  expect(accuracy).toBeGreaterThan(0.85);
  await page.getByRole('link', { name: 'Jobs', exact: true }).first().click();
  await expect(page.getByRole('table', { name: /Training jobs/ })).toContainText('Preferences (DPO)');
  await takeScreenshots(page, 'jobs-dpo');

  // Chat examples have no beta and are no DPO.
  await page.getByRole('link', { name: 'New training job' }).click();
  await page.getByRole('button', { name: /Data set/ }).click();
  await page.getByRole('option', { name: /Reviews/ }).click();
  await expect(recipe.getByText('Chat examples: supervised training.')).toBeVisible();
  await expect(recipe.getByText('Beta', { exact: true })).toHaveCount(0);
  expect((await client.egress.summary()).requests).toBe(0);
  expect(app.problems).toEqual([]);
});
