import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Page } from 'playwright-core';
import { everyPair } from '../../shared/features/preferences/preferences.model.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { importText, taskEnd } from '../helpers/datasets.ts';
import { oddPairs } from '../helpers/odd-pairs.ts';
import { type OpenApp, openApp } from '../helpers/open-app.ts';
import { choosing, pairLine, setSettings } from '../helpers/preferences.ts';
import { takeScreenshots } from '../helpers/screenshot.ts';

let app: OpenApp;
const home = mkdtempSync(join(tmpdir(), 'lapidary-studio-'));
const folder = join(home, 'ws');

test.describe.configure({ mode: 'serial' });
test.afterEach(() => app.close());
test.afterAll(() => rmSync(home, { recursive: true, force: true }));

const press = async (page: Page, role: 'link' | 'button', name: string | RegExp): Promise<void> => {
  await page.getByRole(role, { name }).first().press('Enter');
};
const onScreen = (page: Page, position: number): Promise<void> =>
  expect(page.getByRole('status').filter({ hasText: new RegExp(`^Pair ${position}(,|$)`) })).toBeAttached();

async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate((to) => {
    globalThis.location.hash = `#${to}`;
  }, address);
}

async function looksFine(name: string): Promise<void> {
  await expectAccessible(app.page);
  await takeScreenshots(app.page, name);
  expect(app.problems).toEqual([]);
  expect(app.refused).toEqual([]);
}

/** The only set of the workspace. */
const theSet = async () => {
  const [set] = await app.core.client.preferences.list();
  if (!set) throw new Error('there is no set');
  return set;
};

test('from a file of pairs to twenty verdicts, by keys alone', async () => {
  app = await openApp({ home });
  const { client } = app.core;
  const { page } = app;
  await client.workspaces.create({ name: 'Studio', folder });
  await expect(page.getByRole('link', { name: 'Preferences' })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await expect(page.getByText('Which answer is better?')).toBeVisible();
  await expectAccessible(page);
  const content = Array.from({ length: 24 }, (_, at) => pairLine(at + 1)).join('\n');
  await expect(page.getByRole('link', { name: 'Try it on the demo project' })).toBeVisible();
  await importText(client, { folder: home, name: 'tone.jsonl', content: `${content}\n` });
  await press(page, 'link', 'Judge these pairs');
  await expect(page.getByText('from 24 prompts')).toBeVisible();
  await looksFine('preferences-new');
  await press(page, 'button', 'Make a set of 24 pairs');
  await expect(page.getByRole('grid', { name: 'Pairs' })).toBeVisible();
  await expect(page.getByRole('row', { name: /Question/ }).first()).toBeVisible();
  await looksFine('preferences-queue');
  await press(page, 'link', /^Judge$/);

  await onScreen(page, 1);
  await expect(page.getByRole('region', { name: 'Judging' })).toBeFocused();
  const keys = ['1', '2', '0', 'g', 'x', 'ArrowLeft', 'ArrowRight'];
  for (let position = 1; position <= 20; position += 1) {
    await onScreen(page, position);
    if (position === 4) await page.keyboard.press('s');
    await page.keyboard.press(keys[position % keys.length] ?? '1');
  }
  await onScreen(page, 21);
  await looksFine('preferences-judge');
  expect((await theSet()).verdicts).toBe(20);
  await expect(page.getByText(/a verdict/)).toBeVisible();

  // Flag, then skip, then the last ten, one of which comes back.
  await page.keyboard.press('f');
  await expect(page.getByText('flagged', { exact: true })).toBeVisible();
  await page.keyboard.press('Space');
  await onScreen(page, 22);
  await page.keyboard.press('h');
  const drawer = page.getByRole('region', { name: 'Last ten verdicts' });
  await expect(drawer.getByRole('listitem')).toHaveCount(10);
  await looksFine('preferences-recent');
  await drawer
    .getByRole('button', { name: /better|Tie|Both/ })
    .nth(1)
    .press('Enter');
  await onScreen(page, 19);
  await expect(page.getByText('judged before')).toBeVisible();
  await page.keyboard.press('x');
  await onScreen(page, 22);
  expect((await theSet()).verdicts).toBe(20);
});

test('undo goes on after a restart; the end of the queue says what comes next', async () => {
  app = await openApp({ home });
  const { client } = app.core;
  const { page } = app;
  await client.workspaces.open({ folder, recoveryPhrase: null });
  const { setId } = await theSet();
  await goTo(page, `/preferences/${setId}/judge`);
  await onScreen(page, 22);
  await page.keyboard.press('Backspace');
  await onScreen(page, 19);
  expect((await theSet()).verdicts).toBe(20);
  await page.keyboard.press('ControlOrMeta+z');
  await onScreen(page, 20);
  expect((await theSet()).verdicts).toBe(19);

  // The better answer is made ideal; Ctrl or Command with Enter saves it.
  await page.keyboard.press('e');
  await page.keyboard.press('1');
  const editor = page.getByRole('textbox', { name: 'Answer A, made ideal' });
  await expect(editor).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('the ideal answer');
  await looksFine('preferences-ideal');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(editor).toBeHidden();
  const [last] = await client.preferences.recent({ setId, reviewer: 'me', limit: 1 });
  expect(last?.ideal?.content).toBe('the ideal answer');

  // Another window is quicker: its verdict stands and is shown.
  await onScreen(page, 22);
  const { verdicts } = await theSet();
  const other = await app.openAnother();
  await goTo(other, `/preferences/${setId}/judge`);
  await onScreen(other, 22);
  await other.keyboard.press('2');
  await onScreen(other, 23);
  await page.keyboard.press('1');
  await expect(page.getByRole('alert').first()).toContainText('judged in another window');
  await expect(page.getByRole('button', { name: /B is better/ })).toHaveAttribute('aria-pressed', 'true');
  expect((await theSet()).verdicts).toBe(verdicts + 1);
  await looksFine('preferences-already');
  await press(page, 'button', 'Leave as it is');

  for (const position of [23, 24, 25]) {
    await onScreen(page, position);
    await page.keyboard.press('1');
  }
  await expect(page.getByText('Your queue is done')).toBeVisible();
  await looksFine('preferences-end');
  await press(page, 'link', /Judge the 1 skipped/);
  await onScreen(page, 21);
  await page.keyboard.press('2');
  await expect(page.getByText('No more of these')).toBeVisible();
});

test('odd answers stay text, ratings have stars, disputes are settled, every state is accessible', async () => {
  app = await openApp({ home });
  const { client } = app.core;
  const { page } = app;
  await client.workspaces.open({ folder, recoveryPhrase: null });
  const make = async (name: string, lines: readonly string[], kind: 'pairs' | 'ratings' = 'pairs') => {
    const path = join(home, `${name}.jsonl`);
    writeFileSync(path, `${lines.join('\n')}\n`);
    const { fileId } = (await client.files.choosePath({ path })).file;
    const settings = { ...setSettings, reviewersPerPair: 2 };
    const made = await client.preferences.create({ name, kind, source: { kind: 'file', fileId }, settings });
    expect((await taskEnd(client, made.taskId)).failure).toBeNull();
    return made.setId;
  };
  const setId = await make('odd', [...oddPairs.map((one) => JSON.stringify(one)), '{"broken']);
  const { rows } = await client.preferences.pairs({
    setId,
    reviewer: 'me',
    filter: everyPair,
    start: 0,
    limit: 10,
  });
  const pairOf = (text: string): number => {
    const row = rows.find(({ prompt }) => prompt.includes(text));
    if (!row) throw new Error(`no pair asks ${text}`);
    return row.pairId;
  };
  const show = async (text: string): Promise<void> => {
    await goTo(page, `/preferences/${setId}/judge?pair=${pairOf(text)}`);
    await expect(page.getByRole('region', { name: 'Prompt' })).toContainText(text);
  };
  await show('Hostile');
  const answers = page.getByRole('region', { name: 'Judging' });
  await expect(answers.getByText('<script>alert(2)</script>')).toBeVisible();
  await expect(answers.locator('a[href*="example"], img, script')).toHaveCount(0);
  await looksFine('preferences-hostile');
  await page.keyboard.press('d');
  await expect(page.getByRole('group', { name: 'From A to B' })).toBeVisible();
  await looksFine('preferences-diff');
  await show('Oslo');
  await expect(page.getByText('get_weather')).toBeVisible();
  await looksFine('preferences-tools');
  await show('الحل');
  await looksFine('preferences-rtl');
  await show('Long');
  await page.keyboard.press('d');
  await expect(page.getByRole('group', { name: 'From A to B' })).toContainText('end');
  await expect(page.getByText('Too much differs')).toHaveCount(0);
  await page.keyboard.press('d');
  await page.setViewportSize({ width: 900, height: 600 });
  await expect(page.getByRole('button', { name: /Save and next/ })).toBeInViewport();
  await page.keyboard.press('r');
  await expect(page.getByRole('group', { name: 'Reasons' })).toBeVisible();
  await looksFine('preferences-long');

  await goTo(page, `/preferences/${setId}?tab=quarantine`);
  await expect(page.getByText('Line 5')).toBeVisible();
  await looksFine('preferences-quarantine');

  for (const [reviewer, choice] of [
    ['ann', 'a'],
    ['bob', 'b'],
  ] as const) {
    const of = { setId, pairId: pairOf('Hostile'), reviewer };
    await client.preferences.decide({ ...of, verdict: choosing(choice), replaces: null, elapsedMs: 700 });
  }
  await goTo(page, `/preferences/${setId}/judge?role=adjudicator`);
  await expect(page.getByRole('region', { name: 'Verdicts of others' })).toContainText('ann: A better');
  await looksFine('preferences-adjudicate');
  await page.keyboard.press('2');
  await expect(page.getByText('No more of these')).toBeVisible();

  await goTo(page, `/preferences/${setId}?open=${pairOf('Hostile')}`);
  const pane = page.getByRole('region', { name: /^Pair \d$/ });
  await expect(pane.getByRole('region', { name: 'Answer B' })).toBeVisible();
  await looksFine('preferences-pair');
  for (const [entry, title] of [
    ['Rename…', 'Rename the set'],
    ['Assign to reviewers…', 'Assign to reviewers'],
    ['Reasons…', 'Reasons for a verdict'],
    ['Show the sources…', 'Show who wrote which answer?'],
  ] as const) {
    await press(page, 'button', 'More');
    await page.getByRole('menuitem', { name: entry }).press('Enter');
    const dialog = page
      .getByRole('dialog', { name: title })
      .or(page.getByRole('alertdialog', { name: title }));
    await expect(dialog).toBeVisible();
    await looksFine(`preferences-${title.split(' ')[0]?.toLowerCase() ?? ''}`);
    if (entry.startsWith('Show')) await press(page, 'button', 'Show the sources for good');
    else await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  }
  await expect(page.getByText('unblinded')).toBeVisible();
  expect((await client.preferences.get({ setId })).unblindedAt).not.toBeNull();

  await goTo(page, '/preferences/new');
  await page.getByRole('radio', { name: /^A JSONL file/ }).press('Space');
  await page.getByRole('textbox', { name: 'Or its path' }).fill(join(home, 'odd.jsonl'));
  await page.keyboard.press('Enter');
  await expect(page.getByText('from 4 prompts')).toBeVisible();
  await page.getByText('1 line will be set aside').click();
  await looksFine('preferences-new-file');

  const ratings = await make('stars', [pairLine(1), pairLine(2)], 'ratings');
  await goTo(page, `/preferences/${ratings}/judge`);
  await expect(page.getByRole('button', { name: '4 stars' })).toBeVisible();
  await looksFine('preferences-stars');
  await page.keyboard.press('4');
  await expect.poll(async () => (await client.preferences.get({ setId: ratings })).verdicts).toBe(1);
  await goTo(page, '/preferences');
  await expect(page.getByRole('table', { name: 'Preference sets, newest first' })).toContainText('odd');
  await looksFine('preferences');
});
