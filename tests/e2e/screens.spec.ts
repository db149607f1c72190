import { expect, test } from '@playwright/test';
import { expectAccessible } from '../helpers/axe.ts';
import { type OpenApp, openApp } from '../helpers/open-app.ts';
import { takeScreenshots } from '../helpers/screenshot.ts';
import { type TunedRun, tuneDemo } from '../helpers/tuned-run.ts';

let app: OpenApp;
let run: TunedRun;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  app = await openApp();
  run = await tuneDemo(app.core.client);
});
test.afterAll(() => app.close());

/** Every page of the window with something on it, by the address a person would copy. */
const pages: readonly (readonly [name: string, address: (run: TunedRun) => string])[] = [
  ['home-demo', () => '/'],

  ['datasets', () => '/datasets'],
  ['dataset-demo', ({ datasetId }) => `/datasets/${datasetId}`],
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
    await page.evaluate((to) => {
      globalThis.location.hash = `#${to}`;
    }, address(run));
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
    await expectAccessible(page);
    await takeScreenshots(page, name);
    expect(app.problems).toEqual([]);
    expect(app.refused).toEqual([]);
  });
}
