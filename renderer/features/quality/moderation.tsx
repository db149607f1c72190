import { ArrowRight, ShieldQuestion } from 'lucide-react';
import { useState } from 'react';
import { moderationMarks } from '../../../shared/features/quality/moderation.rules.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatCount, formatMoment, formatPercent } from '../../ui/format.ts';
import { Progress } from '../../ui/progress.tsx';
import { ModerationDialog } from './moderation-dialog.tsx';
import { useLastModeration, useRunningModeration } from './moderation.queries.ts';
import { useStop } from './quality.queries.ts';

function Last(props: { datasetId: string; onShow: (codes: string[]) => void }) {
  const { data: last } = useLastModeration(props.datasetId);
  if (!last) return null;
  const found = last.flagged === 0 ? 'none flagged' : `${formatCount(last.flagged, 'example')} flagged`;
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      <span>
        {formatCount(last.examples, 'example')} checked by {last.connectionName}, {formatMoment(last.endedAt)}
        : <span className="font-medium">{found}</span>.
      </span>
      {last.flagged > 0 && (
        <Button
          size="compact"
          icon={<ArrowRight aria-hidden />}
          onPress={() => props.onShow(Object.keys(moderationMarks))}
          aria-label="Show the flagged examples"
        >
          Show
        </Button>
      )}
    </p>
  );
}

/** The opt-in check by a provider's moderation: what came of the last one, and the way to the next. */
export function Moderation(props: { datasetId: string; onShow: (codes: string[]) => void }) {
  const { running, failure } = useRunningModeration(props.datasetId);
  const stop = useStop();
  const [isPlanning, setPlanning] = useState(false);
  return (
    <section aria-label="Moderation check" className="mt-8 rounded-md border border-line p-4">
      <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-72 space-y-1.5">
          <h3 className="text-sm font-medium">Moderation check</h3>
          <p className="text-sm text-pretty text-muted">
            Providers refuse a file with too many texts that their moderation flags, and do not say which. Ask
            it beforehand and the rows are named. Nothing leaves before you have seen what would.
          </p>
          <Last {...props} />
        </div>
        <Button
          icon={<ShieldQuestion aria-hidden />}
          isDisabled={running !== undefined}
          onPress={() => setPlanning(true)}
        >
          Plan a check
        </Button>
      </div>
      {running && (
        <div className="mt-3 flex items-center gap-4">
          <Progress
            label={running.message || running.title}
            done={running.done}
            total={running.total}
            detail={running.total > 0 ? formatPercent(running.done / running.total) : undefined}
            className="min-w-0 flex-1"
          />
          <Button
            size="compact"
            onPress={() => stop.mutate(running.id)}
            isDisabled={running.state === 'cancelling'}
          >
            Cancel
          </Button>
        </div>
      )}
      {!running && failure && (
        <ErrorLine
          error={{ code: failure.code, message: failure.what, data: { ...failure, retry: 'now' } }}
          className="mt-3"
        />
      )}
      {isPlanning && <ModerationDialog datasetId={props.datasetId} onClose={() => setPlanning(false)} />}
    </section>
  );
}
