import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectAccessible } from '../helpers/axe.ts';
import { type OpenApp, openApp } from '../helpers/open-app.ts';
import { takeScreenshots } from '../helpers/screenshot.ts';

let app: OpenApp;

/** Dates in the catalogue end some day; this one is before all of them. */
const clock = { now: () => Date.parse('2026-11-20T12:00:00Z') };

test.beforeEach(async () => {
  app = await openApp({ ports: { clock } });
  await app.core.client.workspaces.create({ name: 'Costs', folder: join(app.home, 'costs') });
});
test.afterEach(() => app.close());

const bill = () => app.page.getByRole('region', { name: 'The bill' });

async function importExamples(count: number): Promise<void> {
  const path = join(app.home, 'examples.jsonl');
  const line = (n: number): string =>
    JSON.stringify({
      messages: [
        { role: 'user', content: `Question ${n}` },
        { role: 'assistant', content: `Answer ${n}` },
      ],
    });
  writeFileSync(path, Array.from({ length: count }, (_, n) => `${line(n)}\n`).join(''));
  const { file } = await app.core.client.files.choosePath({ path });
  const { taskId } = await app.core.client.datasets.importFile({
    fileId: file.fileId,
    name: 'Mine',
    again: false,
  });
  await expect
    .poll(async () => (await app.core.client.activity.list()).find((one) => one.id === taskId)?.state)
    .toBe('succeeded');
}

test('a size typed in with the keyboard alone is billed line by line', async () => {
  const { page } = app;
  await page.getByRole('link', { name: 'Costs' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('radio', { name: 'A data set' }).focus();
  await page.keyboard.press('ArrowRight');
  const examples = page.getByRole('textbox', { name: 'Examples' });
  await expect(examples).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(examples).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('250');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('1000');
  await page.keyboard.press('Tab');
  // 250 × 1,000 = 250,000 per epoch; 3 epochs by the rule of thumb; 750,000 at $25 per million are $18.75.
  await expect(bill()).toContainText('250 examples × min(65,536, 1,000)');
  await expect(bill()).toContainText('750,000 ÷ 1,000,000 × $25.00');
  await expect(bill()).toContainText('$18.75');
  await expect(bill()).toContainText('47 days left');
  await expect(page.getByRole('table', { name: /same training on every model/ })).toContainText('$2.25');
  expect(app.problems).toEqual([]);
  expect(app.refused).toEqual([]);
});

test('the bill of a data set follows its split', async () => {
  await importExamples(100);
  const { page } = app;
  await page.getByRole('link', { name: 'Costs' }).click();
  await expect(bill()).toContainText('100 examples (all of it, as it is not split yet)');
  const [set] = await app.core.client.datasets.list();
  const recipe = { ratios: { train: 0.8, validation: 0, test: 0.2 }, seed: 1 };
  await app.core.client.datasets.split({ datasetId: set?.datasetId ?? '', recipe });
  await expect(bill()).toContainText('80 examples (its training split)');
  const { estimate } = await app.core.client.costs.estimate({
    source: { kind: 'dataset', datasetId: set?.datasetId ?? '' },
    provider: 'openai',
    model: 'gpt-4.1',
    method: 'supervised',
    epochs: 'auto',
  });
  await expect(bill()).toContainText(`${estimate.billedTokens.toLocaleString('en-US')} tokens`);
});

test('another model and a chosen number of epochs stay in the address', async () => {
  const { page } = app;
  await page.getByRole('link', { name: 'Costs' }).click();
  await page.getByText('A size', { exact: true }).click();
  await page.getByRole('button', { name: /Model/ }).click();
  await page.getByRole('option', { name: /GPT-4o mini/ }).click();
  await page.getByText('Epochs chosen by rule of thumb').click();
  await page.getByRole('slider', { name: 'Epochs' }).press('ArrowRight');
  await expect(bill()).toContainText('80,000 × 4 epochs');
  await expect(bill()).toContainText('$0.96');
  await page.reload();
  await expect(bill()).toContainText('$0.96');
});

test('is accessible and looks as it should, with and without something to count', async () => {
  const { page } = app;
  await page.getByRole('link', { name: 'Costs' }).click();
  await expect(page.getByText('Nothing to count yet')).toBeVisible();
  await expectAccessible(page);
  await page.getByText('A size', { exact: true }).click();
  await expect(bill()).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots(page, 'costs');
});
