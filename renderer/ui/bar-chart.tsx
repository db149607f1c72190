import { useCallback, useMemo } from 'react';
import { Chart } from './chart.tsx';
import type { ChartLook } from './chart-look.ts';
import { axis, BarLegend, barDecals, baseOption, numberTable } from './chart-parts.tsx';
import { formatNumber } from './format.ts';

export type BarSeries = { name: string; values: readonly number[]; tone: number };

type BarChartProps = {
  title: string;
  /** One word per bar. */
  categories: readonly string[];
  series: readonly BarSeries[];
  /** What a bar counts, e.g. `examples`. */
  valueName: string;
  valueText?: ((value: number) => string) | undefined;
  direction?: 'upright' | 'lying' | undefined;
  /** Bars of a histogram touch. */
  isHistogram?: boolean | undefined;
  /** Without axes, for a strip of small pictures. */
  isCompact?: boolean | undefined;
  /** The chosen bars; the others are drawn fainter. */
  selected?: readonly number[] | undefined;
  onSelect?: ((category: number) => void) | undefined;
  height?: number | undefined;
  isTitleHidden?: boolean | undefined;
  className?: string | undefined;
};

function summaryOf(props: BarChartProps, text: (value: number) => string): string {
  return props.series
    .map((series) => {
      const total = series.values.reduce((sum, value) => sum + value, 0);
      const top = series.values.indexOf(Math.max(...series.values));
      if (series.values.length === 0) return `${series.name}: nothing.`;
      return `${series.name}: ${series.values.length} bars, ${text(total)} ${props.valueName} in all, most in ${props.categories[top]} (${text(series.values[top] ?? 0)}).`;
    })
    .join(' ');
}

/** Bars by category or bin; several series are told apart by hatching as well as colour. */
export function BarChart(props: BarChartProps) {
  const { categories, series, isHistogram, isCompact, selected, valueName } = props;
  const text = useMemo(
    () => props.valueText ?? ((value: number) => formatNumber(value, 2)),
    [props.valueText],
  );
  const isLying = props.direction === 'lying';
  const isClickable = props.onSelect !== undefined;

  const option = useCallback(
    (look: ChartLook) => {
      const names = axis(look, {
        type: 'category',
        data: categories,
        inverse: isLying,
        show: !isCompact,
        splitLine: { show: false },
      });
      const values = axis(look, {
        type: 'value',
        show: !isCompact,
        splitNumber: 3,
        axisLine: { show: false },
        axisLabel: { color: look.muted, formatter: text },
      });
      const isFaint = (place: number): boolean =>
        selected !== undefined && selected.length > 0 && !selected.includes(place);
      return {
        ...baseOption(look),
        aria: {
          enabled: true,
          label: { enabled: false },
          decal: { show: series.length > 1, decals: barDecals(look) },
        },
        grid: isCompact
          ? { left: 0, right: 0, top: 2, bottom: 0 }
          : { left: 8, right: 16, top: 12, bottom: 8, containLabel: true },
        tooltip: {
          ...(baseOption(look).tooltip as object),
          trigger: 'axis',
          axisPointer: { type: 'none' },
          formatter: (shown: readonly { name: string; seriesName?: string; value: number }[]) =>
            [
              shown[0]?.name ?? '',
              ...shown.map((one) =>
                series.length > 1
                  ? `${one.seriesName}  ${text(one.value)}`
                  : `${text(one.value)} ${valueName}`,
              ),
            ].join('\n'),
        },
        xAxis: isLying ? values : names,
        yAxis: isLying ? names : values,
        series: series.map((one) => ({
          type: 'bar',
          name: one.name,
          cursor: isClickable ? 'pointer' : 'default',
          barCategoryGap: isHistogram ? '6%' : '35%',
          barMaxWidth: isHistogram ? undefined : 40,
          barMinHeight: 1,
          itemStyle: { color: look.ramp[one.tone - 1], borderRadius: isLying ? [0, 2, 2, 0] : [2, 2, 0, 0] },
          emphasis: { itemStyle: { color: look.accent } },
          data: one.values.map((value, place) =>
            isFaint(place) ? { value, itemStyle: { opacity: 0.35 } } : { value },
          ),
        })),
      };
    },
    [categories, series, isHistogram, isCompact, isLying, isClickable, selected, text, valueName],
  );

  return (
    <Chart
      title={props.title}
      isTitleHidden={props.isTitleHidden}
      summary={summaryOf(props, text)}
      option={option}
      height={props.height ?? (isCompact ? 48 : 220)}
      className={props.className}
      onSelect={props.onSelect && (({ dataIndex }) => props.onSelect?.(dataIndex))}
      legend={series.length > 1 ? <BarLegend entries={series} /> : undefined}
      tracks={series.map((one, seriesIndex) => ({
        name: one.name,
        seriesIndex,
        texts: categories.map(
          (category, place) => `${category}, ${text(one.values[place] ?? 0)} ${valueName}`,
        ),
      }))}
      table={numberTable(
        ['', ...series.map((one) => one.name)],
        categories.map((category, place) => [category, ...series.map((one) => text(one.values[place] ?? 0))]),
      )}
    />
  );
}
