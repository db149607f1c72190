import type { Task } from '../../../shared/features/activity/activity.model.ts';
import { Button } from '../../ui/button.tsx';
import { formatPercent } from '../../ui/format.ts';
import { Progress } from '../../ui/progress.tsx';
import { useStop } from './quality.queries.ts';

/** How far an analysis is, and the way to stop it. */
export function RunningAnalysis({ task }: { task: Task }) {
  const stop = useStop();
  return (
    <div className="flex items-center gap-4 border-b border-accent-line bg-accent-soft px-6 py-2.5">
      <Progress
        label={task.title}
        done={task.done}
        total={task.total}
        detail={[task.message, task.total > 0 ? formatPercent(task.done / task.total) : '']
          .filter(Boolean)
          .join(' · ')}
        className="min-w-0 flex-1"
      />
      <Button size="compact" onPress={() => stop.mutate(task.id)} isDisabled={task.state === 'cancelling'}>
        Cancel
      </Button>
    </div>
  );
}
