import { Activity } from 'lucide-react';
import type { Task } from '../../../shared/features/activity/activity.model.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import type { Screen } from '../../ui/location.ts';
import { PageHead, Section } from '../../ui/page-head.tsx';
import { PageBody } from '../../ui/scroll-area.tsx';
import { isOpenTask, useTasks } from './activity.queries.ts';
import { useNow } from './now.ts';
import { EndedTask, RunningTask } from './task-row.tsx';

function Tasks({ tasks }: { tasks: readonly Task[] }) {
  const running = tasks.filter(isOpenTask);
  const ended = tasks.filter((task) => !isOpenTask(task));
  const now = useNow(running.length > 0);
  if (tasks.length === 0) {
    return (
      <EmptyState icon={<Activity aria-hidden />} title="Nothing is running">
        Imports, checks, training runs and evaluations appear here with their progress, and go on while you
        work elsewhere.
      </EmptyState>
    );
  }
  return (
    <div className="space-y-8">
      {running.length > 0 && (
        <Section title="Running">
          <div className="divide-y divide-line rounded-md border border-line px-4">
            {running.map((task) => (
              <RunningTask key={task.id} task={task} now={now} />
            ))}
          </div>
        </Section>
      )}
      {ended.length > 0 && (
        <Section title="Earlier">
          <div className="divide-y divide-line">
            {ended.map((task) => (
              <EndedTask key={task.id} task={task} now={now} />
            ))}
          </div>
        </Section>
      )}
    </div>
  );
}

function ActivityPage() {
  const query = useTasks();
  return (
    <>
      <PageHead title="Activity" />
      <PageBody>
        <Loaded query={query}>{(tasks) => <Tasks tasks={tasks} />}</Loaded>
      </PageBody>
    </>
  );
}

/** All long work of the workspace: what runs, how far it is, how it ended. */
export const activityScreen: Screen = { path: '/activity', title: 'Activity', component: ActivityPage };
