import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectAccessible } from '../helpers/axe.ts';
import { type OpenApp, openApp } from '../helpers/open-app.ts';
import { importReviews } from '../helpers/reviews.ts';
import { takeScreenshots } from '../helpers/screenshot.ts';

let app: OpenApp;

const importAll = () => importReviews(app.core.client, { folder: app.home, count: 80 });

test.beforeEach(async () => {
  app = await openApp();
  await app.core.client.workspaces.create({ name: 'Jobs', folder: join(app.home, 'jobs') });
});
test.afterEach(() => app.close());

const launchButton = () => app.page.getByRole('button', { name: /^Train on this machine for/ });

test('nothing to train on, then no job yet: each empty page says what to do', async () => {
  const { page } = app;
  await page.getByRole('link', { name: 'Jobs', exact: true }).click();
  await expect(page.getByText('No training job yet')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'New training job' }).click();
  await expect(page.getByText('There is nothing to train on yet')).toBeVisible();
  await expectAccessible(page);
});

test('plan and launch with the keyboard alone, watch it learn, find it again', async () => {
  await importAll();
  const { page } = app;
  await page.getByRole('link', { name: 'Jobs', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'New training job' }).focus();
  await page.keyboard.press('Enter');
  await expect(launchButton()).toBeEnabled();
  await expect(page.getByRole('region', { name: 'Airlock' })).toContainText('Nothing leaves it.');
  await expect(page.getByRole('region', { name: 'Bill', exact: true })).toContainText('$0.00');
  await expectAccessible(page);
  await takeScreenshots(page, 'launch');
  await page.getByRole('radio', { name: 'Real time' }).focus();
  await page.keyboard.press('ArrowRight');
  await launchButton().focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Reviews' })).toBeVisible();
  await expect(page.getByRole('figure', { name: 'Loss' })).toBeVisible();
  await takeScreenshots(page, 'run-live');
  await expect(page.getByText('succeeded', { exact: true })).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page);
  await takeScreenshots(page, 'run');
  const [job] = await app.core.client.jobs.list();
  expect(job).toMatchObject({ name: 'Reviews', status: 'succeeded', providerKind: 'practice' });
  await page.getByRole('link', { name: 'Jobs', exact: true }).first().click();
  await expect(page.getByRole('table', { name: /Training jobs/ })).toContainText('succeeded');
  await expectAccessible(page);
  await takeScreenshots(page, 'jobs');
  expect((await app.core.client.egress.summary()).requests).toBe(0);
  expect(app.problems).toEqual([]);
});

test('a running job is paused, resumed and cancelled', async () => {
  const datasetId = await importAll();
  const { client } = app.core;
  const request = {
    name: 'Long one',
    datasetId,
    connectionId: 'practice',
    model: 'practice-ranker-1',
    suffix: null,
    seed: 1,
    hyperparameters: { nEpochs: 50, batchSize: 1, learningRateMultiplier: 'auto' as const },
    useValidation: true,
    capMicroUsd: 0,
    pace: 'real_time' as const,
  };
  const { approval } = await client.jobs.plan(request);
  const { jobId } = await client.jobs.launch({ approvalId: approval?.approvalId ?? '', request });
  const { page } = app;
  await page.getByRole('link', { name: 'Jobs', exact: true }).click();
  await page.getByRole('link', { name: 'Long one' }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText('paused', { exact: true }).first()).toBeVisible();
  expect((await client.jobs.get({ jobId })).status).toBe('paused');
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.getByRole('button', { name: 'Cancel the job' }).click();
  await expect(page.getByText('cancelled', { exact: true }).first()).toBeVisible();
  expect((await client.jobs.get({ jobId })).status).toBe('cancelled');
  await expectAccessible(page);
});

test('what stands in the way is said with the way out', async () => {
  const datasetId = await importAll();
  const { client } = app.core;
  const ratios = { train: 0.05, validation: 0.05, test: 0.9 };
  await client.datasets.split({ datasetId, recipe: { ratios, seed: 1 } });
  const { page } = app;
  await page.getByRole('link', { name: 'Jobs', exact: true }).click();
  await page.getByRole('link', { name: 'New training job' }).click();
  await expect(page.getByRole('list', { name: 'Before you launch' })).toContainText('at least 10 are needed');
  await expect(launchButton()).toBeDisabled();
  await expectAccessible(page);
  await takeScreenshots(page, 'launch-blocked');
});
