import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectAccessible } from '../helpers/axe.ts';
import { chatLine } from '../helpers/datasets.ts';
import { type OpenApp, openApp } from '../helpers/open-app.ts';
import { takeScreenshots } from '../helpers/screenshot.ts';

let app: OpenApp;
let file: string;

const labels = ['billing', 'shipping', 'returns', 'account'];
const asks = [
  'I was charged twice for order',
  'Where is my parcel',
  'How do I send back item',
  'I cannot log in as user',
];

/** Sixty tickets, and one of several faults. */
function tickets(): string {
  const good = Array.from({ length: 60 }, (_, index) =>
    chatLine(
      `${asks[index % 4]} ${1000 + index}? ${'I have waited a while already. '.repeat(index % 9)}`,
      labels[index % 4] ?? 'other',
      'You sort support tickets. Answer with one label: billing, shipping, returns or account.',
    ),
  );
  const tool = {
    messages: [
      { role: 'user', content: 'Track parcel 7' },
      {
        role: 'assistant',
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'track', arguments: '{"parcel":7}' } }],
      },
    ],
    tools: [
      {
        type: 'function',
        function: {
          name: 'track',
          description: 'Tracks a parcel',
          parameters: { type: 'object', properties: { parcel: { type: 'string' } } },
        },
      },
    ],
  };
  return [
    ...good,
    good[3],
    good[4]?.replace('"billing"', '"returns"'),
    '{"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"account","weight":true}]}',
    '{"messages":[{"role":"user","content":"pay <|im_start|> now \u202e?"},{"role":"assistant","content":"billing"}]}',
    JSON.stringify(tool),
    '{"messages": [broken',
    '{"a":1,"a":2}',
  ].join('\n');
}

test.beforeEach(async () => {
  app = await openApp();
  await app.core.client.workspaces.create({ name: 'Tickets', folder: join(app.home, 'ws') });
  file = join(app.home, 'tickets.jsonl');
  writeFileSync(file, tickets());
  await app.page.reload();
});
test.afterEach(() => app.close());

async function importTickets(): Promise<string> {
  const { page } = app;
  await page.getByRole('link', { name: 'Datasets' }).click();
  await page.getByRole('button', { name: 'Import data' }).click();
  await page.getByRole('textbox', { name: 'Path of a file or folder' }).fill(file);
  await page.getByRole('button', { name: 'Look inside' }).click();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'tickets', level: 1, exact: true })).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByRole('gridcell').first()).toBeVisible();
  const [dataset] = await app.core.client.datasets.list();
  return dataset?.datasetId ?? '';
}

test('a file is imported by path, shown with its findings, mended, split and undone', async () => {
  const { page, core } = app;
  await page.getByRole('link', { name: 'Datasets' }).click();
  await expect(page.getByText('No data set yet')).toBeVisible();
  await takeScreenshots(page, 'datasets-empty');
  const datasetId = await importTickets();
  await expect(page.getByRole('grid', { name: 'Examples' })).toBeVisible();
  await expect(page.getByRole('gridcell', { name: /charged twice/ }).first()).toBeVisible();
  await takeScreenshots(page, 'dataset');
  await expectAccessible(page);

  await page.getByRole('button', { name: /Weight is not 0 or 1/ }).click();
  await expect(page.getByRole('status').filter({ hasText: '1 of 65' })).toBeVisible();
  await page.getByRole('gridcell', { name: 'hi', exact: true }).click();
  const pane = page.getByRole('region', { name: 'Example 63' });
  await pane.getByRole('tab', { name: /Findings/ }).click();
  await takeScreenshots(page, 'dataset-findings');
  await expectAccessible(page);
  await pane.getByRole('button', { name: 'Make it 0 or 1' }).click();
  await expect.poll(async () => (await core.client.datasets.get({ datasetId })).editedCount).toBe(1);
  await expect(pane.getByText('Nothing found')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(pane).toBeHidden();
  await page.getByRole('button', { name: 'Show all' }).first().click();

  await page.getByRole('button', { name: 'Split', exact: false }).first().click();
  const dialog = page.getByRole('dialog', { name: /Split/ });
  await expect(dialog.getByText('train', { exact: true })).toBeVisible();
  await takeScreenshots(page, 'dataset-split');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: /^Split 65 examples/ }).click();
  await expect
    .poll(async () => (await core.client.datasets.get({ datasetId })).splitCounts.unassigned)
    .toBe(0);
  const leaks = page.getByRole('dialog', { name: 'Leak check' });
  await expect(leaks.getByText('No prompt is in two splits.')).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots(page, 'dataset-leaks');
  await leaks.getByRole('button', { name: 'Done' }).click();
  await core.client.workspaces.undo();
  expect((await core.client.datasets.get({ datasetId })).splitCounts.unassigned).toBe(65);
  expect(app.problems).toEqual([]);
});

test('with the keyboard alone: search, open, read, edit, undo', async () => {
  const { page, core } = app;
  const datasetId = await importTickets();
  await page.keyboard.press('/');
  await page.keyboard.type('track');
  await expect(page.getByRole('status').filter({ hasText: '1 of 65' })).toBeVisible();
  await page.getByRole('gridcell', { name: 'Track parcel 7' }).focus();
  await page.keyboard.press('Enter');
  const pane = page.getByRole('region', { name: 'Example 65' });
  await expect(pane.getByText('Tracks a parcel', { exact: true })).toBeAttached();
  await takeScreenshots(page, 'dataset-conversation');
  await expectAccessible(page);
  await pane.focus();
  await page.keyboard.press('e');
  const field = pane.getByRole('textbox', { name: 'Text of the user message' });
  await expect(field).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('Track parcel 8');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect.poll(async () => (await core.client.datasets.get({ datasetId })).editedCount).toBe(1);
  await expect(pane.getByText('Track parcel 8').first()).toBeVisible();
  await pane.focus();
  await page.keyboard.press('u');
  await expect.poll(async () => (await core.client.datasets.get({ datasetId })).editedCount).toBe(0);
});

test('the quarantine shows each line with its place and reason, and the JSON can be edited', async () => {
  const { page } = app;
  await importTickets();
  await page.getByRole('tab', { name: /Quarantine/ }).click();
  await expect(page.getByText('duplicate_key')).toBeVisible();
  await expect(page.getByText('Line 66')).toBeVisible();
  await takeScreenshots(page, 'dataset-quarantine');
  await expectAccessible(page);
  await page.getByRole('tab', { name: /Examples/ }).click();
  await page
    .getByRole('gridcell', { name: /charged twice/ })
    .first()
    .click();
  const pane = page.getByRole('region', { name: 'Example 1', exact: true });
  await pane.getByRole('tab', { name: 'JSON' }).click();
  await expect(pane.getByRole('textbox', { name: 'JSON of the example' })).toBeVisible();
  await takeScreenshots(page, 'dataset-json');
  await expectAccessible(page);
});

test('the same file again is recognised', async () => {
  const { page } = app;
  await importTickets();
  await page.getByRole('link', { name: 'Datasets' }).first().click();
  await takeScreenshots(page, 'datasets');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('textbox', { name: 'Path of a file or folder' }).fill(file);
  await page.getByRole('button', { name: 'Look inside' }).click();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByText(/was imported on/)).toBeVisible();
  await takeScreenshots(page, 'datasets-import-again');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Open that data set' }).click();
  await expect(page.getByRole('heading', { name: 'tickets', level: 1, exact: true })).toBeVisible();
});

test('a dropped file is streamed in pieces and imported', async () => {
  const { page, core } = app;
  await page.getByRole('link', { name: 'Datasets' }).click();
  await expect(page.getByText('No data set yet')).toBeVisible();
  const text = Array.from({ length: 3000 }, (_, index) =>
    chatLine(`${index} ${'word '.repeat(40)}`, 'a'),
  ).join('\n');
  const data = await page.evaluateHandle((content) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([content], 'dropped.jsonl'));
    return transfer;
  }, text);
  for (const type of ['dragenter', 'dragover', 'drop']) {
    await page.dispatchEvent('main', type, { dataTransfer: data });
  }
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'dropped', level: 1, exact: true })).toBeVisible({
    timeout: 30_000,
  });
  expect(await core.client.datasets.list()).toMatchObject([
    { sourceName: 'dropped.jsonl', exampleCount: 3000 },
  ]);
});
