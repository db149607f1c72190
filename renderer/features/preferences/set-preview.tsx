import type {
  PreferenceKind,
  QuarantinedPair,
} from '../../../shared/features/preferences/preferences.model.ts';
import { ToneIcon } from '../../ui/badge.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { Progress } from '../../ui/progress.tsx';
import { Stat } from '../../ui/stat.tsx';
import { QuarantinedLines } from './quarantined-lines.tsx';
import { type SetDraft, settingsOfDraft } from './set-draft.ts';

type Found = {
  prompts: number;
  pairs: number;
  candidates: number;
  quarantined: number;
  firstQuarantined: QuarantinedPair[];
};

/** What the set would hold, before anything is written: counts, repeats, and what would be set aside. */
export function SetPreview(props: {
  query: { data: Found | null | undefined; error: unknown };
  draft: SetDraft;
  kind: PreferenceKind;
  isChosen: boolean;
}) {
  const { query, kind } = props;
  if (!props.isChosen) {
    return (
      <p className="text-sm text-muted">
        Choose where the answers come from; what the set will hold then stands here.
      </p>
    );
  }
  if (query.error) return <ErrorLine error={query.error} />;
  if (!query.data) return <Progress label="Looking at the source" done={0} total={0} />;
  const { prompts, pairs, candidates, quarantined, firstQuarantined } = query.data;
  const { repeatShare, reviewers, reviewersPerPair } = settingsOfDraft(props.draft);
  const repeats = Math.round(pairs * repeatShare);
  const each =
    reviewers.length > 0 ? ((pairs + repeats) * reviewersPerPair) / reviewers.length : pairs + repeats;
  return (
    <div className="space-y-3">
      <Stat
        label="To judge"
        value={formatNumber(pairs)}
        detail={`${kind === 'pairs' ? 'pairs' : 'answers'} from ${formatCount(prompts, 'prompt')} with ${formatCount(candidates, 'answer')}`}
      />
      <p className="text-sm text-muted">
        {repeats > 0 && `About ${formatNumber(repeats)} come back with their sides swapped. `}
        About {formatNumber(each)} verdicts {reviewers.length > 0 ? 'for each reviewer' : 'in all'}.
      </p>
      {quarantined > 0 && (
        <details className="rounded-md border border-amber-line bg-amber-soft px-3 py-2 text-sm">
          <summary className="cursor-default font-medium">
            <ToneIcon tone="amber" className="mr-1.5 inline" />
            {formatCount(quarantined, 'line')} will be set aside
          </summary>
          <QuarantinedLines rows={firstQuarantined.slice(0, 5)} />
        </details>
      )}
    </div>
  );
}
