import type {
  Dataset,
  FindingCounts,
  SplitCounts,
} from '../../../shared/features/datasets/datasets.model.ts';
import type { ReviewState } from '../../../shared/features/datasets/review.model.ts';
import { Badge, type Tone, ToneIcon } from '../../ui/badge.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';

/** The tone of a severity. */
export const severityTones: Readonly<Record<'error' | 'warning' | 'info', Tone>> = {
  error: 'ruby',
  warning: 'amber',
  info: 'neutral',
};

/** Split sizes in words: `31 train · 7 validation · 6 test`, or that there is none yet. */
export function splitText(counts: SplitCounts): string {
  const parts = (['train', 'validation', 'test'] as const)
    .filter((split) => counts[split] > 0)
    .map((split) => `${formatNumber(counts[split])} ${split}`);
  if (parts.length === 0) return 'not split';
  if (counts.unassigned > 0) parts.push(`${formatNumber(counts.unassigned)} unassigned`);
  return parts.join(' · ');
}

/** Findings per severity as icons with numbers; “none” in words. */
export function FindingMarks({ counts }: { counts: FindingCounts }) {
  const shown = (['error', 'warning', 'info'] as const).filter((severity) => counts[severity] > 0);
  if (shown.length === 0) {
    return (
      <span className="inline-flex items-center gap-1 text-muted">
        <ToneIcon tone="emerald" className="size-3.5" /> none
      </span>
    );
  }
  return (
    <span className="inline-flex items-center gap-2.5">
      {shown.map((severity) => (
        <span key={severity} className="inline-flex items-center gap-1 tabular-nums">
          <ToneIcon tone={severityTones[severity]} label={severity} className="size-3.5" />
          {formatNumber(counts[severity])}
        </span>
      ))}
    </span>
  );
}

/** The same as one sentence, for names and cells. */
export function findingText(counts: FindingCounts): string {
  const parts = (['error', 'warning', 'info'] as const)
    .filter((severity) => counts[severity] > 0)
    .map((severity) => formatCount(counts[severity], severity === 'info' ? 'note' : severity));
  return parts.length > 0 ? parts.join(', ') : 'none';
}

const methodWords = {
  sft: { label: 'SFT', title: 'Method: supervised fine-tuning on chat examples' },
  dpo: { label: 'DPO', title: 'Method: preference tuning on pairs of answers' },
  rft: { label: 'RFT', title: 'Method: reinforcement fine-tuning, answers are scored by a grader' },
} as const;

/** What the data set trains. */
export function MethodBadge({ dataset }: { dataset: Pick<Dataset, 'method'> }) {
  const { label, title } = methodWords[dataset.method];
  return <Badge title={title}>{label}</Badge>;
}

/** Marks data that ships with the program. */
export function DemoBadge({ dataset }: { dataset: Pick<Dataset, 'isDemo'> }) {
  return dataset.isDemo ? (
    <Badge tone="quartz" title="Made for the demo project, ships with Lapidary">
      demo
    </Badge>
  ) : null;
}

const statusTones: Readonly<Record<ReviewState, Tone>> = {
  draft: 'neutral',
  approved: 'emerald',
  rejected: 'ruby',
};

/** What reviewers made of an example: picture and word. */
export function StatusMark({ status }: { status: ReviewState }) {
  return (
    <span className="inline-flex items-center gap-1 text-xs">
      {status !== 'draft' && <ToneIcon tone={statusTones[status]} className="size-3.5" />}
      {status}
    </span>
  );
}
