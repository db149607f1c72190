import { useCallback, useMemo } from 'react';
import type { QualityChart } from '../../../shared/features/quality/quality.model.ts';
import { BarChart } from '../../ui/bar-chart.tsx';
import { formatCount } from '../../ui/format.ts';
import { useGo } from '../../ui/location.ts';
import { chartWords, examplesHref } from './quality-words.ts';

const shownBars = 20;
const nameCharacters = 48;

function shorten(name: string): string {
  const line = name.replaceAll(/\s+/g, ' ');
  return line.length > nameCharacters ? `${line.slice(0, nameCharacters - 1)}…` : line;
}

/** One facet of a data set as bars; a bar of a label leads to its examples. */
export function FacetChart({ datasetId, chart }: { datasetId: string; chart: QualityChart }) {
  const go = useGo();
  const words = chartWords[chart.id];
  const isHistogram = chart.kind === 'histogram';
  const bars = useMemo(
    () => (isHistogram ? chart.bars : chart.bars.slice(0, shownBars)),
    [chart.bars, isHistogram],
  );
  const categories = useMemo(() => bars.map(({ name }) => shorten(name)), [bars]);
  const series = useMemo(
    () => [{ name: words.title, values: bars.map(({ count }) => count), tone: 1 }],
    [bars, words.title],
  );
  const open = useCallback(
    (at: number) => {
      const label = bars[at]?.name;
      if (label !== undefined) go(examplesHref(datasetId, { label }));
    },
    [bars, datasetId, go],
  );
  const hidden = chart.bars.length - bars.length + chart.otherValues;
  const hiddenExamples =
    chart.bars.slice(bars.length).reduce((sum, { count }) => sum + count, 0) + chart.otherExamples;
  return (
    <div className="min-w-0">
      <BarChart
        title={words.title}
        categories={categories}
        series={series}
        valueName={words.unit}
        direction={isHistogram ? 'upright' : 'lying'}
        isHistogram={isHistogram}
        height={isHistogram ? 200 : Math.max(80, 26 * bars.length + 40)}
        onSelect={chart.id === 'labels' ? open : undefined}
      />
      <p className="mt-1 text-xs text-muted">
        {words.note}
        {hidden > 0 && ` ${formatCount(hidden, 'more value')} in ${formatCount(hiddenExamples, 'example')}.`}
      </p>
    </div>
  );
}
