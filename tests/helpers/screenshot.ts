import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { projectFolder } from './project.ts';
import { showIn } from './settled.ts';

const folder = join(projectFolder, 'test-results', 'screenshots');

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const;

/** What a picture is taken in: each theme at each size; nothing where nobody looks (LAPIDARY_PICTURES=none). */
const looks =
  process.env.LAPIDARY_PICTURES === 'none'
    ? []
    : ([
        ['light', sizes],
        ['dark', sizes],
      ] as const);

/** Pictures of the page in light and dark at 1280×800 and 1920×1080, to be looked at: `<name>-light-1280.png` … */
export async function takeScreenshots(page: Page, name: string): Promise<void> {
  if (looks.length === 0) return;
  mkdirSync(folder, { recursive: true });
  const before = page.viewportSize();
  for (const [colorScheme, shown] of looks) {
    await showIn(page, colorScheme);
    for (const size of shown) {
      await page.setViewportSize(size);
      const path = join(folder, `${name}-${colorScheme}-${size.width}.png`);
      await page.screenshot({ path, animations: 'disabled' });
    }
  }
  if (before) await page.setViewportSize(before);
}
