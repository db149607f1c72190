import type { Task } from '../../../shared/features/activity/activity.model.ts';
import { Button } from '../../ui/button.tsx';
import { formatBytes, formatCount } from '../../ui/format.ts';
import { Progress } from '../../ui/progress.tsx';
import { useCancelMaking } from './preferences.queries.ts';

/** How far the making of a set has come, with the way to stop it. */
export function MakingTask({ task }: { task: Task }) {
  const cancel = useCancelMaking();
  const words = (count: number): string =>
    task.unit === 'bytes'
      ? formatBytes(count)
      : formatCount(count, task.unit === 'answers' ? 'answer' : 'example');
  return (
    <div className="flex items-end gap-3 rounded-md border border-line px-4 py-3">
      <Progress
        label={task.title}
        done={task.done}
        total={task.total}
        detail={`${words(task.done)} of ${words(task.total)}`}
        className="flex-1"
      />
      <Button
        size="compact"
        onPress={() => cancel.mutate(task.id)}
        isDisabled={task.state === 'cancelling'}
        aria-label={`Stop: ${task.title}`}
      >
        Stop
      </Button>
    </div>
  );
}
