import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectAccessible } from '../helpers/axe.ts';
import { everything as noFilter } from '../../shared/features/datasets/filter.model.ts';
import { chatLine, importText, taskEnd } from '../helpers/datasets.ts';
import { type OpenApp, openApp } from '../helpers/open-app.ts';
import { takeScreenshots } from '../helpers/screenshot.ts';

let app: OpenApp;
let datasetId: string;

const asks = ['I was charged twice for order', 'Where is my parcel', 'How do I send back item'];
const labels = ['billing', 'shipping', 'returns'];

test.beforeEach(async () => {
  app = await openApp();
  await app.core.client.workspaces.create({ name: 'Tickets', folder: join(app.home, 'ws') });
  const lines = Array.from({ length: 60 }, (_, index) =>
    chatLine(`${asks[index % 3]} ${1000 + index}?`, labels[index % 3] ?? '', 'You sort support tickets.'),
  );
  writeFileSync(join(app.home, 'tickets.jsonl'), lines.join('\n'));
  ({ datasetId } = await importText(app.core.client, {
    folder: app.home,
    name: 'tickets.jsonl',
    content: lines.join('\n'),
  }));
});
test.afterEach(() => app.close());

async function editFirst(answer: string): Promise<void> {
  const { client } = app.core;
  const all = { datasetId, filter: noFilter, order: { by: 'position', isDescending: false } } as const;
  const { viewId } = await client.datasets.openView(all);
  const { rows } = await client.datasets.viewPage({ viewId, start: 0, limit: 3 });
  const [first, second] = rows;
  await client.datasets.editExample({
    exampleId: first?.exampleId ?? 0,
    text: chatLine('I was charged twice for order 1000?', answer, 'You sort support tickets.'),
  });
  await client.datasets.deleteExamples({ datasetId, which: { exampleIds: [second?.exampleId ?? 0] } });
}

async function openTab(): Promise<void> {
  await app.page.evaluate((to) => {
    globalThis.location.hash = `#/datasets/${to}?tab=versions`;
  }, datasetId);
}

test('freeze, compare by words, restore and undo, by keyboard', async () => {
  const { page } = app;
  await openTab();
  await expect(page.getByText('No version yet')).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Freeze version' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('as it came');
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  const list = page.getByRole('list', { name: 'Versions, newest first' });
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await expect(page.getByText('As in v1.')).toBeVisible();
  await expect(page.getByText('The two are the same')).toBeVisible();

  await editFirst('refund');
  await expect(page.getByText('Changed since v1.')).toBeVisible();
  await expect(page.getByRole('button', { name: '≠ 1 changed' })).toBeVisible();
  await expect(page.getByRole('button', { name: '− 1 removed' })).toBeVisible();
  const row = page.getByRole('gridcell', { name: 'billing → refund' });
  await row.click();
  const pane = page.getByRole('region', { name: 'Example 1', exact: true });
  await expect(pane.getByRole('deletion')).toHaveText('−billing');
  await expect(pane.getByRole('insertion')).toHaveText('+refund');
  await expectAccessible(page);
  await takeScreenshots(page, 'versions-compare');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Version 1: more' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Verify');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Verified: 60 examples give this root.')).toBeVisible();
  await page.getByRole('button', { name: 'Version 1: more' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Restore');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The two are the same')).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).first().press('Enter');
  await expect(page.getByRole('button', { name: '− 1 removed' })).toBeVisible();
  expect(app.problems).toEqual([]);
});

test('a branch opens as a data set of its own', async () => {
  const { page, core } = app;
  const { taskId } = await core.client.versions.freeze({ datasetId, message: 'as it came' });
  await taskEnd(core.client, taskId);
  await openTab();
  await page.getByRole('button', { name: 'Version 1: more' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Branch …' }).press('Enter');
  const name = page.getByRole('textbox', { name: 'Name' });
  await expect(name).toBeFocused();
  await name.fill('Short answers');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Short answers', level: 1 })).toBeVisible();
  await page.getByRole('tab', { name: 'Versions' }).press('Enter');
  await expect(page.getByText('Branched from version 1 of tickets.')).toBeVisible();
});
