import type { activityContract } from '../../../shared/features/activity/activity.contract.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';

/** Lists, watches and cancels the tasks of the open workspace. */
export function createActivityService(kit: Kit): Handlers<typeof activityContract> {
  return {
    list: () => kit.tasks.list(),
    async *watch(_input, { signal }) {
      const changes = kit.changes.watch(signal);
      yield kit.tasks.list();
      for await (const { feature } of changes) {
        if (feature === 'activity' || feature === 'workspaces') yield kit.tasks.list();
      }
    },
    async cancel({ taskId }) {
      await kit.tasks.cancel(taskId);
      return {};
    },
  };
}
