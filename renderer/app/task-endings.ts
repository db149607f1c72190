import { useEffect, useRef } from 'react';
import type { Task } from '../../shared/features/activity/activity.model.ts';
import { isOpenTask, useTasks } from '../features/activity/activity.queries.ts';
import { tell } from '../ui/toast.tsx';

/** Shortest task whose end is worth a message, in milliseconds; what is quicker is seen on the page itself. */
const worthTellingMs = 4_000;

function sentence(task: Task): string | null {
  const tookMs = (task.endedAt ?? 0) - (task.startedAt ?? task.createdAt);
  if (task.state === 'failed') return `${task.title}: failed. Activity says why.`;
  if (task.state === 'succeeded' && tookMs >= worthTellingMs) return `${task.title}: done.`;
  return null;
}

/** Says when a task that was running has ended, also to a screen reader, whatever page is open. */
export function useTaskEndings(): void {
  const tasks = useTasks().data;
  const running = useRef(new Set<string>());
  useEffect(() => {
    for (const task of tasks ?? []) {
      if (isOpenTask(task)) running.current.add(task.id);
      else if (running.current.delete(task.id)) {
        const text = sentence(task);
        if (text) tell(text);
      }
    }
  }, [tasks]);
}
