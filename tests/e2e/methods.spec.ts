import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { encode } from 'fast-png';
import { expectAccessible } from '../helpers/axe.ts';
import { taskEnd } from '../helpers/datasets.ts';
import { type OpenApp, openApp } from '../helpers/open-app.ts';
import { takeScreenshots } from '../helpers/screenshot.ts';

let app: OpenApp;

const topics = ['the invoice', 'the parcel', 'the return label', 'the password', 'the discount'];
const user = (content: string) => ({ role: 'user', content });
const assistant = (content: string) => ({ role: 'assistant', content });

/** Twenty pairs in the platform's spelling, of which one repeats itself, and four in that of trainers. */
function pairs(): string {
  const right = Array.from({ length: 20 }, (_, at) => {
    const topic = topics[at % topics.length] ?? '';
    const better = assistant(
      `I have looked up ${topic} of order ${1000 + at}: it is on its way to you and arrives tomorrow.`,
    );
    return {
      input: {
        messages: [
          { role: 'system', content: 'You answer customers of a shop.' },
          user(`Where is ${topic} of order ${1000 + at}?`),
        ],
      },
      preferred_output: [better],
      non_preferred_output: [at === 7 ? better : assistant('Please see our web site.')],
    };
  });
  const misspelled = Array.from({ length: 4 }, (_, at) => ({
    prompt: `Can I change ${topics[at] ?? ''}?`,
    chosen: 'Yes, until it leaves our warehouse; tell me what it should be.',
    rejected: 'No.',
  }));
  return [...right, ...misspelled].map((row) => JSON.stringify(row)).join('\n');
}

/** Twelve tasks with a target, one of which lacks it and one whose answer is in the wrong place. */
function tasks(): string {
  return Array.from({ length: 12 }, (_, at) => {
    const messages = [
      { role: at === 2 ? 'system' : 'developer', content: 'Answer with a number only.' },
      user(`What is ${at} × ${at + 1}?`),
    ];
    if (at === 5) return { messages: [...messages, assistant('30')], kind: 'product' };
    return { messages, ...(at === 8 ? {} : { target: String(at * (at + 1)) }), kind: 'product' };
  })
    .map((row) => JSON.stringify(row))
    .join('\n');
}

/** A message with a question and a picture to look at in low detail. */
function pictureOf(url: string): unknown[] {
  return [
    { type: 'text', text: 'What is damaged here?' },
    { type: 'image_url', image_url: { url, detail: 'low' } },
  ];
}

test.beforeEach(async () => {
  app = await openApp();
  await app.core.client.workspaces.create({ name: 'Methods', folder: join(app.home, 'ws') });
  await app.page.reload();
});
test.afterEach(() => app.close());

/** Imports a file, its method being recognised, and opens a tab of the data set. */
async function open(name: string, content: string, tab: string): Promise<string> {
  const { page, core } = app;
  const path = join(app.home, `${name}.jsonl`);
  writeFileSync(path, content);
  const { file } = await core.client.files.choosePath({ path });
  const { taskId, datasetId } = await core.client.datasets.importFile({
    fileId: file.fileId,
    name: null,
    again: false,
  });
  await taskEnd(core.client, taskId);
  await page.evaluate((to) => {
    globalThis.location.hash = `#/datasets/${to}`;
  }, datasetId);
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
  await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
  return datasetId;
}

test('preference pairs: two sides, a spelling mended with one click and undone', async () => {
  const { page, core } = app;
  const datasetId = await open('support-pairs', pairs(), 'Examples');
  await expect(page.getByText('DPO', { exact: true })).toBeVisible();
  await page.getByRole('gridcell', { name: /Where is the return label of order 1007/ }).click();
  const pane = page.getByRole('region', { name: 'Example 8' });
  await expect(pane.getByRole('region', { name: 'Not preferred' })).toContainText('arrives tomorrow');
  await takeScreenshots(page, 'methods-pair');
  await expectAccessible(page);
  await page.keyboard.press('Escape');

  await page.getByRole('tab', { name: 'Readiness' }).click();
  await expect(page.getByRole('heading', { name: 'Not ready' })).toBeVisible();
  await takeScreenshots(page, 'methods-readiness');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Mend all: Keys of a preference pair spelled otherwise' }).click();
  await expect(page.getByRole('heading', { name: /^Keys of a preference pair/ })).toBeHidden();
  expect(await core.client.datasets.get({ datasetId })).toMatchObject({
    editedCount: 4,
    findingCounts: { error: 0 },
  });
  await core.client.workspaces.undo();
  await expect(page.getByRole('heading', { name: /^Keys of a preference pair/ })).toBeVisible();

  await page.getByRole('button', { name: /^Compare the rows/ }).click();
  await expect(page.getByText('All rows were compared with each other')).toBeVisible();
  await expect(page.getByText('Preferred is nearly always longer')).toBeVisible();
  await page.getByRole('button', { name: 'Show: Both sides are the same' }).click();
  await expect(page.getByRole('status').filter({ hasText: '1 of 24' })).toBeVisible();
  expect(app.problems).toEqual([]);
});

test('a method recognised wrongly is changed from the menu, and undone', async () => {
  const { page, core } = app;
  const datasetId = await open(
    'sums-without-fields',
    tasks().replaceAll(/,"(?:target|kind)":"[^"]*"/g, ''),
    'Examples',
  );
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Change the method…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Method of this data set' });
  const before = (await core.client.datasets.get({ datasetId })).method;
  const other = before === 'rft' ? 'sft' : 'rft';
  await dialog.getByRole('radio', { name: new RegExp(`^${other.toUpperCase()}`) }).focus();
  await page.keyboard.press('Space');
  await takeScreenshots(page, 'methods-change');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Change the method' }).click();
  await expect(page.getByText(other.toUpperCase(), { exact: true })).toBeVisible();
  await expect(
    page.getByRole('columnheader', { name: other === 'rft' ? 'Reference' : 'Answer' }),
  ).toBeVisible();
  await core.client.workspaces.undo();
  await expect(page.getByText(before.toUpperCase(), { exact: true })).toBeVisible();
  expect(app.problems).toEqual([]);
});

test('reinforcement rows: fields for the grader, and what a provider minds', async () => {
  const { page } = app;
  await open('sums', tasks(), 'Examples');
  await expect(page.getByText('RFT', { exact: true })).toBeVisible();
  await page.getByRole('gridcell', { name: 'What is 3 × 4?' }).click();
  const pane = page.getByRole('region', { name: 'Example 4' });
  await expect(pane.getByRole('region', { name: 'Fields for the grader' })).toContainText('item.target');
  await takeScreenshots(page, 'methods-item');
  await expectAccessible(page);
  await page.keyboard.press('Escape');

  await page.getByRole('tab', { name: 'Readiness' }).click();
  await page.getByRole('button', { name: 'Grader: No grader is named' }).click();
  const dialog = page.getByRole('dialog', { name: 'Grader of this data set' });
  await dialog
    .getByRole('textbox', { name: 'Grader as JSON' })
    .fill(
      '{"type":"string_check","name":"exact","operation":"eq","input":"{{sample.output_text}}","reference":"{{item.target}}"}',
    );
  await takeScreenshots(page, 'methods-grader');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Name the grader' }).click();
  await expect(page.getByText('A grader is named')).toBeVisible();
  await page.getByRole('button', { name: /^Compare the rows/ }).click();
  await expect(page.getByText('A field the grader needs is missing')).toBeVisible();

  await page.getByRole('button', { name: /Provider/ }).click();
  await page.getByRole('option', { name: /Azure/ }).click();
  await expect(
    page.getByRole('region', { name: /^Blocking/ }).getByText('Role “system” for a reasoning model'),
  ).toBeVisible();
  await takeScreenshots(page, 'methods-readiness-azure');
  expect(app.problems).toEqual([]);
});

test('moderation: what would be sent is shown first; practice names the rows', async () => {
  const { page, core } = app;
  const rows: { messages: { role: string; content: unknown }[] }[] = Array.from({ length: 24 }, (_, at) => ({
    messages: [
      user(at === 5 ? `I will hurt you over order ${at}` : `Where is order ${at}?`),
      assistant(`Order ${at} is on its way.`),
    ],
  }));
  const seen = pictureOf('data:image/png;base64,iVBORw0KGgo=');
  rows.push({ messages: [{ role: 'user', content: seen }, assistant('The lid.')] });
  await open('tickets', rows.map((row) => JSON.stringify(row)).join('\n'), 'Readiness');
  const section = page.getByRole('region', { name: 'Moderation check' });
  await section.getByRole('button', { name: 'Plan a check' }).click();
  const dialog = page.getByRole('dialog', { name: 'Moderation check' });
  await expect(dialog.getByText('this machine; nothing leaves it')).toBeVisible();
  await expect(dialog.getByText('1 picture, each in a request of its own')).toBeVisible();
  await takeScreenshots(page, 'moderation-plan');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Check 50 texts here' }).click();
  await expect(section.getByText('1 example flagged')).toBeVisible();
  await section.scrollIntoViewIfNeeded();
  await takeScreenshots(page, 'moderation-done');
  await expectAccessible(page);
  expect((await core.client.egress.summary()).requests).toBe(0);
  await section.getByRole('button', { name: 'Show the flagged examples' }).click();
  await expect(page.getByRole('status').filter({ hasText: '1 of 25' })).toBeVisible();
  expect(app.problems).toEqual([]);
});

test('a picture says what it costs at each detail level', async () => {
  const { page } = app;
  const pixels = new Uint8Array(1024 * 600 * 3).map((_, at) => (at * 7) % 256);
  const png = encode({ width: 1024, height: 600, data: pixels, channels: 3 });
  const url = `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
  const row = { messages: [{ role: 'user', content: pictureOf(url) }, assistant('The lid.')] };
  await open('damages', JSON.stringify(row), 'Examples');
  await page.getByRole('gridcell', { name: /What is damaged here/ }).click();
  await expect(page.getByText('low 85 (chosen)')).toBeVisible();
  await expect(page.getByText(/1,024 × 600 px, PNG/)).toBeVisible();
  await takeScreenshots(page, 'methods-picture');
  await expectAccessible(page);
  expect(app.problems).toEqual([]);
});
