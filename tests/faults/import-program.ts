import { join } from 'node:path';
import { createMemorySecrets } from '../../electron/adapters/keychain/memory-secrets.ts';
import { readAsFound } from '../../shared/features/imports/read-choices.ts';
import { createTestCore } from '../helpers/test-core.ts';

/*
 * A process of its own that imports a file into the workspace of a folder and says how far it is, so that a test can kill
 * it anywhere. What is not JSONL is converted as its rows suggest. Arguments: workspace folder, file.
 */
const [folder = '', file = ''] = process.argv.slice(2);
const { client } = createTestCore({
  secrets: createMemorySecrets('Keys are kept by the test.'),
  appFolder: join(folder, '..', 'app'),
});
await client.workspaces.open({ folder, recoveryPhrase: null });
const { fileId } = (await client.files.choosePath({ path: file })).file;
const begun = async (): Promise<{ taskId: string }> => {
  if (file.endsWith('.jsonl')) return client.datasets.importFile({ fileId, name: null, again: true });
  const fileIds = [fileId];
  const { suggestion } = await client.imports.inspect({ fileIds, read: readAsFound });
  return client.imports.start({ fileIds, recipe: suggestion, name: null, again: true });
};
const { taskId } = await begun();
for await (const tasks of await client.activity.watch()) {
  const task = tasks.find(({ id }) => id === taskId);
  process.stdout.write(`${task?.message || 'started'} ${task?.state}\n`);
  if (task && task.endedAt !== null) break;
}
process.exit(0);
