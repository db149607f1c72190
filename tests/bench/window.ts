import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Page } from 'playwright-core';
import { type ChromiumApp, openInChromium } from '../helpers/chromium-app.ts';
import { taskEnd } from '../helpers/datasets.ts';
import { msUntilOther, msUntilShown, viewShown, watchWindow } from '../helpers/window-probe.ts';
import { writeCorpus } from './corpus.ts';

/*
 * The seeded corpus in the real window: scrolled, filtered, searched, changed in bulk, taken back, also after a restart.
 * Run: node tests/bench/window.ts [examples] [app folder]. Prints one JSON object a step; `coreStallMs` is the longest time in which the
 * core answered nobody. A folder that is given is kept, and its data set is used again the next time. Needs a build.
 */

const count = Number(process.argv[2] ?? 1_000_000);
const given = process.argv[3];
const home = given ?? mkdtempSync(join(tmpdir(), 'lapidary-window-'));
mkdirSync(home, { recursive: true });
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();

/** Does one step and prints what it cost the window and the core. */
async function step(
  page: Page,
  name: string,
  work: () => Promise<Record<string, unknown> | void>,
): Promise<void> {
  delay.reset();
  const start = performance.now();
  let facts: Record<string, unknown> = {};
  const window = await watchWindow(page, async () => {
    facts = (await work()) ?? {};
  });
  const ms = Math.round(performance.now() - start);
  const coreStallMs = Math.round(delay.max / 1e6);
  console.log(
    JSON.stringify({ bench: 'window', examples: count, step: name, ms, ...facts, coreStallMs, ...window }),
  );
}

async function openDataset(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: 'Datasets' }).click();
  await page.getByRole('link', { name }).first().click();
  await page.getByRole('gridcell').first().waitFor();
}

/** The message that says what was done; waits for it as long as it takes. */
async function told(page: Page, words: RegExp): Promise<{ said: string }> {
  const toast = page.locator('[data-sonner-toast]').filter({ hasText: words }).first();
  await toast.waitFor({ timeout: 600_000 });
  return { said: (await toast.textContent()) ?? '' };
}

async function scroll(page: Page): Promise<void> {
  const grid = page.getByRole('grid', { name: 'Examples' });
  const box = await grid.boundingBox();
  if (!box) throw new Error('the grid is not shown');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await step(page, 'scroll by wheel', async () => {
    for (let turn = 0; turn < 120; turn += 1) await page.mouse.wheel(0, 400);
  });
  await page.getByRole('gridcell').nth(1).press('ArrowRight');
  await step(page, 'scroll by PageDown', async () => {
    for (let turn = 0; turn < 80; turn += 1) await page.keyboard.press('PageDown', { delay: 15 });
  });
  await step(page, 'End and Home', async () => {
    for (const key of ['Control+End', 'Control+Home', 'Control+End', 'Control+Home']) {
      await page.keyboard.press(key);
      await page.waitForFunction(
        () => globalThis.lapidaryProbe?.isBlank() === false && !globalThis.lapidaryProbe.isBehind(),
      );
    }
  });
  await step(page, 'jumps of the scrollbar', async () => {
    for (let turn = 1; turn <= 20; turn += 1) {
      await page.evaluate(
        (share) => {
          const body = document.querySelector('[role="grid"]');
          if (body) body.scrollTop = body.scrollHeight * share;
        },
        (turn * 0.37) % 1,
      );
      await page.waitForFunction(
        () => globalThis.lapidaryProbe?.isBlank() === false && !globalThis.lapidaryProbe.isBehind(),
      );
    }
  });
  await page.keyboard.press('Control+Home');
}

async function narrow(page: Page, held: number): Promise<void> {
  const showAll = page.getByRole('button', { name: 'Show all', exact: true });
  for (const [name, entries] of [
    ['filter: with errors', ['With errors']],
    ['filter: a finding', ['Exact duplicate']],
    ['filter: not assigned to a split', ['Split', 'unassigned']],
    ['filter: a role', ['Role', /^system/]],
  ] as const) {
    const before = await viewShown(page);
    await step(page, name, async () => {
      await page.getByRole('button', { name: 'Filter', exact: true }).press('Enter');
      for (const [at, entry] of entries.entries()) {
        const item = page.getByRole('menuitem', { name: entry }).first();
        await item.press(at === entries.length - 1 ? 'Enter' : 'ArrowRight');
      }
      const firstPaintMs = await msUntilOther(page, before);
      return { firstPaintMs, countedMs: await msUntilShown(page, name.includes('split') ? held : 'fewer') };
    });
    await showAll.click();
    await msUntilShown(page, held);
  }
  const before = await viewShown(page);
  await step(page, 'search', async () => {
    await page.getByRole('searchbox', { name: 'Search in the examples' }).fill('shipping');
    const firstPaintMs = await msUntilOther(page, before);
    return { firstPaintMs, countedMs: await msUntilShown(page, 'fewer') };
  });
  await showAll.click();
  await msUntilShown(page, held);
}
/** Picks all that is shown and does something to it with a button of the bar at the foot. */
async function change(page: Page, name: string, work: () => Promise<{ said: string }>): Promise<void> {
  await step(page, `${name}: pick all`, async () => {
    await page.getByRole('button', { name: 'Filter', exact: true }).focus();
    await page.keyboard.press('Shift+A');
    await page.getByText(/^[\d,]+ picked$/).waitFor();
  });
  await step(page, name, work);
}

async function changeMany(page: Page): Promise<void> {
  const bar = page.getByRole('region', { name: 'Picked examples' });
  await change(page, 'tag all', async () => {
    await bar.getByRole('button', { name: 'Tag…' }).click();
    await page.keyboard.type('seen');
    await page.keyboard.press('Enter');
    return told(page, /tagged anew/);
  });
  await change(page, 'approve all', async () => {
    await bar.getByRole('button', { name: 'Approve' }).click();
    return told(page, /approved/);
  });
  await page.getByRole('button', { name: 'Filter', exact: true }).press('Enter');
  await page.getByRole('menuitem', { name: 'Split' }).press('ArrowRight');
  await page.getByRole('menuitem', { name: 'unassigned' }).press('Enter');
  await change(page, 'delete all', async () => {
    await bar.getByRole('button', { name: /^Delete/ }).click();
    return told(page, /deleted/);
  });
  await page
    .getByText('There is no example left')
    .or(page.getByText('No example fits the filter'))
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Show all' }).first().click();
}

async function takeBack(page: Page, words: RegExp): Promise<void> {
  await step(page, `undo: ${words.source}`, async () => {
    await page.keyboard.press('ControlOrMeta+z');
    return told(page, new RegExp(`Undone: ${words.source}`));
  });
}

async function importCorpus({ client }: ChromiumApp['core']): Promise<void> {
  const file = join(home, 'corpus.jsonl');
  writeCorpus(file, count, { seed: 42 });
  await client.workspaces.create({ name: 'Bench', folder: join(home, 'ws') });
  const chosen = await client.files.choosePath({ path: file });
  const { taskId } = await client.datasets.importFile({
    fileId: chosen.file.fileId,
    name: null,
    again: false,
  });
  await taskEnd(client, taskId);
  for await (const tasks of await client.activity.watch())
    if (tasks.every(({ endedAt }) => endedAt !== null)) break;
  rmSync(file);
}

const datasetOf = async ({ client }: ChromiumApp['core']): Promise<{ name: string; exampleCount: number }> =>
  (await client.datasets.list())[0] ?? { name: '', exampleCount: 0 };

let app = await openInChromium(home);
try {
  if (!existsSync(join(home, 'ws'))) await importCorpus(app.core);
  else await app.core.client.workspaces.open({ folder: join(home, 'ws'), recoveryPhrase: null });
  const { name, exampleCount: held } = await datasetOf(app.core);
  await app.page.reload();
  const { page } = app;
  await step(page, 'open', async () => openDataset(page, name));
  await scroll(page);
  await narrow(page, held);
  await changeMany(page);
  await app.close();
  app = await openInChromium(home);
  await app.core.client.workspaces.open({ folder: join(home, 'ws'), recoveryPhrase: null });
  await app.page.reload();
  await openDataset(app.page, name).catch(() => {});
  for (const words of [/delete/, /approve/, /tag/]) await takeBack(app.page, words);
  const { exampleCount: left } = await datasetOf(app.core);
  console.log(
    JSON.stringify({ bench: 'window', held, left, isWhole: held === left, problems: app.problems }),
  );
  if (left !== held) process.exitCode = 1;
} finally {
  await app.close();
  if (given === undefined) rmSync(home, { recursive: true, force: true });
}
