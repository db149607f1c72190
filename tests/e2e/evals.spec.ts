import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { everything } from '../../shared/features/datasets/filter.model.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { type OpenApp, openApp } from '../helpers/open-app.ts';
import { projectFolder } from '../helpers/project.ts';
import { takeScreenshots } from '../helpers/screenshot.ts';

let app: OpenApp;

test.afterEach(() => app.close());

async function ended(taskId: string): Promise<void> {
  for await (const tasks of await app.core.client.activity.watch()) {
    const task = tasks.find((one) => one.id === taskId);
    if (!task || task.endedAt === null) continue;
    expect(task.failure).toBeNull();
    return;
  }
}

/** The demo tickets without their planted errors, split, and a practice model trained on them. */
async function train(): Promise<string> {
  const { client } = app.core;
  const { file } = await client.files.choosePath({
    path: join(projectFolder, 'resources/demo/support-triage.jsonl'),
  });
  const { taskId, datasetId } = await client.datasets.importFile({
    fileId: file.fileId,
    name: 'Support tickets',
    again: false,
  });
  await ended(taskId);
  const { viewId } = await client.datasets.openView({
    datasetId,
    filter: { ...everything, severities: ['error'] },
    order: { by: 'position', isDescending: false },
  });
  await client.datasets.deleteExamples({ datasetId, which: { viewId } });
  const ratios = { train: 0.7, validation: 0.15, test: 0.15 };
  await client.datasets.split({ datasetId, recipe: { ratios, seed: 7 } });
  const request = {
    name: 'Ticket triage',
    datasetId,
    connectionId: 'practice',
    model: 'practice-ranker-1',
    suffix: null,
    seed: 7,
    hyperparameters: {
      nEpochs: 'auto' as const,
      batchSize: 'auto' as const,
      learningRateMultiplier: 'auto' as const,
    },
    useValidation: true,
    capMicroUsd: 0,
    pace: 'instant' as const,
  };
  const { approval } = await client.jobs.plan(request);
  const launched = await client.jobs.launch({ approvalId: approval?.approvalId ?? '', request });
  await ended(launched.taskId);
  return launched.jobId;
}

test('nothing to evaluate: each page says what to do first', async () => {
  app = await openApp();
  await app.core.client.workspaces.create({ name: 'Evals', folder: join(app.home, 'evals') });
  const { page } = app;
  await page.getByRole('link', { name: 'Evals' }).click();
  await expect(page.getByText('Nothing has been evaluated')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Evaluate a run' }).click();
  await expect(page.getByText('No run has left a tuned model')).toBeVisible();
  await expectAccessible(page);
  await page.evaluate(() => {
    location.hash = '#/reports';
  });
  await expect(page.getByText('No report has been written')).toBeVisible();
  await expectAccessible(page);
});

test('evaluate, read the verdict, open an item and write the report, with the keyboard alone', async () => {
  // Training, evaluation and axe on nine states in both themes.
  test.setTimeout(300_000);
  const opened: string[] = [];
  const opener = { open: async (path: string) => opened.push(path) > 0 };
  app = await openApp({ ports: { opener } });
  await app.core.client.workspaces.create({ name: 'Evals', folder: join(app.home, 'evals') });
  const jobId = await train();
  const { page } = app;
  const press = async (role: 'link' | 'button', name: string | RegExp): Promise<void> => {
    await page.getByRole(role, { name }).first().focus();
    await page.keyboard.press('Enter');
  };

  await press('link', 'Evals');
  await press('link', 'Evaluate a run');
  await expect(page.getByText('Stays on this machine')).toBeVisible();
  await expect(page.getByText(/are treated as labels: category/)).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots(page, 'eval-plan');
  await press('button', /^Ask \d+ questions$/);

  await expect(page.getByRole('heading', { name: 'The tuned model is better.' })).toBeVisible();
  const [summary] = await app.core.client.evals.list({ jobId });
  const evalId = summary?.evalId ?? '';
  const result = await app.core.client.evals.get({ evalId });
  expect(result.state).toBe('done');
  expect(result.graders[0]?.difference.low).toBeGreaterThan(0);
  expect(result.answered).toBe(2 * result.itemCount);
  await expectAccessible(page);
  await takeScreenshots(page, 'eval');

  await page.getByRole('tab', { name: 'Labels' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('table', { name: /category, Tuned: expected labels/ })).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots(page, 'eval-labels');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('table', { name: 'Results of every grader' })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Home');

  await page.getByRole('button', { name: /^Improved/ }).focus();
  await page.keyboard.press('Space');
  const { positions } = await app.core.client.evals.itemIndex({ evalId, outcome: 'improved', search: '' });
  await expect(page.getByText(`${positions.length} of ${result.itemCount}`)).toBeVisible();
  const first = `Item ${(positions[0] ?? 0) + 1}`;
  const grid = page.getByRole('grid', { name: 'Items' });
  const second = grid.getByRole('row').nth(2).getByRole('gridcell').first();
  await expect(second).toHaveText(`${(positions[1] ?? 0) + 1}`);
  await grid.getByRole('gridcell').first().focus();
  await page.keyboard.press('Enter');
  const item = page.getByRole('region', { name: first });
  await expect(item).toContainText('Expected');
  await expect(item.getByRole('table', { name: 'Grades of this item' })).toContainText('All fields');
  await item.getByRole('button', { name: 'Base to tuned' }).focus();
  await page.keyboard.press('Space');
  await expect(item.getByRole('group', { name: 'Base to tuned' })).toContainText('+');
  await expectAccessible(page);
  await takeScreenshots(page, 'eval-item');
  await page.keyboard.press('Escape');
  await expect(item).toBeHidden();

  await press('button', 'Write report');
  await expect(page.getByRole('heading', { level: 1, name: 'Report on Ticket triage' })).toBeVisible();
  const [written] = await app.core.client.reports.list({ jobId });
  const text = readFileSync(written?.path ?? '', 'utf8');
  expect(text).toContain('The tuned model is <span class="word">better</span>');
  expect(text).toContain('(practice)</title>');
  await expectAccessible(page);
  await takeScreenshots(page, 'report');
  await press('button', 'Open in browser');
  await expect.poll(() => opened).toEqual([written?.path]);
  await page.getByRole('link', { name: 'Reports' }).first().click();
  await expect(page.getByRole('table', { name: 'Reports, newest first' })).toContainText('Ticket triage');
  await expectAccessible(page);
  await press('link', 'Evals');
  await expect(page.getByRole('table', { name: 'Evaluations, newest first' })).toContainText('better');
  await expectAccessible(page);
  await takeScreenshots(page, 'evals');
  expect((await app.core.client.egress.summary()).requests).toBe(0);
  expect(app.problems).toEqual([]);
});
