import type { DetectionView } from '../../../shared/features/privacy/privacy.model.ts';
import { Badge } from '../../ui/badge.tsx';
import { cx } from '../../ui/class-names.ts';
import { formatNumber } from '../../ui/format.ts';
import { RowButton } from '../../ui/row-button.tsx';
import { confidenceWords, stateWords } from './privacy-words.ts';

const shown = (text: string): string => text.replace(/\s+/g, ' ');

/** One find in its sentence; pressing it makes it the one the keys act on. */
export function DetectionRow(props: { one: DetectionView; isSelected: boolean; onSelect: () => void }) {
  const { one } = props;
  return (
    <li aria-current={props.isSelected ? 'true' : undefined} data-detection={one.detectionId}>
      <RowButton
        onPress={props.onSelect}
        className={cx(
          'block w-full border-b border-line px-4 py-2 hover:bg-hover focus-inside',
          props.isSelected && 'row-selected bg-selected',
        )}
      >
        <span className="block text-sm leading-5 break-words">
          <span className="text-muted">{shown(one.before)}</span>
          <mark className="rounded-sm border border-accent-line bg-accent-soft px-0.5 font-medium text-accent-ink">
            {one.match}
          </mark>
          <span className="text-muted">{shown(one.after)}</span>
        </span>
        <span className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
          <Badge tone={one.confidence === 'high' ? 'accent' : 'neutral'}>
            {confidenceWords[one.confidence]}
          </Badge>
          <span className="tabular-nums">Example {formatNumber(one.position)}</span>
          <span className="font-mono">{one.pointer}</span>
          <span>{one.rule}</span>
          {one.state !== 'open' && <Badge tone="emerald">{stateWords[one.state]}</Badge>}
          {one.reason && <span className="italic">“{one.reason}”</span>}
        </span>
      </RowButton>
    </li>
  );
}
