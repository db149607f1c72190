import { expect, test } from '@playwright/test';
import type { Page } from 'playwright-core';
import { expectAccessible } from '../helpers/axe.ts';
import { type OpenApp, openApp } from '../helpers/open-app.ts';
import { takeScreenshots } from '../helpers/screenshot.ts';
import { setSettings } from '../helpers/preferences.ts';
import { taskSucceeded, type TunedRun, tuneDemo } from '../helpers/tuned-run.ts';

let app: OpenApp;
type Shown = TunedRun & { setId: string };
let run: Shown;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  app = await openApp();
  const { client } = app.core;
  const tuned = await tuneDemo(client);
  const { setId, taskId } = await client.preferences.create({
    name: 'Base or tuned',
    kind: 'pairs',
    source: { kind: 'evaluation', evalId: tuned.evalId },
    settings: setSettings,
  });
  await taskSucceeded(client, taskId);
  run = { ...tuned, setId };
});
test.afterAll(() => app.close());

/** Every page of the window with something on it, by the address a person would copy. */
const pages: readonly (readonly [name: string, address: (run: Shown) => string])[] = [
  ['home-demo', () => '/'],
  ['datasets', () => '/datasets'],
  ['dataset-demo', ({ datasetId }) => `/datasets/${datasetId}`],
  ['dataset-example', ({ datasetId }) => `/datasets/${datasetId}?open=1`],
  ['dataset-readiness', ({ datasetId }) => `/datasets/${datasetId}?tab=readiness`],
  ['dataset-quality', ({ datasetId }) => `/datasets/${datasetId}?tab=quality`],
  ['dataset-privacy', ({ datasetId }) => `/datasets/${datasetId}?tab=privacy`],
  ['dataset-provenance', ({ datasetId }) => `/datasets/${datasetId}?tab=provenance`],
  ['dataset-versions', ({ datasetId }) => `/datasets/${datasetId}?tab=versions`],
  ['dataset-quarantine', ({ datasetId }) => `/datasets/${datasetId}?tab=quarantine`],
  ['import', () => '/datasets/import'],
  ['preferences-demo', () => '/preferences'],
  ['preferences-demo-new', () => '/preferences/new'],
  ['preferences-demo-set', ({ setId }) => `/preferences/${setId}`],
  ['preferences-demo-judge', ({ setId }) => `/preferences/${setId}/judge`],
  ['costs', () => '/costs'],
  ['jobs-demo', () => '/jobs'],
  ['job-demo', ({ jobId }) => `/jobs/${jobId}`],
  ['launch-demo', () => '/jobs/new'],
  ['evals', () => '/evals'],
  ['eval-new', () => '/evals/new'],
  ['eval', ({ evalId }) => `/evals/${evalId}`],
  ['reports', () => '/reports'],
  ['report', ({ reportId }) => `/reports/${reportId}`],
  ['governance', () => '/governance'],
  ['history', () => '/history'],
  ['activity', () => '/activity'],
  ['providers', () => '/settings/providers'],
  ['settings', () => '/settings'],
];

for (const [name, address] of pages) {
  test(`${name} is accessible in light and dark and looks as it should`, async () => {
    const { page } = app;
    await goTo(page, address(run));
    await expectFine(name);
  });
}

async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate((to) => {
    globalThis.location.hash = `#${to}`;
  }, address);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

async function expectFine(name: string): Promise<void> {
  await expect(app.page.locator('[aria-busy="true"]')).toHaveCount(0);
  await expectAccessible(app.page);
  await takeScreenshots(app.page, name);
  expect(app.problems).toEqual([]);
  expect(app.refused).toEqual([]);
}

/** What opens over the page of a data set, by the keys and names a person would use. */
const overlays: readonly (readonly [name: string, open: (page: Page) => Promise<void>])[] = [
  ['dataset-split', (page) => page.getByRole('button', { name: 'Split', exact: true }).press('Enter')],
  ['dataset-export', (page) => fromMenu(page, 'More', 'Export…')],
  ['dataset-review', (page) => fromMenu(page, 'More', 'Review…')],
  ['dataset-rename', (page) => fromMenu(page, 'More', 'Rename…')],
  ['dataset-filter-menu', (page) => page.getByRole('button', { name: 'Filter', exact: true }).press('Enter')],
  ['dataset-pattern', (page) => fromMenu(page, 'Filter', 'Text or pattern…')],
  ['dataset-save-view', (page) => fromMenu(page, 'Views', 'Save this view…')],
  ['palette', (page) => page.keyboard.press('ControlOrMeta+k')],
  ['keys', (page) => page.keyboard.press('?')],
];

async function fromMenu(page: Page, opener: string, entry: string): Promise<void> {
  await page.getByRole('button', { name: opener, exact: true }).press('Enter');
  await page.getByRole('menuitem', { name: entry }).press('Enter');
}

for (const [name, open] of overlays) {
  test(`${name} opens by keys, is accessible in light and dark, and Escape leaves it`, async () => {
    const { page } = app;
    await goTo(page, `/datasets/${run.datasetId}`);
    await expect(page.getByRole('grid', { name: 'Examples' })).toBeVisible();
    await open(page);
    const overlay = page.getByRole('dialog').or(page.getByRole('menu'));
    await expect(overlay.first()).toBeVisible();
    await expectFine(name);
    await page.keyboard.press('Escape');
    await expect(overlay).toHaveCount(0);
  });
}

test('a search without a result, and a file that is not there, say what to do', async () => {
  const { page } = app;
  await goTo(page, `/datasets/${run.datasetId}`);
  await page.keyboard.press('/');
  await page.keyboard.type('zzzzqq');
  await expect(page.getByRole('status').filter({ hasText: /^0 of/ })).toBeVisible();
  await expectFine('dataset-nothing-found');
  await goTo(page, '/datasets/import');
  await page.getByRole('textbox', { name: 'Path of a file or folder' }).fill('/no/such/file.csv');
  await page.keyboard.press('Enter');
  await expect(page.getByText('There is nothing at this path', { exact: false })).toBeVisible();
  await expectFine('import-no-file');
});
