import { CircleCheck } from 'lucide-react';
import type { PreferenceSet } from '../../../shared/features/preferences/preferences.model.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatCount } from '../../ui/format.ts';
import { ButtonLink } from '../../ui/link.tsx';
import { unitOf } from './preference-words.tsx';
import type { JudgingKeys } from './judging-keys.ts';
import { useProgress } from './preferences.queries.ts';
import type { JudgedQueue } from './use-judging.ts';

/** The end of the queue: what was done, and what comes next. */
export function QueueEnd(props: {
  set: PreferenceSet;
  queue: JudgedQueue;
  gained: number;
  keys: JudgingKeys;
  onBack: () => void;
}) {
  const { set, queue, gained } = props;
  const mine = useProgress(set.setId, queue.reviewer).data?.mine;
  const [one, many] = unitOf(set);
  const page = `/preferences/${set.setId}`;
  const skipped = mine?.skipped ?? 0;
  const isSkippedQueue = queue.filter?.states.includes('skipped') === true;
  return (
    <div className="min-h-0 flex-1 overflow-auto">
      <EmptyState
        icon={<CircleCheck aria-hidden />}
        title={queue.filter === null ? 'Your queue is done' : 'No more of these'}
        action={
          <>
            {skipped > 0 && !isSkippedQueue && (
              <ButtonLink href={`${page}/judge?states=["skipped"]`} variant="primary">
                Judge the {formatCount(skipped, `skipped ${one}`, `skipped ${many}`)}
              </ButtonLink>
            )}
            {queue.filter !== null && <ButtonLink href={`${page}/judge`}>Judge the rest</ButtonLink>}
            <ButtonLink href={`${page}?tab=trust`}>Can it be trusted?</ButtonLink>
            <ButtonLink href={`${page}?tab=outcome`}>Export</ButtonLink>
            <ButtonLink href={page}>See the queue</ButtonLink>
            <Button onPress={props.onBack} keys={props.keys.of('judge.back') ?? undefined}>
              Take the last verdict back
            </Button>
          </>
        }
      >
        {gained > 0 && `${formatCount(gained, one, many)} judged just now. `}
        {mine && `${formatCount(mine.decided, one, many)} of ${mine.due.toLocaleString()} decided`}
        {mine && mine.flagged > 0 && `, ${formatCount(mine.flagged, 'flag')}`}
        {mine && '.'}
      </EmptyState>
    </div>
  );
}
