import type { CustomSeriesRenderItemAPI } from 'echarts';
import { useCallback, useMemo } from 'react';
import { Chart } from './chart.tsx';
import type { ChartLook } from './chart-look.ts';
import { axis, baseOption, numberTable } from './chart-parts.tsx';
import { formatFixed } from './format.ts';

export type ForestRow = {
  label: string;
  estimate: number;
  low: number;
  high: number;
  n: number;
  /** What the interval says; it decides colour and the shape of the point. */
  verdict?: 'better' | 'worse' | 'open' | 'plain' | undefined;
};

const usualRowHeight = 32;

type Verdict = NonNullable<ForestRow['verdict']>;

function colourOf(verdict: Verdict, look: ChartLook): string {
  return { better: look.emerald, worse: look.ruby, open: look.muted, plain: look.ramp[0] ?? look.accent }[
    verdict
  ];
}

/** Draws one row: the interval with caps, and its estimate as a disc (clear) or a ring (the interval holds zero). */
function drawRow(api: CustomSeriesRenderItemAPI, row: ForestRow, look: ChartLook) {
  const place = api.value(0);
  const [lowX = 0, y = 0] = api.coord([row.low, place]);
  const [highX = 0] = api.coord([row.high, place]);
  const [x = 0] = api.coord([row.estimate, place]);
  const verdict = row.verdict ?? 'plain';
  const colour = colourOf(verdict, look);
  const line = (x1: number, y1: number, end: { x2: number; y2: number }) => ({
    type: 'line' as const,
    shape: { x1, y1, ...end },
    style: { stroke: colour, lineWidth: 2 },
  });
  return {
    type: 'group' as const,
    children: [
      line(lowX, y, { x2: highX, y2: y }),
      line(lowX, y - 5, { x2: lowX, y2: y + 5 }),
      line(highX, y - 5, { x2: highX, y2: y + 5 }),
      {
        type: 'circle' as const,
        shape: { cx: x, cy: y, r: 5 },
        style: { fill: verdict === 'open' ? look.surface : colour, stroke: colour, lineWidth: 2 },
      },
    ],
  };
}

/** Estimates with their intervals, one row each, against a line of no difference. */
export function ForestPlot(props: {
  title: string;
  rows: readonly ForestRow[];
  /** What is estimated, e.g. `accuracy` or `difference in accuracy`. */
  valueName: string;
  valueText?: ((value: number) => string) | undefined;
  /** Where "no difference" lies; null draws no line. */
  reference?: number | null | undefined;
  isTitleHidden?: boolean | undefined;
  /** Pixels per row; 32 unless many rows must fit. */
  rowHeight?: number | undefined;
  className?: string | undefined;
}) {
  const { rows, valueName, reference = null } = props;
  const text = useMemo(
    () => props.valueText ?? ((value: number) => formatFixed(value, 3)),
    [props.valueText],
  );
  const sentences = useMemo(
    () =>
      rows.map(
        (row) => `${text(row.estimate)}, 95% interval ${text(row.low)} to ${text(row.high)}, n ${row.n}`,
      ),
    [rows, text],
  );

  const option = useCallback(
    (look: ChartLook) => ({
      ...baseOption(look),
      grid: { left: 8, right: 24, top: 8, bottom: 24, containLabel: true },
      tooltip: {
        ...(baseOption(look).tooltip as object),
        trigger: 'item',
        formatter: ({ dataIndex }: { dataIndex: number }) =>
          `${rows[dataIndex]?.label}\n${sentences[dataIndex]}`,
      },
      xAxis: axis(look, {
        type: 'value',
        scale: reference === null,
        name: valueName,
        nameLocation: 'middle',
        nameGap: 24,
        // Few ticks: in a narrow plot labels that overlap are left out, and uneven ones mislead.
        splitNumber: 2,
        axisLabel: { color: look.muted, hideOverlap: true, formatter: text },
      }),
      yAxis: axis(look, {
        type: 'category',
        inverse: true,
        data: rows.map((row) => row.label),
        axisLine: { show: false },
        splitLine: { show: false },
        axisLabel: { color: look.ink, fontSize: look.size + 1, width: 220, overflow: 'truncate' },
      }),
      series: [
        {
          type: 'custom',
          name: valueName,
          encode: { x: [1, 2, 3], y: 0 },
          data: rows.map((row, place) => [place, row.low, row.estimate, row.high]),
          renderItem: (params: { dataIndex: number }, api: CustomSeriesRenderItemAPI) => {
            const row = rows[params.dataIndex];
            return row ? drawRow(api, row, look) : null;
          },
          ...(reference === null
            ? {}
            : {
                markLine: {
                  silent: true,
                  symbol: 'none',
                  animation: false,
                  label: { show: false },
                  lineStyle: { color: look.ink, type: 'dashed', width: 1 },
                  data: [{ xAxis: reference }],
                },
              }),
        },
      ],
    }),
    [rows, sentences, valueName, text, reference],
  );

  return (
    <Chart
      title={props.title}
      isTitleHidden={props.isTitleHidden}
      summary={`${valueName} with 95% intervals. ${rows.map((row, place) => `${row.label}: ${sentences[place]}.`).join(' ')}`}
      option={option}
      height={rows.length * (props.rowHeight ?? usualRowHeight) + 56}
      className={props.className}
      tracks={[
        {
          name: valueName,
          seriesIndex: 0,
          texts: rows.map((row, place) => `${row.label}, ${sentences[place]}`),
        },
      ]}
      table={numberTable(
        ['', valueName, 'low', 'high', 'n'],
        rows.map((row) => [row.label, text(row.estimate), text(row.low), text(row.high), String(row.n)]),
      )}
    />
  );
}
