import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectAccessible } from '../helpers/axe.ts';
import { importText } from '../helpers/datasets.ts';
import { keyboardHand } from '../helpers/hands.ts';
import { type OpenApp, openApp } from '../helpers/open-app.ts';
import { faultyTickets } from '../helpers/quality-data.ts';
import { takeScreenshots } from '../helpers/screenshot.ts';

let app: OpenApp;

test.beforeEach(async () => {
  app = await openApp({ size: { width: 1280, height: 800 } });
  await app.core.client.workspaces.create({ name: 'Quality', folder: join(app.home, 'ws') });
});
test.afterEach(() => app.close());

test('the quality of a data set by keyboard: analyse, see a difference, keep one, undo, words, production', async () => {
  test.setTimeout(180_000);
  const { page, core, home } = app;
  const hand = keyboardHand(page);
  const { datasetId } = await importText(core.client, {
    folder: home,
    name: 'tickets.jsonl',
    content: faultyTickets(120).join('\n'),
  });
  await core.client.datasets.split({
    datasetId,
    recipe: { ratios: { train: 0.6, validation: 0.2, test: 0.2 }, seed: 3 },
  });
  await page.evaluate((to) => {
    globalThis.location.hash = `#/datasets/${to}?tab=quality`;
  }, datasetId);
  await expect(page.getByText('Not analysed yet')).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots(page, 'quality-empty');
  await hand.press(page.getByRole('button', { name: 'Analyse quality' }));

  const topics = page.getByRole('navigation', { name: 'Quality topics' });
  const topic = (name: string | RegExp) => topics.getByRole('button', { name });
  await expect(topic(/Near duplicate/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('heading', { name: 'Leakage between splits' })).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots(page, 'quality-leakage');

  await hand.choose(page.getByRole('tab', { name: 'Readiness' }));
  await expect(page.getByRole('button', { name: 'Details: Leakage between splits' })).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots(page, 'quality-readiness');
  await page.setViewportSize({ width: 900, height: 600 });
  await expectAccessible(page);
  await page.screenshot({ path: 'test-results/screenshots/quality-readiness-900.png' });
  await hand.press(page.getByRole('button', { name: 'Details: Leakage between splits' }));
  await expect(page.getByRole('heading', { name: 'Leakage between splits' })).toBeVisible();
  await page.screenshot({ path: 'test-results/screenshots/quality-leakage-900.png' });
  await page.setViewportSize({ width: 1280, height: 800 });

  await hand.press(topic(/Near duplicate/));
  const near = page.getByRole('region', { name: 'Near duplicates' });
  await expect(near.getByText('9 groups', { exact: false }).first()).toBeVisible();
  await near.getByRole('gridcell', { name: 'Group 2', exact: true }).press('Enter');
  await expect(near.getByRole('group', { name: /^Difference between/ })).toContainText(/Please|Thanks/);
  await expectAccessible(page);
  await takeScreenshots(page, 'quality-near');
  await hand.press(near.getByRole('button', { name: 'Keep one of 9 groups' }));
  await expect(topic(/Near duplicate/)).toBeHidden({ timeout: 60_000 });
  const { exampleCount } = await core.client.datasets.get({ datasetId });
  expect(exampleCount).toBe(faultyTickets(120).length - 9);
  await core.client.workspaces.undo();
  await expect(page.getByText('Outdated', { exact: false })).toBeVisible();
  await takeScreenshots(page, 'quality-outdated');
  await hand.press(page.getByRole('button', { name: 'Analyse again' }));
  await expect(topic(/Near duplicate/)).toBeVisible({ timeout: 60_000 });

  await hand.press(topic(/^Labels \d/));
  await expect(page.getByRole('figure', { name: 'Labels' })).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots(page, 'quality-labels');
  await hand.press(page.getByRole('button', { name: 'Show as table' }));
  await expect(page.getByRole('row', { name: /shipping/ })).toBeVisible();

  await hand.press(topic('Overview'));
  await expect(page.getByRole('figure', { name: 'Languages' })).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots(page, 'quality-overview');

  await hand.press(topic('Splits compared'));
  await expect(page.getByRole('table').first()).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots(page, 'quality-splits');

  await hand.press(topic('Words and glossary'));
  await hand.write(page.getByRole('textbox', { name: 'Term' }), 'Paket');
  await hand.press(page.getByRole('button', { name: 'Add term' }));
  await expect(page.getByRole('row', { name: /Paket/ })).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots(page, 'quality-glossary');

  await hand.press(topic(/Placeholder/));
  await hand.press(page.getByRole('link', { name: /^Show 1 example/ }));
  await expect(page.getByRole('tab', { name: /Examples/, selected: true })).toBeVisible();
  await expect(page.getByRole('gridcell', { name: /insert name/ })).toBeVisible();
  await hand.choose(page.getByRole('tab', { name: 'Quality' }));

  await hand.press(topic('Production'));
  await hand.write(page.getByRole('textbox', { name: /label shares/ }), 'shipping 50');
  await page.keyboard.press('Enter');
  await page.keyboard.type('billing 50');
  await hand.press(page.getByRole('button', { name: 'Set shares' }));
  await hand.press(page.getByRole('button', { name: 'Re-balance' }));
  const dialog = page.getByRole('dialog', { name: 'Re-balance to production' });
  await expect(dialog.getByRole('button', { name: /^Delete \d+ examples$/ })).toBeEnabled();
  await expectAccessible(page);
  await takeScreenshots(page, 'quality-balance');
  await hand.press(dialog.getByRole('button', { name: /^Delete \d+ examples$/ }));
  await expect(dialog).toBeHidden();
  await takeScreenshots(page, 'quality-production');

  expect(app.problems).toEqual([]);
});
