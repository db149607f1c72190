import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { projectFolder } from './project.ts';
import { showIn } from './settled.ts';

const folder = join(projectFolder, 'test-results', 'screenshots');

/** Pictures of the page in light and dark at 1280×800 and 1920×1080, to be looked at: `<name>-light-1280.png` … */
export async function takeScreenshots(page: Page, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const before = page.viewportSize();
  for (const colorScheme of ['light', 'dark'] as const) {
    await showIn(page, colorScheme);
    for (const [width, height] of [
      [1280, 800],
      [1920, 1080],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.screenshot({
        path: join(folder, `${name}-${colorScheme}-${width}.png`),
        animations: 'disabled',
      });
    }
  }
  if (before) await page.setViewportSize(before);
}
