import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Core } from '../../electron/core/create-core.ts';
import type { Task } from '../../shared/features/activity/activity.model.ts';

type Client = Core['client'];

/** A line of a training file with one question and one answer. */
export function chatLine(user: string, assistant: string, system?: string): string {
  const start = system === undefined ? [] : [{ role: 'system', content: system }];
  return JSON.stringify({
    messages: [...start, { role: 'user', content: user }, { role: 'assistant', content: assistant }],
  });
}

/** Waits until a task has ended and answers its final state. */
export async function taskEnd(client: Client, taskId: string): Promise<Task> {
  for await (const tasks of await client.activity.watch()) {
    const found = tasks.find(({ id }) => id === taskId);
    if (found && found.endedAt !== null) return found;
  }
  throw new Error(`task ${taskId} did not end`);
}

/** Waits until nothing runs any more. */
export async function allEnded(client: Client): Promise<void> {
  for await (const tasks of await client.activity.watch())
    if (tasks.every(({ endedAt }) => endedAt !== null)) return;
}

/** Writes `content` to a file, imports it as a user would, and answers the data set's id and the ended task. */
export async function importText(
  client: Client,
  source: { folder: string; name: string; content: string | Uint8Array; again?: boolean },
): Promise<{ datasetId: string; task: Task }> {
  const path = join(source.folder, source.name);
  writeFileSync(path, source.content);
  const { file } = await client.files.choosePath({ path });
  const { taskId, datasetId } = await client.datasets.importFile({
    fileId: file.fileId,
    name: null,
    again: source.again ?? false,
  });
  return { datasetId, task: await taskEnd(client, taskId) };
}
