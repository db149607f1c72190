import { useRouterState } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { isOpenTask, useTasks } from '../features/activity/activity.queries.ts';
import { useNow } from '../features/activity/now.ts';
import { EndedTask, RunningTask } from '../features/activity/task-row.tsx';
import { IconButton } from '../ui/button.tsx';
import { Link } from '../ui/link.tsx';
import { useFrame } from './frame-store.ts';

/** How many ended tasks the panel still shows. */
const endedShown = 5;

/** A panel over the foot of the page with what runs now, so that one need not leave the page to see it. */
export function ActivityPanel() {
  const isOpen = useFrame((frame) => frame.isActivityOpen);
  const set = useFrame((frame) => frame.set);
  const tasks = useTasks().data ?? [];
  const running = tasks.filter(isOpenTask);
  const ended = tasks.filter((task) => !isOpenTask(task)).slice(0, endedShown);
  const now = useNow(isOpen && running.length > 0);
  const isOnItsPage = useRouterState({ select: (state) => state.location.pathname === '/activity' });
  if (!isOpen || isOnItsPage) return null;
  return (
    <section
      aria-label="Running tasks"
      data-pane
      className="absolute right-3 bottom-3 z-30 flex max-h-[60%] w-[30rem] max-w-[calc(100%-1.5rem)] flex-col rounded-md bg-raised shadow-float"
    >
      <header className="flex items-center gap-2 border-b border-line py-1.5 pr-1.5 pl-4">
        <h2 className="flex-1 text-sm font-semibold">Activity</h2>
        <Link href="/activity" className="text-xs">
          All tasks
        </Link>
        <IconButton label="Close" icon={<X aria-hidden />} onPress={() => set({ isActivityOpen: false })} />
      </header>
      <div className="divide-y divide-line overflow-auto px-4 py-1">
        {running.map((task) => (
          <RunningTask key={task.id} task={task} now={now} />
        ))}
        {ended.map((task) => (
          <EndedTask key={task.id} task={task} now={now} />
        ))}
        {tasks.length === 0 && <p className="py-3 text-sm text-muted">Nothing is running.</p>}
      </div>
    </section>
  );
}
