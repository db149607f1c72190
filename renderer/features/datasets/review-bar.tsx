import { Check, CircleX } from 'lucide-react';
import type { ExampleDetail } from '../../../shared/features/datasets/datasets.model.ts';
import type { ReviewDecision } from '../../../shared/features/datasets/review.model.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { useDecide, useReviewer } from './curating.queries.ts';
import { usePageCommands, usePageKeys } from './page-keys.ts';

/** Approve or reject the open example under one's name; what others decided stands beside. */
export function ReviewBar({ detail, onNext }: { detail: ExampleDetail; onNext: () => void }) {
  const reviewer = useReviewer();
  const decide = useDecide();
  const own = detail.decisions.find((one) => one.reviewer === reviewer)?.decision ?? null;
  const { exampleId } = detail.row;
  const make = (decision: ReviewDecision['decision']): void => {
    const next = own === decision ? null : decision;
    decide.mutate(
      { datasetId: detail.datasetId, which: { exampleIds: [exampleId] }, reviewer, decision: next },
      { onSuccess: () => next !== null && onNext() },
    );
  };
  usePageCommands('datasets.review', {
    'datasets.approve': { run: () => make('approved') },
    'datasets.reject': { run: () => make('rejected') },
  });
  const approveKeys = usePageKeys('datasets.approve');
  const rejectKeys = usePageKeys('datasets.reject');
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button
        size="compact"
        keys={approveKeys}
        icon={<Check aria-hidden />}
        aria-pressed={own === 'approved'}
        variant={own === 'approved' ? 'primary' : 'secondary'}
        onPress={() => make('approved')}
      >
        {own === 'approved' ? 'Approved' : 'Approve'}
      </Button>
      <Button
        size="compact"
        keys={rejectKeys}
        icon={<CircleX aria-hidden />}
        aria-pressed={own === 'rejected'}
        variant={own === 'rejected' ? 'danger' : 'secondary'}
        onPress={() => make('rejected')}
      >
        {own === 'rejected' ? 'Rejected' : 'Reject'}
      </Button>
      {detail.decisions
        .filter((one) => one.reviewer !== reviewer)
        .map((one) => (
          <Badge key={one.reviewer} tone={one.decision === 'approved' ? 'emerald' : 'ruby'}>
            {one.reviewer} {one.decision}
          </Badge>
        ))}
      <span className="max-w-28 truncate text-xs text-muted">as {reviewer}</span>
      {decide.error && <ErrorLine error={decide.error} />}
    </div>
  );
}
