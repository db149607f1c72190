import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Page } from 'playwright-core';
import { showIn } from './settled.ts';

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds on the page as it is now (WCAG 2.2 AA), one line each: rule, impact, place. */
export async function findAccessibilityFaults(page: Page): Promise<string[]> {
  // Legacy mode stays in this page; the other one opens a page of its own, which the app window closes.
  const axe = new AxeBuilder({ page }).setLegacyMode().withTags(standards);
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
