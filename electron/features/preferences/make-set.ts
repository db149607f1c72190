import type { Kit } from '../../core/kit.ts';
import type { TaskContext } from '../../core/tasks.ts';
import type { CreateInput, CreateResult } from './create-set.job.ts';
import { findSet } from './sets.sql.ts';

/** Makes a set within a task; a second run of a task whose set is there does nothing. */
export async function makeSet(
  kit: Kit,
  context: Pick<TaskContext<unknown>, 'workspace' | 'signal' | 'progress'>,
  making: Omit<CreateInput, 'store'>,
): Promise<void> {
  const { workspace, signal } = context;
  const made = findSet(workspace.db, making.set.setId);
  // The program may have died between the commit and the end of the task.
  if (made && made.pairs > 0) return;
  const input: CreateInput = { ...making, store: workspace.address };
  const unit = making.source.kind === 'file' ? 'bytes' : 'examples';
  await kit.workers.run<CreateResult>('preferences.create', input, {
    signal,
    lockWriter: () => workspace.lockWriter(),
    onProgress: ({ done, total }) => context.progress({ done, total, unit }),
  });
  kit.changes.emit('preferences');
}
