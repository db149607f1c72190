import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from '../../failures.ts';
import { task } from './activity.model.ts';

/** Every running and ended task of the open workspace. */
export const activityContract = {
  list: procedure().output(z.array(task)),
  /** Yields all tasks at once, then each task that changes. */
  watch: procedure().output(eventIterator(z.array(task))),
  cancel: procedure('TASK_NOT_FOUND')
    .input(z.object({ taskId: z.string() }))
    .output(z.object({})),
};
