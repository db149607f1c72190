import { expect, test } from '@playwright/test';
import { expectAccessible } from '../helpers/axe.ts';
import { keyboardHand, mouseHand } from '../helpers/hands.ts';
import { expectReport } from '../helpers/main-job-facts.ts';
import { mendDemo } from '../helpers/main-job-mending.ts';
import {
  demoSource,
  evaluate,
  exploreDemo,
  openDataset,
  openItem,
  readBill,
  readLedger,
  split,
  train,
  type Walk,
  writeReport,
} from '../helpers/main-job-steps.ts';
import { type OpenApp, openApp } from '../helpers/open-app.ts';
import { takeScreenshots } from '../helpers/screenshot.ts';

test.describe.configure({ timeout: 180_000 });

let app: OpenApp;
test.beforeEach(async () => {
  app = await openApp();
});
test.afterEach(() => app.close());

/** The demo project from the first click or key to the written report. */
async function wholeMainJob(walk: Walk): Promise<void> {
  await exploreDemo(walk);
  await openDataset(walk, 'Support triage');
  const mended = await mendDemo(walk);
  const dataset = await split(walk, mended);
  await readBill(walk, dataset);
  await openDataset(walk, dataset.name);
  const job = await train(walk, dataset, { epochs: null, source: demoSource });
  const result = await evaluate(walk, job);
  expect(result.graders[0]?.difference.verdict).toBe('better');
  expect(result.graders[0]?.difference.low).toBeGreaterThan(0);
  await openItem(walk, result);
  const report = await writeReport(walk, job);
  const html = await expectReport(app, report, result);
  expect(html).toContain('The tuned model is better.');
  await readLedger(walk);
}

test('the demo project by mouse, from the first click to the report: tuned is better than base', async () => {
  await wholeMainJob({
    app,
    hand: mouseHand(app.page),
    look: async (name) => {
      await expectAccessible(app.page);
      await takeScreenshots(app.page, `main-job-${name}`);
    },
  });
});

test('the demo project by keyboard alone', async () => {
  await wholeMainJob({ app, hand: keyboardHand(app.page), look: async () => {} });
});
