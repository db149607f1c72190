import type { Task } from '../../../shared/features/activity/activity.model.ts';
import { Button } from '../../ui/button.tsx';
import { formatBytes, formatPercent } from '../../ui/format.ts';
import { Progress } from '../../ui/progress.tsx';
import { useCancel } from './datasets.queries.ts';

function detailOf({ done, total, unit, message }: Task): string {
  const share = total > 0 ? formatPercent(done / total) : '';
  const size = unit === 'bytes' && total > 0 ? `${formatBytes(total)}` : '';
  return [message, share, size].filter((part) => part !== '').join(' · ');
}

/** A task that works on a data set, with how far it is and the way to stop it. */
export function DatasetTask({ task }: { task: Task }) {
  const cancel = useCancel();
  return (
    <div className="flex items-center gap-4 rounded-md border border-accent-line bg-accent-soft px-4 py-3">
      <Progress
        label={task.title}
        done={task.done}
        total={task.total}
        detail={detailOf(task)}
        className="min-w-0 flex-1"
      />
      <Button
        size="compact"
        onPress={() => cancel.mutate(task.id)}
        isDisabled={task.state === 'cancelling' || cancel.isPending}
      >
        Cancel
      </Button>
    </div>
  );
}
