import { CircleStop } from 'lucide-react';
import { Link } from '../../ui/link.tsx';
import type { Task, TaskState } from '../../../shared/features/activity/activity.model.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatAgo, formatDuration } from '../../ui/format.ts';
import { Progress } from '../../ui/progress.tsx';
import { type Tone, ToneIcon } from '../../ui/badge.tsx';
import { useCancelTask } from './activity.queries.ts';
import { amountText, progressText } from './progress-words.ts';

const placesWithPages = ['datasets', 'preferences', 'jobs', 'evals'];

/** The title of a task, leading to what it is about. */
function Title({ task }: { task: Task }) {
  const { subject } = task;
  if (!subject || !placesWithPages.includes(subject.feature)) return task.title;
  return (
    <Link href={`/${subject.feature}/${subject.id}`} tone="quiet">
      {task.title}
    </Link>
  );
}

/** A running task: its progress, what it is at, and the button that stops it. */
export function RunningTask(props: { task: Task; now: number }) {
  const { task, now } = props;
  const cancel = useCancelTask();
  return (
    <div className="flex items-start gap-4 py-3">
      <div className="min-w-0 flex-1">
        <Progress label={task.title} done={task.done} total={task.total} detail={progressText(task, now)} />
        <p className="mt-1 flex min-h-4 justify-between gap-4 text-xs text-muted">
          <span className="truncate">{task.message}</span>
          <span className="shrink-0">{amountText(task)}</span>
        </p>
        {cancel.error && <ErrorLine error={cancel.error} className="mt-2" />}
      </div>
      <Button
        size="compact"
        icon={<CircleStop aria-hidden />}
        isDisabled={task.state === 'cancelling' || cancel.isPending}
        onPress={() => cancel.mutate(task.id)}
        aria-label={`Stop ${task.title}`}
      >
        Stop
      </Button>
    </div>
  );
}

const ends: Partial<Record<TaskState, { tone: Tone; words: string }>> = {
  succeeded: { tone: 'emerald', words: 'done' },
  failed: { tone: 'ruby', words: 'failed' },
  cancelled: { tone: 'neutral', words: 'stopped' },
  interrupted: { tone: 'amber', words: 'interrupted' },
};

/** A task that has ended: how, when, how long it took; what went wrong in words. */
export function EndedTask(props: { task: Task; now: number }) {
  const { task, now } = props;
  const end = ends[task.state] ?? { tone: 'neutral' as const, words: task.state };
  const tookMs = task.endedAt !== null && task.startedAt !== null ? task.endedAt - task.startedAt : null;
  return (
    <div className="flex items-start gap-2.5 py-2 text-sm">
      <ToneIcon tone={end.tone} className="mt-0.5" />
      <div className="min-w-0 flex-1">
        <p className="truncate" title={task.title}>
          <Title task={task} />
        </p>
        {task.failure && (
          <p className="text-xs break-words text-muted">
            {task.failure.what} {task.failure.todo}
          </p>
        )}
        {task.state === 'interrupted' && task.message && <p className="text-xs text-muted">{task.message}</p>}
      </div>
      <span className="shrink-0 text-xs leading-5 text-muted">
        {end.words}
        {tookMs !== null && ` in ${formatDuration(tookMs)}`}
      </span>
      <span className="w-24 shrink-0 text-right text-xs leading-5 text-muted">
        {task.endedAt === null ? '' : formatAgo(task.endedAt, now)}
      </span>
    </div>
  );
}
