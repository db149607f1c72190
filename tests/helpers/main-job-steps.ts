import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Dataset } from '../../shared/features/datasets/datasets.model.ts';
import type { EvalResult } from '../../shared/features/evals/evals.model.ts';
import type { Job } from '../../shared/features/jobs/jobs.model.ts';
import type { Report } from '../../shared/features/reports/reports.model.ts';
import { formatDifference, formatRange, formatScore } from '../../shared/features/evals/verdict.rules.ts';
import type { Hand } from './hands.ts';
import { expectNothingLeft, expectPersistedSplit, expectTrainingFiles } from './main-job-facts.ts';
import type { OpenApp } from './open-app.ts';
import { projectFolder } from './project.ts';

/** One walk through the main job: the app, who works at it, and what to do where a picture or a check is wanted. */
export type Walk = {
  readonly app: OpenApp;
  readonly hand: Hand;
  readonly look: (name: string) => Promise<void>;
};

/** The file behind the demo's support tickets. */
export const demoSource = join(projectFolder, 'resources/demo/support-triage.jsonl');

const slow = { timeout: 60_000 };

async function datasetNamed({ app }: Walk, name: string): Promise<Dataset> {
  const found = (await app.core.client.datasets.list()).find((one) => one.name === name);
  if (!found) throw new Error(`no data set is named ${name}`);
  return found;
}

/** Goes to a feature by the navigation at the left. */
export async function goTo({ app, hand }: Walk, feature: string): Promise<void> {
  const navigation = app.page.getByRole('navigation', { name: 'Features' });
  await hand.press(navigation.getByRole('link', { name: new RegExp(`^${feature}`) }));
}

/** From the first run into the demo project, until its data sets are imported. */
export async function exploreDemo({ app, hand, look }: Walk): Promise<void> {
  const { page } = app;
  await hand.press(page.getByRole('main').getByRole('button', { name: 'Explore the demo project' }));
  await expect(page.getByRole('heading', { level: 1, name: 'Demo project' })).toBeVisible();
  await expect(page.getByRole('link', { name: /Support triage.*would make a provider reject/ })).toBeVisible(
    slow,
  );
  await expect(page.getByRole('link', { name: /Tool routing.*not split yet/ })).toBeVisible(slow);
  await look('demo-home');
}

/** Imports a file by its path through the window; answers the data set as it is stored. */
export async function importByPath(walk: Walk, file: { path: string; name: string }): Promise<Dataset> {
  const { app, hand } = walk;
  const { page } = app;
  await goTo(walk, 'Datasets');
  await hand.press(page.getByRole('button', { name: /^Import( data)?$/ }));
  await hand.write(page.getByRole('textbox', { name: 'Path of a file or folder' }), file.path);
  await hand.press(page.getByRole('button', { name: 'Look inside' }));
  await hand.press(page.getByRole('button', { name: 'Import', exact: true }));
  await expect(page.getByRole('grid', { name: 'Examples' })).toBeVisible(slow);
  await expect(page.getByRole('heading', { level: 1, name: file.name })).toBeVisible(slow);
  const dataset = await datasetNamed(walk, file.name);
  const lines = readFileSync(file.path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  expect(dataset.lineCount).toBe(lines.length);
  expect(dataset.exampleCount + dataset.quarantinedCount).toBe(lines.length);
  return dataset;
}

/** Opens a data set from the list. */
export async function openDataset(walk: Walk, name: string): Promise<Dataset> {
  const { app, hand } = walk;
  await goTo(walk, 'Datasets');
  await hand.press(app.page.getByRole('table').getByRole('link', { name, exact: true }));
  await expect(app.page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(app.page.getByRole('grid', { name: 'Examples' })).toBeVisible();
  return datasetNamed(walk, name);
}

/** Splits 70/15/15 in the dialog and checks that what it promised is what is stored. */
export async function split(walk: Walk, dataset: Dataset): Promise<Dataset> {
  const { app, hand } = walk;
  const { page } = app;
  await hand.press(page.getByRole('button', { name: 'Split', exact: true }));
  const dialog = page.getByRole('dialog', { name: /^Split/ });
  await expect(dialog.getByText('test', { exact: true })).toBeVisible();
  const promised = await dialog.getByRole('definition').allInnerTexts();
  await hand.press(dialog.getByRole('button', { name: /^Split [\d,]+ examples/ }));
  const leaks = page.getByRole('dialog', { name: 'Leak check' });
  await expect(leaks.getByText('No prompt is in two splits.')).toBeVisible();
  await hand.press(leaks.getByRole('button', { name: 'Done' }));
  await expect(leaks).toBeHidden();
  const stored = await app.core.client.datasets.get({ datasetId: dataset.datasetId });
  const { train, validation, test } = stored.splitCounts;
  expect(promised.map((text) => Number.parseInt(text.replace(',', ''), 10))).toEqual([
    train,
    validation,
    test,
  ]);
  await expectPersistedSplit(app, stored);
  return stored;
}

/** Reads the bill of a data set on the page of costs, and holds it against the stored token counts. */
export async function readBill(walk: Walk, dataset: Dataset): Promise<void> {
  const { app, hand } = walk;
  await goTo(walk, 'Costs');
  await hand.pick(app.page.getByRole('button', { name: /Data set$/ }), dataset.name);
  const bill = app.page.getByRole('region', { name: 'The bill' });
  await expect(bill).toContainText('(its training split)');
  const { estimate, scope } = await app.core.client.costs.estimate({
    source: { kind: 'dataset', datasetId: dataset.datasetId },
    provider: 'openai',
    model: 'gpt-4.1-2025-04-14',
    method: 'supervised',
    epochs: 3,
  });
  expect(scope).toBe('train');
  expect(estimate.examples).toBe(dataset.splitCounts.train);
  expect(estimate.billedTokens).toBe(estimate.tokensPerEpoch * 3);
  await expect(bill).toContainText(`${estimate.tokensPerEpoch.toLocaleString('en-US')} tokens`);
}

/** Plans, launches through the airlock and watches to the end; answers the job as it is stored. */
export async function train(
  walk: Walk,
  dataset: Dataset,
  { epochs, source }: { epochs: number | null; source: string },
): Promise<Job> {
  const { app, hand } = walk;
  const { page } = app;
  await hand.press(page.getByRole('link', { name: 'Fine-tune' }));
  await expect(page.getByRole('heading', { level: 1, name: 'New training job' })).toBeVisible();
  const airlock = page.getByRole('region', { name: 'Airlock' });
  await expect(airlock).toContainText('Nothing leaves it.');
  await hand.choose(page.getByRole('radio', { name: 'At once' }));
  if (epochs !== null) {
    await hand.choose(page.getByRole('checkbox', { name: /^Auto Epochs/ }));
    await hand.write(page.getByRole('textbox', { name: 'Epochs' }), String(epochs));
    await page.keyboard.press('Tab');
  }
  const { train: toTrainOn, validation } = dataset.splitCounts;
  await expect(airlock).toContainText(`${toTrainOn} examples to train on`);
  await expect(airlock).toContainText(`${validation} examples to validate with`);
  await expect(page.getByRole('region', { name: 'Bill', exact: true })).toContainText('$0.00');
  const launch = page.getByRole('button', { name: /^Train on this machine for \$0\.00/ });
  await expect(launch).toBeEnabled();
  await expectPageInFrame(app);
  await walk.look('airlock');
  await hand.press(launch);
  await expect(page.getByRole('heading', { level: 1, name: dataset.name })).toBeVisible();
  await expect(page.getByText('succeeded', { exact: true })).toBeVisible(slow);
  await expect(page.getByRole('figure', { name: 'Loss' })).toBeVisible();
  await expectPracticeMark(app);
  const job = await onlyJobOf(walk, dataset);
  expect(job).toMatchObject({
    status: 'succeeded',
    providerKind: 'practice',
    pace: 'instant',
    actualMicroUsd: 0,
  });
  if (epochs !== null) expect(job.resolved.nEpochs).toBe(epochs);
  expect(job.weightsSha256).toMatch(/^[0-9a-f]{64}$/);
  await expectTrainingFiles(app, { dataset, job, source });
  return job;
}

async function onlyJobOf({ app }: Walk, dataset: Dataset): Promise<Job> {
  const jobs = (await app.core.client.jobs.list()).filter((one) => one.datasetId === dataset.datasetId);
  expect(jobs).toHaveLength(1);
  const [job] = jobs;
  if (!job) throw new Error('no job was stored');
  return job;
}

/** Asks base and tuned, reads the verdict, and holds the words of the window against what is stored. */
export async function evaluate(walk: Walk, job: Job): Promise<EvalResult> {
  const { app, hand } = walk;
  const { page } = app;
  await hand.press(page.getByRole('link', { name: 'Evaluate base and tuned' }));
  await expect(page.getByRole('heading', { name: 'Stays on this machine' })).toBeVisible();
  await hand.press(page.getByRole('button', { name: /^Ask [\d,]+ questions/ }));
  await expect(page.getByRole('button', { name: 'Write report' })).toBeVisible(slow);
  await expect(page.getByRole('grid', { name: 'Items' })).toBeVisible();
  const [summary] = await app.core.client.evals.list({ jobId: job.id });
  const result = await app.core.client.evals.get({ evalId: summary?.evalId ?? '' });
  const { datasetId } = job;
  const { splitCounts } = await app.core.client.datasets.get({ datasetId });
  expect(result).toMatchObject({
    state: 'done',
    itemCount: splitCounts.test,
    answered: 2 * splitCounts.test,
  });
  await expectVerdictShown(walk, result);
  await expectPracticeMark(app);
  await walk.look('eval');
  return result;
}

/** Every page that shows practice results says so. */
async function expectPracticeMark({ page }: OpenApp): Promise<void> {
  await expect(page.getByRole('main').getByText('practice', { exact: true }).first()).toBeVisible();
}

/** Going to a control scrolls the box it is in, never the page out of its frame. */
async function expectPageInFrame({ page }: OpenApp): Promise<void> {
  expect(await page.getByRole('main').evaluate((main) => main.scrollTop)).toBe(0);
}

const verdictTitles = {
  better: 'The tuned model is better.',
  worse: 'The tuned model is worse.',
  no_evidence: 'No evidence of improvement.',
} as const;

async function expectVerdictShown({ app }: Walk, result: EvalResult): Promise<void> {
  const main = app.page.getByRole('main');
  const [headline] = result.graders;
  if (!headline) throw new Error('the evaluation has no grader');
  const { base, tuned, difference, isPassFail } = headline;
  expect(difference.n).toBe(result.itemCount);
  // "Better" and "worse" are only said of an interval that excludes zero.
  if (difference.verdict === 'better') expect(difference.low).toBeGreaterThan(0);
  if (difference.verdict === 'worse') expect(difference.high).toBeLessThan(0);
  await expect(main.getByRole('heading', { name: verdictTitles[difference.verdict] })).toBeVisible();
  await expect(main).toContainText(formatScore(base.mean, isPassFail));
  await expect(main).toContainText(formatScore(tuned.mean, isPassFail));
  await expect(main).toContainText(formatDifference(difference.estimate, isPassFail));
  await expect(main).toContainText(
    `95 % interval ${formatRange(difference.low, difference.high, isPassFail)}`,
  );
  if (difference.verdict !== 'better') await expect(main).not.toContainText(/\bbetter\b/i);
}

/** Opens the first item and holds what stands there against what was answered. */
export async function openItem({ app, hand, look }: Walk, result: EvalResult): Promise<void> {
  const { page } = app;
  const item = await app.core.client.evals.item({ evalId: result.evalId, position: 0 });
  await hand.open(
    page.getByRole('grid', { name: 'Items' }).getByRole('gridcell', { name: '1', exact: true }),
  );
  const pane = page.getByRole('region', { name: 'Item 1', exact: true });
  const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 60);
  await expect(pane.getByRole('heading', { name: 'Expected', exact: true })).toBeVisible();
  for (const text of [item.expectedText, item.base?.text ?? '', item.tuned?.text ?? ''])
    await expect(pane).toContainText(squeezed(text));
  await expect(pane.getByRole('table', { name: 'Grades of this item' })).toBeVisible();
  await look('eval-item');
  await hand.press(pane.getByRole('button', { name: 'Close' }));
  await expect(pane).toBeHidden();
}

/** Writes the report from the page of the evaluation; answers it as it is stored. */
export async function writeReport({ app, hand, look }: Walk, job: Job): Promise<Report> {
  const { page } = app;
  await hand.press(page.getByRole('button', { name: 'Write report' }));
  await expect(page.getByRole('heading', { level: 1, name: /^Report on / })).toBeVisible();
  const [report] = await app.core.client.reports.list({ jobId: job.id });
  if (!report) throw new Error('no report was stored');
  await expectPracticeMark(app);
  await expect(page.getByRole('main')).toContainText(report.path);
  await expect(page.getByRole('main')).toContainText(report.sha256);
  await look('report');
  return report;
}

/** After everything: the page of governance says that nothing left, and so do gate, ledger and history. */
export async function readLedger(walk: Walk): Promise<void> {
  await goTo(walk, 'Governance');
  await expect(walk.app.page.getByText('Nothing has ever left this workspace.')).toBeVisible();
  await expectNothingLeft(walk.app);
}
