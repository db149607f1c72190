import { expect, test } from 'vitest';
import { createKeepingSecrets, createTestCore } from '../../../tests/helpers/test-core.ts';

type Client = ReturnType<typeof createTestCore>['client'];

/** Resolves once the task has succeeded; fails the test when it ended otherwise. */
async function taskEnd(client: Client, taskId: string): Promise<void> {
  for await (const tasks of await client.activity.watch()) {
    const state = tasks.find((task) => task.id === taskId)?.state;
    if (state === 'succeeded') return;
    if (state !== 'running') throw new Error(`the task is ${state}`);
  }
}

test('the demo is made once, opened again as it was, and made anew when asked', async () => {
  const secrets = createKeepingSecrets();
  const one = createTestCore({ secrets });
  const made = await one.client.workspaces.openDemo({ reset: false });
  expect(made.workspace).toMatchObject({
    name: 'Demo project',
    isDemo: true,
    encryption: { isEncrypted: true },
  });
  expect(made).not.toHaveProperty('recoveryPhrase');
  expect(made.taskIds).toHaveLength(3);
  for (const taskId of made.taskIds) await taskEnd(one.client, taskId);
  const names = async (): Promise<string[]> =>
    (await one.client.datasets.list()).map(({ name }) => name).toSorted();
  const imported = await one.client.datasets.list();
  expect(imported.every((dataset) => dataset.isDemo && dataset.exampleCount >= 100)).toBe(true);
  expect(await names()).toEqual(['Support replies', 'Support triage', 'Tool routing']);

  const [first] = imported;
  await one.client.datasets.rename({ datasetId: first?.datasetId ?? '', name: 'Mine' });
  await one.client.workspaces.close();
  const again = await one.client.workspaces.openDemo({ reset: false });
  expect(again).toMatchObject({ workspace: { id: made.workspace.id }, taskIds: [] });
  expect(await names()).toContain('Mine');

  const anew = await one.client.workspaces.openDemo({ reset: true });
  for (const taskId of anew.taskIds) await taskEnd(one.client, taskId);
  expect(anew.workspace.id).not.toBe(made.workspace.id);
  expect(await names()).toEqual(['Support replies', 'Support triage', 'Tool routing']);
  expect([...secrets.secrets.keys()]).not.toContain(`workspace:${made.workspace.id}`);
  await one.close();
});

test('a demo that another process has open is not deleted under it', async () => {
  const one = createTestCore();
  const two = createTestCore({ appFolder: one.folder });
  const { workspace } = await one.client.workspaces.openDemo({ reset: false });
  await expect(two.client.workspaces.openDemo({ reset: true })).rejects.toMatchObject({
    code: 'WORKSPACE_BUSY',
  });
  expect((await one.client.workspaces.status()).open?.id).toBe(workspace.id);
  expect(await one.client.workspaces.verifyHistory()).toMatchObject({ isIntact: true });
  await two.close();
  await one.close();
});
