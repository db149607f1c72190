import { expect, test } from '@playwright/test';
import { expectAccessible } from '../helpers/axe.ts';
import { type OpenApp, openApp } from '../helpers/open-app.ts';
import { takeScreenshots } from '../helpers/screenshot.ts';

let app: OpenApp;

test.beforeEach(async () => {
  app = await openApp();
});
test.afterEach(() => app.close());

test('opens the frame with nothing on the console and no request outside', async () => {
  await expect(app.page.getByRole('navigation')).toBeVisible();
  await expect(app.page.getByRole('main')).toBeVisible();
  expect(app.problems).toEqual([]);
  expect(app.refused).toEqual([]);
});

test('is accessible in light and dark', async () => {
  await expect(app.page.getByRole('main')).toBeVisible();
  await expectAccessible(app.page);
});

test('looks as it should', async () => {
  await expect(app.page.getByRole('main')).toBeVisible();
  await takeScreenshots(app.page, 'first-run');
});
