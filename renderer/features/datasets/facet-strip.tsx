import { memo, type ReactNode, useMemo } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { Facets } from '../../../shared/features/datasets/datasets.model.ts';
import { titleOfFinding } from '../../../shared/features/datasets/mark-codes.ts';
import { ToneIcon } from '../../ui/badge.tsx';
import { BarChart } from '../../ui/bar-chart.tsx';
import { cx } from '../../ui/class-names.ts';
import { formatNumber } from '../../ui/format.ts';
import { severityTones } from './dataset-words.tsx';
import { toggled, type ViewPatch, type ViewState } from './view-state.ts';

type Props = { facets: Facets; state: ViewState; onChange: (patch: ViewPatch) => void };

const listedRows = 4;

function Facet(props: { title: string; note?: string; children: ReactNode; className?: string }) {
  return (
    <section aria-label={props.title} className={cx('min-w-0 px-4 py-2.5', props.className)}>
      <h2 className="flex items-baseline justify-between gap-2 text-xs font-medium">
        {props.title}
        {props.note && <span className="truncate font-normal text-muted">{props.note}</span>}
      </h2>
      {props.children}
    </section>
  );
}

/** A value with its count and a bar behind it; pressing it filters by it, pressing again takes the filter away. */
function FacetRow(props: {
  label: string;
  count: number;
  share: number;
  isOn: boolean;
  icon?: ReactNode;
  onPress: () => void;
}) {
  return (
    <AriaButton
      aria-pressed={props.isOn}
      onPress={props.onPress}
      className={cx(
        'relative flex h-6 w-full min-w-0 cursor-default items-center gap-1.5 rounded-sm px-1.5 text-left text-xs hover:bg-hover',
        props.isOn && 'font-semibold text-accent-ink',
      )}
    >
      <span
        aria-hidden
        className={cx('absolute inset-y-0.5 left-0 rounded-sm', props.isOn ? 'bg-accent-soft' : 'bg-press')}
        style={{ width: `${Math.max(1.5, props.share * 100)}%` }}
      />
      <span className="relative flex min-w-0 flex-1 items-center gap-1.5">
        {props.icon}
        <span className="truncate">{props.label}</span>
      </span>
      <span className="relative tabular-nums">
        {formatNumber(props.count)}
        <span className="sr-only">{props.count === 1 ? ' example' : ' examples'}</span>
      </span>
    </AriaButton>
  );
}

type Bars = Facets['tokens'];

function Histogram(props: {
  title: string;
  bars: Bars;
  unit: string;
  range: readonly [number | null, number | null];
  onRange: (range: readonly [number | null, number | null]) => void;
}) {
  const { bars, unit } = props;
  const [min, max] = props.range;
  const categories = useMemo(
    () =>
      bars.map((bar) =>
        bar.min === bar.max
          ? `${formatNumber(bar.min)} ${unit}`
          : `${formatNumber(bar.min)} to ${formatNumber(bar.max)} ${unit}`,
      ),
    [bars, unit],
  );
  const series = useMemo(
    () => [{ name: 'Examples', values: bars.map(({ count }) => count), tone: 1 }],
    [bars],
  );
  const selected = useMemo(() => {
    const isAny = min === null && max === null;
    const isChosen = (bar: Bars[number]): boolean =>
      !isAny && bar.min >= (min ?? 0) && bar.max <= (max ?? Number.POSITIVE_INFINITY);
    return bars.flatMap((bar, place) => (isChosen(bar) ? [place] : []));
  }, [bars, min, max]);
  return (
    <BarChart
      title={props.title}
      isHistogram
      isCompact
      height={84}
      categories={categories}
      series={series}
      valueName="examples"
      selected={selected}
      onSelect={(place) => {
        const bar = props.bars[place];
        if (!bar) return;
        props.onRange(min === bar.min && max === bar.max ? [null, null] : [bar.min, bar.max]);
      }}
    />
  );
}

function Findings({ facets, state, onChange }: Props) {
  const most = Math.max(1, ...facets.findings.map(({ examples }) => examples));
  const rest = facets.findings.length - listedRows;
  return (
    <Facet title="Findings" {...(rest > 0 ? { note: `${rest} more in the filter` } : {})}>
      {facets.findings.length === 0 && (
        <p className="flex h-6 items-center gap-1.5 text-xs text-muted">
          <ToneIcon tone="emerald" className="size-3.5" /> Nothing found
        </p>
      )}
      {facets.findings.slice(0, listedRows).map((one) => (
        <FacetRow
          key={one.code}
          label={titleOfFinding(one.code)}
          count={one.examples}
          share={one.examples / most}
          isOn={state.codes.includes(one.code)}
          icon={<ToneIcon tone={severityTones[one.severity]} label={one.severity} className="size-3.5" />}
          onPress={() => onChange({ codes: toggled(state.codes, one.code) })}
        />
      ))}
    </Facet>
  );
}

function Labels({ facets, state, onChange }: Props) {
  const isRecurring = facets.labels.some(({ count }) => count > 1);
  const shown = isRecurring ? facets.labels.slice(0, listedRows) : [];
  const more = facets.labels.length + facets.otherLabels - shown.length;
  return (
    <Facet title="Labels" {...(isRecurring && more > 0 ? { note: `${formatNumber(more)} more` } : {})}>
      {!isRecurring && <p className="flex h-6 items-center text-xs text-muted">The answers are free text</p>}
      {shown.map(({ name, count }) => (
        <FacetRow
          key={name}
          label={name}
          count={count}
          share={count / Math.max(1, facets.labels[0]?.count ?? 1)}
          isOn={state.labels.includes(name)}
          onPress={() => onChange({ labels: toggled(state.labels, name) })}
        />
      ))}
    </Facet>
  );
}

function Splits({ facets, state, onChange }: Props) {
  const splits = (['train', 'validation', 'test', 'unassigned'] as const).filter(
    (split) => facets.splits[split] > 0 || state.splits.includes(split),
  );
  return (
    <Facet title="Split">
      {splits.map((split) => (
        <FacetRow
          key={split}
          label={split}
          count={facets.splits[split]}
          share={facets.splits[split] / Math.max(1, facets.total)}
          isOn={state.splits.includes(split)}
          onPress={() => onChange({ splits: toggled(state.splits, split) })}
        />
      ))}
    </Facet>
  );
}

/** Small pictures of what is shown; each bar is a filter. Drawn anew only with other numbers or another filter. */
export const FacetStrip = memo(function Strip(props: Props) {
  const { facets, state, onChange } = props;
  return (
    // In a low window the rows need the room; everything here can also be chosen under Filter.
    <div className="grid shrink-0 grid-cols-[repeat(auto-fit,minmax(11rem,1fr))] divide-x divide-line border-b border-line bg-surface [@media(max-height:680px)]:hidden">
      <div className="min-w-0 px-4 py-1.5">
        <Histogram
          title={`${formatNumber(facets.tokenTotal)} tokens`}
          bars={facets.tokens}
          unit="tokens"
          range={[state.minTokens, state.maxTokens]}
          onRange={([minTokens, maxTokens]) => onChange({ minTokens, maxTokens })}
        />
      </div>
      <div className="min-w-0 px-4 py-1.5">
        <Histogram
          title="Messages"
          bars={facets.messages}
          unit="messages"
          range={[state.minMessages, state.maxMessages]}
          onRange={([minMessages, maxMessages]) => onChange({ minMessages, maxMessages })}
        />
      </div>
      <Labels {...props} />
      <Findings {...props} />
      <Splits {...props} />
    </div>
  );
});
