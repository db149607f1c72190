import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findBrowser } from '../../electron/app-window/find-browser.ts';
import { everyPair } from '../../shared/features/preferences/preferences.model.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { makeReviewFile, mergeTexts, passphrase } from '../helpers/ballots.ts';
import { watch } from '../helpers/chromium-app.ts';
import { createPreferenceApp, type PreferenceApp } from '../helpers/preferences.ts';
import { takeScreenshots } from '../helpers/screenshot.ts';

// The page of a review file in a browser that knows nothing of the app: from disk, with the network switched off.

const hostile =
  '<img src=x onerror="document.title=\'run\'"><script>alert(1)</script> [a](javascript:alert(1))';
const pairLine = (n: number): string =>
  JSON.stringify({
    input: {
      messages: [
        { role: 'system', content: 'Answer in one sentence.' },
        { role: 'user', content: `Question ${n}: why is the sky blue?` },
      ],
    },
    preferred_output: [
      { role: 'assistant', content: n === 1 ? hostile : `Short light scatters more. (${n})` },
    ],
    non_preferred_output: [{ role: 'assistant', content: `Because of the sea, which it mirrors. (${n})` }],
  });

let app: PreferenceApp;
let browser: Browser;
let setId: string;
let file: string;
test.beforeAll(async () => {
  app = await createPreferenceApp();
  setId = await app.makeSet([1, 2, 3, 4, 5].map(pairLine));
  file = await makeReviewFile(app.client, { setId, folder: app.folder });
  const found = findBrowser();
  if (found === null) throw new Error('No Chromium, Chrome or Edge here; run: npm test');
  browser = await chromium.launch({ executablePath: found, chromiumSandbox: process.getuid?.() !== 0 });
});
test.afterAll(async () => {
  await browser?.close();
  await app?.close();
});

/** The review file as a colleague opens it; `refused` are the addresses that it asked for beside itself. */
async function openPage(): Promise<{ page: Page; problems: string[]; refused: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true });
  await context.setOffline(true);
  const page = await context.newPage();
  const refused: string[] = [];
  page.on('request', (request) => {
    if (request.url() !== pathToFileURL(file).href && !request.url().startsWith('blob:'))
      refused.push(request.url());
  });
  const problems = watch(page);
  await page.goto(pathToFileURL(file).href);
  return { page, problems, refused };
}

async function unlock(page: Page, typed = passphrase): Promise<void> {
  await page.getByLabel('Passphrase').fill(typed);
  await page.keyboard.press('Enter');
}

async function saveBallot(page: Page): Promise<string> {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save ballot' }).press('Enter');
  const download = await downloading;
  const path = join(app.folder, download.suggestedFilename());
  await download.saveAs(path);
  return readFileSync(path, 'utf8');
}

const choicesOf = async (reviewer: string) =>
  (await app.client.preferences.pairs({ setId, reviewer, filter: everyPair, start: 0, limit: 10 })).rows.map(
    ({ choice }) => choice,
  );

test('a colleague opens it, judges by keyboard, reloads, finishes, and the ballot is merged', async () => {
  const { page, problems, refused } = await openPage();
  await expectAccessible(page);
  await unlock(page, 'not the passphrase');
  await expect(page.getByRole('alert')).toContainText('does not open the file');
  await expect(page.getByLabel('Passphrase')).toBeFocused();
  await expectAccessible(page);
  await unlock(page);
  await page.getByLabel('Your name').fill('Zoë');
  await page.keyboard.press('Enter');
  const heading = page.getByRole('heading', { name: 'Pair 1 of 5' });
  await expect(heading).toBeFocused();
  await expectAccessible(page);
  await takeScreenshots(page, 'review-file');
  // At four times the size (WCAG 2.2, 1.4.10) nothing lies beside the window.
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  await page.setViewportSize({ width: 1280, height: 800 });

  const status = page.getByRole('status');
  await page.keyboard.press('s');
  await page.keyboard.press('s');
  await expect(status).toHaveText('Clearly');
  await page.keyboard.press('r');
  await page.keyboard.press('Space');
  await page.keyboard.press('n');
  await page.keyboard.type('12 reasons, f and 0');
  await page.keyboard.press('Escape');
  await page.keyboard.press('1');
  await expect(status).toHaveText('A is better, kept. Pair 2 of 5.');
  await expect(page.getByText('1 of 5 judged')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(status).toContainText('B is better, kept. Pair 3');
  await page.keyboard.press('f');
  await expect(status).toHaveText('Flagged.');
  await page.keyboard.press('Space');
  await expect(status).toHaveText('Skipped. Pair 4 of 5.');
  await page.keyboard.press('g');
  await page.keyboard.press('Backspace');
  await expect(status).toHaveText('Taken back: pair 4.');

  await page.reload();
  await unlock(page);
  await expect(status).toHaveText('You have judged 2. Go on where you left off.');
  await expect(page.getByRole('heading', { name: 'Pair 4 of 5' })).toBeFocused();
  await page.keyboard.press('x');
  await page.keyboard.press('0');
  await expect(page.getByRole('heading', { name: 'All are judged but 1' })).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots(page, 'review-file-end');
  const half = await saveBallot(page);
  await page.getByRole('button', { name: 'Judge the 1 skipped' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Pair 3 of 5' })).toBeFocused();
  await page.keyboard.press('2');
  await expect(page.getByRole('heading', { name: 'All are judged' })).toBeVisible();
  await page.getByRole('button', { name: 'Previous' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Pair 3 of 5' })).toBeFocused();
  await page.getByRole('button', { name: 'Previous' }).press('Enter');
  await expect(page.getByRole('button', { name: 'B is better' })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('1');
  await expect(page.getByRole('heading', { name: 'All are judged' })).toBeVisible();
  const whole = await saveBallot(page);
  expect(problems).toEqual([]);
  expect(refused).toEqual([]);

  const merge = (texts: string[]) => mergeTexts(app.client, texts, { setId, folder: app.folder });
  expect(await merge([half, whole])).toMatchObject([
    { refused: null, reviewer: 'Zoë', added: 4 },
    { refused: null, added: 1, changed: 1, unchanged: 3 },
  ]);
  expect(await choicesOf('Zoë')).toEqual(['a', 'a', 'b', 'both_bad', 'tie']);
  const [first] = await app.client.preferences
    .recent({ setId, reviewer: 'Zoë', limit: 5 })
    .then((all) => all.filter(({ position }) => position === 1));
  expect(first).toMatchObject({ strength: 2, reasons: ['accuracy'], note: '12 reasons, f and 0' });
  await page.context().close();
});

test('hostile text stays text', async () => {
  const { page, problems } = await openPage();
  await unlock(page);
  await page.getByLabel('Your name').fill('Bob');
  await page.keyboard.press('Enter');
  await page.getByRole('checkbox', { name: 'Single keys judge' }).uncheck();
  const next = page.getByRole('button', { name: 'Next' });
  while (!(await page.getByText(hostile).isVisible())) {
    const now = await page.getByRole('heading', { name: /^Pair/ }).textContent();
    await next.click();
    await expect(page.getByRole('heading', { name: /^Pair/ })).not.toHaveText(now ?? '');
  }
  expect(await page.locator('img, a, iframe').count()).toBe(0);
  expect(await page.title()).toBe('Which answer is better?');
  await page.keyboard.press('1');
  await expect(page.getByText('0 of 5 judged')).toBeVisible();
  expect(problems).toEqual([]);
  await page.context().close();
});

test('a second tab does not judge beside the first', async () => {
  const { page } = await openPage();
  await unlock(page);
  await expect(page.getByLabel('Your name')).toBeVisible();
  const second = await page.context().newPage();
  await second.goto(pathToFileURL(file).href);
  await unlock(second);
  await expect(second.getByRole('alert')).toContainText('open in another tab');
  await page.close();
  await second.reload();
  await unlock(second);
  await expect(second.getByLabel('Your name')).toBeVisible();
  await second.context().close();
});

test('where a browser keeps nothing, the page says so and goes on from a saved ballot', async () => {
  const { page } = await openPage();
  await page.addInitScript(() => Object.defineProperty(globalThis, 'indexedDB', { value: undefined }));
  await page.reload();
  await unlock(page);
  await page.getByLabel('Your name').fill('Cy');
  await page.keyboard.press('Enter');
  await expect(page.getByText('This browser keeps nothing for this page')).toBeVisible();
  await page.keyboard.press('1');
  await expect(page.getByText('1 of 5 judged')).toBeVisible();
  const text = await saveBallot(page);
  await page.reload();
  await unlock(page);
  await page.getByLabel('Your name').fill('Cy');
  await page.keyboard.press('Enter');
  await page
    .getByLabel('Go on from a saved ballot')
    .setInputFiles({ name: 'ballot.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await expect(page.getByRole('status')).toContainText('Loaded 1 verdicts. It was signed in another browser');
  await expect(page.getByText('1 of 5 judged')).toBeVisible();
  await page.context().close();
});
