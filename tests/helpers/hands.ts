import { expect } from '@playwright/test';
import type { Locator, Page } from 'playwright-core';

/** Somebody at the window: the same work with the mouse or with the keys. */
export type Hand = {
  /** Presses a button, follows a link, chooses an entry. */
  press(target: Locator): Promise<void>;
  /** Sets a radio button, a check box or a tab. */
  choose(target: Locator): Promise<void>;
  /** Puts `text` in the place of what a field holds. */
  write(target: Locator, text: string): Promise<void>;
  /** Opens a menu or a list and takes the entry with these words. */
  pick(opener: Locator, entry: string): Promise<void>;
  /** Opens the row of a grid that holds this cell. */
  open(cell: Locator): Promise<void>;
  /** Runs a command by its title from the palette. */
  run(title: string): Promise<void>;
};

const paletteName = 'Search or run a command';

const entryNamed = (page: Page, name: string): Locator =>
  page.getByRole('menuitem', { name }).or(page.getByRole('option', { name }));

/** A hand that only points and clicks, and types into fields. */
export function mouseHand(page: Page): Hand {
  const choose = async (target: Locator): Promise<void> => {
    // Radio buttons and check boxes are drawn by their label, which is what one clicks.
    const label = target.locator('xpath=ancestor::label');
    await ((await label.count()) > 0 ? label : target).click();
  };
  return {
    press: (target) => target.click(),
    choose,
    async write(target, text) {
      await target.click({ clickCount: 3 });
      await target.fill(text);
    },
    async pick(opener, entry) {
      await opener.click();
      await entryNamed(page, entry).click();
    },
    open: (cell) => cell.click(),
    async run(title) {
      await page.getByRole('button', { name: paletteName }).click();
      await page.getByRole('dialog', { name: paletteName }).getByRole('option', { name: title }).click();
    },
  };
}

const mostTabs = 150;
const mostArrows = 60;
const arrowGroups = ['radiogroup', 'tablist', 'menu', 'listbox', 'grid']
  .map((role) => `[role="${role}"]`)
  .join();

/**
 * Where focus is, seen from `target`: on it (for a grid, in its row), beside it in the same group that arrow keys
 * walk through, or elsewhere.
 */
function focusSeenFrom(target: Element, groups: string): 'here' | 'across' | 'down' | 'elsewhere' {
  const active = document.activeElement;
  if (!active || active === document.body) return 'elsewhere';
  const row = target.closest('[role="row"]');
  if (active === target || (row !== null && active.closest('[role="row"]') === row)) return 'here';
  const group = target.closest(groups);
  if (!group?.contains(active)) return 'elsewhere';
  return group.getAttribute('role') === 'tablist' ? 'across' : 'down';
}

/** Moves focus to `target` as a person without a mouse does: Tab, and arrows inside a group. */
async function reach(page: Page, target: Locator): Promise<void> {
  await target.waitFor({ state: 'attached' });
  let tabs = 0;
  let arrows = 0;
  while (tabs < mostTabs && arrows < mostArrows) {
    const place = await target.evaluate(focusSeenFrom, arrowGroups);
    if (place === 'here') return;
    if (place === 'elsewhere') {
      tabs += 1;
      await page.keyboard.press('Tab');
    } else {
      arrows += 1;
      await page.keyboard.press(place === 'across' ? 'ArrowRight' : 'ArrowDown');
    }
  }
  const stuck = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200));
  throw new Error(`Keys alone do not lead to ${String(target)}; focus is on ${stuck ?? 'nothing'}`);
}

/** A hand that never touches the mouse. */
export function keyboardHand(page: Page): Hand {
  const press = async (target: Locator): Promise<void> => {
    await expect(target).toBeEnabled();
    await reach(page, target);
    await page.keyboard.press('Enter');
  };
  return {
    press,
    async choose(target) {
      await reach(page, target);
      const kind = await target.evaluate(
        (element) => element.getAttribute('role') ?? element.getAttribute('type'),
      );
      // Arrows choose radio buttons and tabs by going there; a lone or first one is chosen by Space.
      const isSet = kind === 'tab' || (kind === 'radio' && (await target.isChecked()));
      if (!isSet) await page.keyboard.press('Space');
    },
    async write(target, text) {
      await reach(page, target);
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(text);
    },
    async pick(opener, entry) {
      await press(opener);
      await press(entryNamed(page, entry));
    },
    open: press,
    async run(title) {
      await page.keyboard.press('ControlOrMeta+k');
      const palette = page.getByRole('dialog', { name: paletteName });
      await expect(palette).toBeVisible();
      await page.keyboard.type(title);
      await expect(palette.getByRole('option', { name: title })).toHaveAttribute('aria-selected', 'true');
      await page.keyboard.press('Enter');
    },
  };
}
