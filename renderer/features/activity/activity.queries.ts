import { useMutation, useQuery } from '@tanstack/react-query';
import type { Task } from '../../../shared/features/activity/activity.model.ts';
import { rpc } from '../../rpc.ts';

/** Every task of the open workspace, newest first; kept up to date by the core's changes. */
export function useTasks() {
  return useQuery({ queryKey: ['activity', 'list'], queryFn: () => rpc.activity.list() });
}

/** Asks a task to stop; it goes through `cancelling` and ends as `cancelled`. */
export function useCancelTask() {
  return useMutation({ mutationFn: (taskId: string) => rpc.activity.cancel({ taskId }) });
}

/** True while a task is not in a final state. */
export function isOpenTask(task: Task): boolean {
  return task.state === 'queued' || task.state === 'running' || task.state === 'cancelling';
}
