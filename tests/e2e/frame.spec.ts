import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectAccessible } from '../helpers/axe.ts';
import { type OpenApp, openApp } from '../helpers/open-app.ts';
import { takeScreenshots } from '../helpers/screenshot.ts';

let app: OpenApp;

async function withWorkspace(): Promise<void> {
  await app.core.client.workspaces.create({ name: 'acme-support', folder: join(app.home, 'acme') });
  await expect(app.page.getByRole('button', { name: 'acme-support' })).toBeVisible();
}

test.describe('before there is a workspace', () => {
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

  test('is accessible in light and dark, without and with a workspace', async () => {
    await expect(app.page.getByRole('main')).toBeVisible();
    await expectAccessible(app.page);
    await withWorkspace();
    await expectAccessible(app.page);
  });

  test('looks as it should', async () => {
    await expect(app.page.getByRole('main')).toBeVisible();
    await takeScreenshots(app.page, 'first-run');
    await withWorkspace();
    await takeScreenshots(app.page, 'home');
  });

  test('a chosen theme is kept, and the next start paints with it at once', async () => {
    await app.page.emulateMedia({ colorScheme: 'light' });
    await expect(app.page.getByRole('main')).toBeVisible();
    await app.page.keyboard.press('ControlOrMeta+k');
    await app.page.getByRole('combobox').fill('theme dark');
    await app.page.keyboard.press('Enter');
    await expect(app.page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect.poll(async () => (await app.core.client.settings.get()).settings.theme).toBe('dark');

    await app.page.reload({ waitUntil: 'commit' });
    await expect(app.page.locator('html')).toHaveAttribute('data-theme', 'dark');
    const scheme = await app.page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
    expect(scheme).toBe('dark');
  });

  test('an unknown address says so and leads home', async () => {
    await app.page.evaluate(() => {
      location.hash = '#/nowhere/at/all';
    });
    await expect(app.page.getByText('There is no such page')).toBeVisible();
    await expect(app.page.getByRole('link', { name: 'Go to Home' })).toBeVisible();
  });
});

test.describe('with a workspace', () => {
  test.beforeAll(async () => {
    app = await openApp();
    await withWorkspace();
  });
  test.afterAll(() => app.close());

  /** A document of its own for each: nothing is open, and nothing has focus. */
  test.beforeEach(async () => {
    await app.page.setViewportSize({ width: 1280, height: 800 });
    await app.page.evaluate(() => {
      location.hash = '#/';
    });
    await app.page.reload();
    await expect(app.page.getByRole('heading', { level: 1, name: 'acme-support' })).toBeVisible();
  });

  test('the palette finds a page by its name and goes there by keyboard alone', async () => {
    await app.page.keyboard.press('ControlOrMeta+k');
    const field = app.page.getByRole('combobox');
    await expect(field).toBeFocused();
    await expectAccessible(app.page);
    await takeScreenshots(app.page, 'palette');
    await field.fill('activ');
    await app.page.keyboard.press('Enter');
    await expect(app.page.getByRole('heading', { level: 1, name: 'Activity' })).toBeVisible();
    await expect(app.page).toHaveTitle('Activity · Lapidary');

    await app.page.keyboard.press('ControlOrMeta+k');
    await expect(app.page.getByRole('group', { name: 'Recent' })).toContainText('Activity');
    await app.page.keyboard.press('Escape');
    await expect(field).toBeHidden();
    await expect(app.page.getByRole('heading', { level: 1, name: 'Activity' })).toBeVisible();
  });

  test('Esc in the palette gives focus back to where it was', async () => {
    const switcher = app.page.getByRole('button', { name: 'acme-support' });
    await switcher.focus();
    await app.page.keyboard.press('ControlOrMeta+k');
    await expect(app.page.getByRole('combobox')).toBeFocused();
    await app.page.keyboard.press('Escape');
    await expect(switcher).toBeFocused();
  });

  test('? shows the keys, sequences go to pages, letters in a field stay letters', async () => {
    await app.page.keyboard.press('?');
    await expect(app.page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    await expectAccessible(app.page);
    await takeScreenshots(app.page, 'keys');
    await app.page.keyboard.press('Escape');
    await app.page.keyboard.press('g');
    await app.page.keyboard.press('a');
    await expect(app.page.getByRole('heading', { level: 1, name: 'Activity' })).toBeVisible();

    await app.page.keyboard.press('ControlOrMeta+k');
    await app.page.keyboard.type('gh?');
    await expect(app.page.getByRole('combobox')).toHaveValue('gh?');
    await expect(app.page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeHidden();
  });

  test('the first Tab offers to skip to the page', async () => {
    await app.page.keyboard.press('Tab');
    await expect(app.page.getByRole('button', { name: 'Skip to content' })).toBeFocused();
    await app.page.keyboard.press('Enter');
    await expect(app.page.getByRole('main')).toBeFocused();
  });

  test('F6 walks the panes', async () => {
    const panes: string[] = [];
    for (let step = 0; step < 4; step++) {
      await app.page.keyboard.press('F6');
      panes.push(
        await app.page.evaluate(
          () => document.activeElement?.closest('[data-pane]')?.tagName.toLowerCase() ?? 'none',
        ),
      );
    }
    expect(panes.slice(0, 2)).toEqual(['header', 'nav']);
    expect(new Set(panes).size).toBeGreaterThan(2);
  });

  test('a small window and 200 % zoom keep everything reachable', async () => {
    for (const size of [
      { width: 900, height: 600 },
      { width: 640, height: 400 },
    ]) {
      await app.page.setViewportSize(size);
      await expect(app.page.getByRole('link', { name: 'Activity' })).toBeInViewport();
      const overflow = await app.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, `${size.width} wide`).toBeLessThanOrEqual(0);
      await expectAccessible(app.page);
    }
  });

  test('undo with nothing to undo says so', async () => {
    await app.page.getByRole('main').focus();
    await app.page.keyboard.press('ControlOrMeta+z');
    await expect(app.page.getByText('There is nothing to undo.')).toBeVisible();
    await expectAccessible(app.page);
  });

  test('navigation can be narrowed and says its names still', async () => {
    const width = async (): Promise<number> =>
      (await app.page.getByRole('navigation', { name: 'Features' }).boundingBox())?.width ?? 0;
    const wide = await width();
    await app.page.keyboard.press('ControlOrMeta+b');
    await expect.poll(width).toBeLessThan(wide / 2);
    await expect(app.page.getByRole('link', { name: 'Activity' })).toBeVisible();
    await expectAccessible(app.page);
  });
});
