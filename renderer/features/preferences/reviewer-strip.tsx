import type { PreferenceSet } from '../../../shared/features/preferences/preferences.model.ts';
import { formatNumber } from '../../ui/format.ts';
import { Progress } from '../../ui/progress.tsx';
import { useProgress } from './preferences.queries.ts';

/** How far each reviewer has come, in the order of their names: no ranking. */
export function ReviewerStrip({ set, reviewer }: { set: PreferenceSet; reviewer: string }) {
  const all = useProgress(set.setId, reviewer).data?.all ?? [];
  const shown = all
    .filter(({ due, decided }) => due > 0 || decided > 0)
    .toSorted((one, other) => one.reviewer.localeCompare(other.reviewer));
  if (shown.length === 0) return null;
  return (
    <ul
      aria-label="Progress of reviewers"
      className="flex shrink-0 flex-wrap gap-x-8 gap-y-2 border-b border-line px-4 py-2"
    >
      {shown.map((one) => (
        <li key={one.reviewer} className="w-52 min-w-0">
          <Progress
            label={one.reviewer === reviewer ? `${one.reviewer} (you)` : one.reviewer}
            done={one.decided}
            total={Math.max(1, one.due)}
            detail={[
              `${formatNumber(one.decided)} of ${formatNumber(one.due)}`,
              ...(one.skipped > 0 ? [`${formatNumber(one.skipped)} skipped`] : []),
            ].join(', ')}
            tone={one.decided >= one.due ? 'emerald' : 'accent'}
          />
        </li>
      ))}
    </ul>
  );
}
