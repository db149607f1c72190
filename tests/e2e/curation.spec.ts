import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectAccessible } from '../helpers/axe.ts';
import { lines } from '../helpers/curated.ts';
import { importText } from '../helpers/datasets.ts';
import { type OpenApp, openApp } from '../helpers/open-app.ts';
import { takeScreenshots } from '../helpers/screenshot.ts';

let app: OpenApp;
let datasetId: string;

test.beforeEach(async () => {
  app = await openApp();
  await app.core.client.workspaces.create({ name: 'Tickets', folder: join(app.home, 'ws') });
  const content = lines.join('\n');
  writeFileSync(join(app.home, 'tickets.jsonl'), content);
  ({ datasetId } = await importText(app.core.client, { folder: app.home, name: 'tickets.jsonl', content }));
  await app.page.reload();
  await app.page.getByRole('link', { name: 'Datasets' }).click();
  await app.page.getByRole('link', { name: 'tickets' }).first().click();
  await expect(app.page.getByRole('gridcell').first()).toBeVisible();
});
test.afterEach(() => app.close());

test('filter, select all matching, replace with a preview, approve, undo and redo, by keyboard', async () => {
  const { page, core } = app;
  await page.keyboard.press('/');
  await page.keyboard.type('Where');
  await expect(page.getByRole('status').filter({ hasText: '8 of 13' })).toBeVisible();
  await page.getByRole('button', { name: 'Filter', exact: true }).focus();
  await page.keyboard.press('Shift+A');
  const bar = page.getByRole('region', { name: 'Picked examples' });
  await expect(bar.getByText('8 picked')).toBeVisible();
  await takeScreenshots(page, 'curation-picked');
  await expectAccessible(page);
  await bar.getByRole('button', { name: 'Replace…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Find and replace' });
  await page.keyboard.type('parcel');
  await dialog.getByRole('textbox', { name: 'Replace with' }).fill('package');
  await expect(dialog.getByText('8 examples of 8 will change')).toBeVisible();
  await takeScreenshots(page, 'curation-replace');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Replace in all' }).press('Enter');
  await expect.poll(async () => (await core.client.datasets.get({ datasetId })).editedCount).toBe(8);
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(async () => (await core.client.datasets.get({ datasetId })).editedCount).toBe(0);
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect.poll(async () => (await core.client.datasets.get({ datasetId })).editedCount).toBe(8);
});

test('one example after the other is approved, rejected, commented and compared', async () => {
  const { page, core } = app;
  const reviewed = async () => (await core.client.datasets.get({ datasetId })).reviewCounts;
  await page.keyboard.press('j');
  await expect(page.getByRole('region', { name: 'Example 1', exact: true })).toBeVisible();
  await page.keyboard.press('a');
  await expect(page.getByRole('region', { name: 'Example 2', exact: true })).toBeVisible();
  await page.keyboard.press('r');
  const third = page.getByRole('region', { name: 'Example 3', exact: true });
  await expect(third).toBeVisible();
  await expect.poll(reviewed).toEqual({ draft: 11, approved: 1, rejected: 1 });
  await page.keyboard.press('c');
  await third.getByRole('textbox', { name: /Comment as/ }).fill('Is this the right label?');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(third.getByText('Is this the right label?').first()).toBeVisible();
  await takeScreenshots(page, 'curation-example');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Filter', exact: true }).press('Enter');
  await page.getByRole('menuitem', { name: 'Status' }).press('ArrowRight');
  await page.getByRole('menuitem', { name: 'rejected' }).press('Enter');
  await expect(page.getByRole('status').filter({ hasText: '1 of 13' })).toBeVisible();
  await takeScreenshots(page, 'curation-filter');
  await page.getByRole('button', { name: /is: press for the opposite/ }).press('Enter');
  await expect(page.getByRole('status').filter({ hasText: '12 of 13' })).toBeVisible();
});

test('a tool call is written in a form made from its schema, checked while one types', async () => {
  const { page, core } = app;
  await page.getByRole('gridcell', { name: 'Track it' }).click();
  const pane = page.getByRole('region', { name: 'Example 13' });
  await pane.getByRole('tab', { name: 'Editor' }).click();
  await pane.getByRole('textbox', { name: 'parcel' }).fill('42');
  await expect(pane.getByText(/tokens ·/)).toBeVisible();
  await takeScreenshots(page, 'curation-editor');
  await expectAccessible(page);
  await pane.getByRole('button', { name: 'Add a message' }).click();
  await pane.getByRole('button', { name: 'Move message 3 up' }).click();
  await pane.getByRole('button', { name: 'Delete message 2' }).click();
  await pane.getByRole('button', { name: 'Save' }).click();
  await expect.poll(async () => (await core.client.datasets.get({ datasetId })).editedCount).toBe(1);
});
