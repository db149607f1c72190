import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { openApp } from '../helpers/open-app.ts';
import { projectFolder } from '../helpers/project.ts';

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
    await app.page.getByRole('link', { name: /tickets/i }).click();
    await expect(app.page.getByRole('grid')).toBeVisible();
    await app.page.getByRole('row').nth(3).click();
    await app.page.screenshot({
      path: join(projectFolder, 'docs', 'screenshot.png'),
      animations: 'disabled',
    });
  } finally {
    await app.close();
  }
});
