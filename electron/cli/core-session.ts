import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Task } from '../../shared/features/activity/activity.model.ts';
import { createNodePorts } from '../adapters/node-ports.ts';
import { type Core, createCore } from '../core/create-core.ts';
import { type Surroundings, Unusable, wrongUsage } from './command.ts';

/** The core of one run of the terminal program. */
export type CoreSession = {
  readonly client: Core['client'];
  readonly surroundings: Surroundings;
  /** Fires on Ctrl-C; long work then stops in a way that the next start goes on with it. */
  readonly signal: AbortSignal;
};

/** Starts a core, runs `use` with it and always ends it, also after Ctrl-C. */
export async function withCore<T>(
  surroundings: Surroundings & { appFolder?: string },
  use: (session: CoreSession) => Promise<T>,
): Promise<T> {
  const signal = surroundings.onInterrupt();
  const core = createCore(
    createNodePorts(surroundings.appFolder === undefined ? {} : { appFolder: surroundings.appFolder }),
  );
  // The core's own waiting does not keep a program alive; a window does, and here this.
  const alive = setInterval(() => {}, 60_000);
  try {
    return await use({ client: core.client, surroundings, signal });
  } finally {
    await core.close();
    clearInterval(alive);
  }
}

/** Opens the workspace in `folder`, made when there is none and `mayCreate`; throws Unusable otherwise. */
export async function openWorkspace(
  { client, surroundings }: CoreSession,
  folder: string | undefined,
  mayCreate: boolean,
): Promise<void> {
  if (folder === undefined) throw wrongUsage('--workspace DIR is needed');
  const path = resolve(folder);
  if (existsSync(join(path, 'workspace.db'))) {
    await client.workspaces.open({ folder: path, recoveryPhrase: null });
    return;
  }
  if (!mayCreate) throw new Unusable(`There is no workspace in ${path}; lapidary import makes one`);
  const { recoveryPhrase } = await client.workspaces.create({ name: basename(path), folder: path });
  if (recoveryPhrase === null) return;
  surroundings.terminal.note(
    `The new workspace is encrypted. Write its recovery phrase down, it is shown this once:\n  ${recoveryPhrase}`,
  );
}

const finalStates: readonly Task['state'][] = ['succeeded', 'failed', 'cancelled', 'interrupted'];

/** Waits for a task and shows how far it is; throws Unusable with the task's own words when it did not succeed. */
export async function waitForTask(session: CoreSession, taskId: string): Promise<void> {
  const { client, signal, surroundings } = session;
  for await (const tasks of await client.activity.watch(undefined, { signal })) {
    const task = tasks.find((one) => one.id === taskId);
    if (!task) continue;
    if (!finalStates.includes(task.state)) {
      surroundings.terminal.progress(taskLine(task));
      continue;
    }
    surroundings.terminal.progress(null);
    if (task.state === 'succeeded') return;
    throw new Unusable(
      task.failure ? `${task.failure.what} ${task.failure.todo}` : `${task.title}: ${task.state}`,
    );
  }
  throw new Unusable('Stopped before it was done');
}

function taskLine(task: Task): string {
  const percent = task.total > 0 ? ` ${Math.floor((100 * task.done) / task.total)} %` : '';
  return `${task.title}${percent}${task.message ? `, ${task.message}` : ''}`;
}
