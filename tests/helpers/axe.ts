import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Page } from 'playwright-core';
import { showIn } from './settled.ts';

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Axe's program takes longer to read than to run: a document that has it already gets nothing to read again. */
async function programFor(page: Page): Promise<{ axeSource?: string }> {
  const isThere = page.frames().length === 1 && (await page.evaluate(() => 'axe' in globalThis));
  return isThere ? { axeSource: ';' } : {};
}

/** What axe finds on the page as it is now (WCAG 2.2 AA), one line each: rule, impact, place. */
export async function findAccessibilityFaults(page: Page): Promise<string[]> {
  // Legacy mode stays in this page; the other one opens a page of its own, which the app window closes.
  const axe = new AxeBuilder({ page, ...(await programFor(page)) })
    .setLegacyMode()
    // Every rule runs on everything; only the nodes that passed are not described one by one.
    .options({ resultTypes: ['violations'] })
    .withTags(standards);
  const { violations } = await axe.analyze();
  return violations.flatMap((violation) =>
    violation.nodes.map(
      (node) =>
        `${violation.id} (${violation.impact}): ${node.target.join(' ')} ${node.failureSummary} ${node.html.slice(0, 300)}`,
    ),
  );
}

/** Demands that axe finds nothing, in light and in dark. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await showIn(page, colorScheme);
    expect(await findAccessibilityFaults(page), `in ${colorScheme}`).toEqual([]);
  }
}
