import { useCallback, useMemo } from 'react';
import { Chart } from './chart.tsx';
import type { ChartLook } from './chart-look.ts';
import { axis, baseOption, type Dash, LineLegend, numberTable } from './chart-parts.tsx';
import { formatNumber } from './format.ts';
import { lineSentence, mergedRows, type Point, thinned } from './line-summary.ts';

export type Line = {
  name: string;
  points: readonly Point[];
  /** 1–8 of the chart ramp. */
  tone: number;
  dash?: Dash | undefined;
  /** A band around the line: `[x, low, high]`. */
  band?: readonly (readonly [x: number, low: number, high: number])[] | undefined;
};

export type LineMark = { x: number; label: string };

type LineChartProps = {
  title: string;
  lines: readonly Line[];
  xName: string;
  yName: string;
  xText?: ((value: number) => string) | undefined;
  yText?: ((value: number) => string) | undefined;
  /** Upright lines with a word: checkpoints, the step where over-fitting begins, a break-even. */
  marks?: readonly LineMark[] | undefined;
  yScale?: 'value' | 'log' | undefined;
  /** The axis begins at zero; otherwise where the data begin. */
  fromZero?: boolean | undefined;
  /** Ends the y axis, e.g. at 1 for shares. */
  yMax?: number | undefined;
  /** Ends the x axis where the whole will end, so that a live curve fills up. */
  xMax?: number | undefined;
  height?: number | undefined;
  isTitleHidden?: boolean | undefined;
  className?: string | undefined;
};

const tableRows = 400;

function bandSeries(line: Line, colour: string): Record<string, unknown>[] {
  if (!line.band || line.band.length === 0) return [];
  const shared = {
    type: 'line',
    symbol: 'none',
    silent: true,
    lineStyle: { opacity: 0 },
    tooltip: { show: false },
  };
  return [
    {
      ...shared,
      name: `${line.name} low`,
      stack: `band ${line.name}`,
      data: line.band.map(([x, low]) => [x, low]),
    },
    {
      ...shared,
      name: `${line.name} high`,
      stack: `band ${line.name}`,
      areaStyle: { color: colour, opacity: 0.16 },
      data: line.band.map(([x, low, high]) => [x, high - low]),
    },
  ];
}

function marksOf(marks: readonly LineMark[], look: ChartLook, xEnd: number): Record<string, unknown> {
  return {
    silent: true,
    symbol: 'none',
    animation: false,
    lineStyle: { color: look.muted, type: 'dashed', width: 1 },
    label: { color: look.muted, fontSize: look.size - 1, position: 'end', formatter: '{b}' },
    data: marks.map((mark) => ({
      xAxis: mark.x,
      name: mark.label,
      // At the right edge a centred word would be cut off.
      label: { align: mark.x > xEnd * 0.93 ? 'right' : 'center' },
    })),
  };
}

/** Curves over a running number: each line has its colour, its dash and its name; bands show what is uncertain. */
export function LineChart(props: LineChartProps) {
  const { lines, marks, xName, yName, xText = formatNumber, yScale, fromZero, xMax, yMax } = props;
  const yText = useMemo(() => props.yText ?? ((value: number) => formatNumber(value, 4)), [props.yText]);
  const xEnd = xMax ?? Math.max(0, ...lines.map((line) => line.points.at(-1)?.[0] ?? 0));
  const words = useMemo(() => ({ x: xText, y: yText, xName }), [xText, yText, xName]);

  const option = useCallback(
    (look: ChartLook) => ({
      ...baseOption(look),
      grid: { left: 8, right: 16, top: marks && marks.length > 0 ? 24 : 12, bottom: 24, containLabel: true },
      tooltip: {
        ...(baseOption(look).tooltip as object),
        trigger: 'axis',
        axisPointer: { type: 'line', lineStyle: { color: look.muted }, animation: false },
        formatter: (shown: readonly { seriesName?: string; value: readonly number[] }[]) =>
          [
            `${xName} ${words.x(shown[0]?.value[0] ?? 0)}`,
            ...shown
              .filter((one) => lines.some((line) => line.name === one.seriesName))
              .map((one) => `${one.seriesName}  ${words.y(one.value[1] ?? 0)}`),
          ].join('\n'),
      },
      xAxis: axis(look, {
        type: 'value',
        name: xName,
        nameLocation: 'middle',
        nameGap: 24,
        min: 'dataMin',
        max: xMax ?? 'dataMax',
        splitLine: { show: false },
        axisLabel: {
          color: look.muted,
          hideOverlap: true,
          showMaxLabel: xMax === undefined,
          formatter: words.x,
        },
      }),
      yAxis: axis(look, {
        type: yScale ?? 'value',
        scale: !fromZero,
        ...(yMax === undefined ? {} : { max: yMax, interval: yMax / 4 }),
        axisLine: { show: false },
        splitNumber: 4,
        axisLabel: { color: look.muted, formatter: words.y },
      }),
      series: [
        ...lines.map((line, place) => ({
          type: 'line',
          name: line.name,
          data: line.points,
          showSymbol: line.points.length < 3,
          symbol: 'circle',
          symbolSize: 6,
          sampling: 'lttb',
          lineStyle: { width: 2, type: line.dash ?? 'solid', color: look.ramp[line.tone - 1] },
          itemStyle: { color: look.ramp[line.tone - 1] },
          emphasis: { disabled: false, scale: 1.6 },
          ...(place === 0 && marks && marks.length > 0 ? { markLine: marksOf(marks, look, xEnd) } : {}),
        })),
        ...lines.flatMap((line) => bandSeries(line, look.ramp[line.tone - 1] ?? look.muted)),
      ],
    }),
    [lines, marks, words, xName, yScale, fromZero, xMax, xEnd, yMax],
  );

  const rows = useMemo(() => mergedRows(lines, words), [lines, words]);
  const sentences = lines.map((line) => lineSentence(line, words));
  const marked =
    marks && marks.length > 0
      ? ` Marked: ${marks.map((mark) => `${mark.label} at ${xName} ${words.x(mark.x)}`).join(', ')}.`
      : '';
  return (
    <Chart
      title={props.title}
      isTitleHidden={props.isTitleHidden}
      summary={`${yName} by ${xName}. ${sentences.join(' ')}${marked}`}
      option={option}
      height={props.height}
      className={props.className}
      legend={<LineLegend entries={lines} />}
      tracks={lines.map((line, seriesIndex) => ({
        name: line.name,
        seriesIndex,
        texts: line.points.map(([x, y]) => `${xName} ${words.x(x)}, ${words.y(y)}`),
      }))}
      table={numberTable(
        [xName, ...lines.map((line) => line.name)],
        thinned(rows.length, tableRows).flatMap((place) => (rows[place] ? [rows[place]] : [])),
      )}
    />
  );
}
