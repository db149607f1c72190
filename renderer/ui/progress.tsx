import { Label, ProgressBar } from 'react-aria-components';
import { cx } from './class-names.ts';

/** How far something is: determinate when `total` is known, else a quiet moving bar. */
export function Progress(props: {
  label: string;
  done: number;
  total: number;
  /** What stands to the right, e.g. `62 % · 00:41 left`. */
  detail?: string | undefined;
  isLabelHidden?: boolean | undefined;
  tone?: 'accent' | 'quartz' | 'emerald' | 'ruby' | undefined;
  className?: string | undefined;
}) {
  const isKnown = props.total > 0;
  const percent = isKnown ? Math.min(100, (props.done / props.total) * 100) : 0;
  const fills = { accent: 'bg-accent', quartz: 'bg-quartz', emerald: 'bg-emerald', ruby: 'bg-ruby' };
  return (
    <ProgressBar
      value={percent}
      isIndeterminate={!isKnown}
      {...(props.detail ? { valueLabel: props.detail } : {})}
      className={cx('flex min-w-0 flex-col gap-1', props.className)}
    >
      <span className={props.isLabelHidden ? 'sr-only' : 'flex items-baseline justify-between gap-3 text-sm'}>
        <Label className="min-w-0 truncate">{props.label}</Label>
        {props.detail && <span className="shrink-0 text-xs text-muted tabular-nums">{props.detail}</span>}
      </span>
      <span className="block h-1 overflow-hidden rounded-full bg-press" aria-hidden>
        <span
          className={cx(
            'block h-full rounded-full transition-[width]',
            fills[props.tone ?? 'accent'],
            !isKnown && 'w-1/3 animate-wander',
          )}
          {...(isKnown ? { style: { width: `${percent}%` } } : {})}
        />
      </span>
    </ProgressBar>
  );
}
