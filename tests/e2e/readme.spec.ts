import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { openApp } from '../helpers/open-app.ts';
import { projectFolder } from '../helpers/project.ts';
import { showIn } from '../helpers/settled.ts';

// Runs as `npm run screenshot` only, because it writes into the tree.
test('makes the picture of the README from the demo project', async () => {
  const app = await openApp({ size: { width: 1280, height: 800 }, colorScheme: 'light' });
  try {
    const { taskIds } = await app.core.client.workspaces.openDemo({ reset: true });
    const isImported = async (): Promise<boolean> => {
      const tasks = await app.core.client.activity.list();
      return taskIds.every((id) => tasks.some((task) => task.id === id && task.state === 'succeeded'));
    };
    await expect.poll(isImported, { timeout: 60_000 }).toBe(true);
    await app.page.getByRole('link', { name: 'Datasets' }).click();
    await app.page.getByRole('link', { name: 'Support triage' }).click();
    await expect(app.page.getByRole('grid', { name: 'Examples' })).toBeVisible();
    await app.page.getByRole('gridcell').nth(8).click();
    await expect(app.page.getByRole('region', { name: /^Example \d+$/ })).toBeVisible();
    await app.page.mouse.move(640, 790);
    await expect(app.page.getByText(/: done\.$/)).toHaveCount(0, { timeout: 30_000 });
    await showIn(app.page, 'light');
    await app.page.screenshot({
      path: join(projectFolder, 'docs', 'screenshot.png'),
      animations: 'disabled',
    });
  } finally {
    await app.close();
  }
});
