import type { ChartLook } from './chart-look.ts';
import type { ChartTable } from './chart.tsx';

export type Dash = 'solid' | 'dashed' | 'dotted';

const dashes: Record<Dash, string> = { solid: '', dashed: '6 4', dotted: '2 3' };

type LegendEntry = { name: string; tone: number; dash?: Dash | undefined };

/** Names beside their line as drawn, so that a series is known without its colour. */
export function LineLegend(props: { entries: readonly LegendEntry[] }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1">
      {props.entries.map((entry) => (
        <li key={entry.name} className="flex items-center gap-1.5 text-xs text-muted">
          <svg width="18" height="8" aria-hidden className="shrink-0">
            <line
              x1="0"
              x2="18"
              y1="4"
              y2="4"
              strokeWidth="2"
              strokeDasharray={dashes[entry.dash ?? 'solid']}
              stroke={`var(--color-chart-${entry.tone})`}
            />
          </svg>
          {entry.name}
        </li>
      ))}
    </ul>
  );
}

const hatches = [
  '',
  'repeating-linear-gradient(45deg, transparent 0 2px, var(--color-surface) 2px 3px)',
  'radial-gradient(circle at 2px 2px, var(--color-surface) 1px, transparent 1.2px)',
];

/** The hatching of bars by series, as the legend shows it: none, lines, dots. */
export function barDecals(look: ChartLook): Record<string, unknown>[] {
  const shared = { color: look.surface, symbolSize: 1 };
  return [
    { symbol: 'none' },
    { ...shared, symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4 },
    {
      ...shared,
      symbol: 'circle',
      symbolSize: 0.7,
      dashArrayX: [
        [8, 8],
        [0, 8, 8, 0],
      ],
      dashArrayY: [6, 0],
    },
  ];
}

/** Names beside a swatch of their bars. */
export function BarLegend(props: { entries: readonly LegendEntry[] }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1">
      {props.entries.map((entry, place) => (
        <li key={entry.name} className="flex items-center gap-1.5 text-xs text-muted">
          <span
            aria-hidden
            className="size-3 shrink-0 rounded-sm"
            style={{
              backgroundColor: `var(--color-chart-${entry.tone})`,
              backgroundImage: hatches[place % hatches.length],
            }}
          />
          {entry.name}
        </li>
      ))}
    </ul>
  );
}

/** Options every chart shares: type, quiet axes, a plain tooltip drawn on the canvas, no motion where none is wanted. */
export function baseOption(look: ChartLook): Record<string, unknown> {
  return {
    animation: !look.isStill,
    animationDuration: 160,
    animationDurationUpdate: 120,
    color: look.ramp,
    textStyle: { fontFamily: look.font, fontSize: look.size, color: look.muted },
    aria: { enabled: true, label: { enabled: false } },
    tooltip: {
      renderMode: 'richText',
      confine: true,
      backgroundColor: look.raised,
      borderColor: look.lineStrong,
      borderWidth: 1,
      borderRadius: 6,
      padding: [6, 10],
      transitionDuration: 0,
      textStyle: { color: look.ink, fontSize: look.size, fontFamily: look.font, lineHeight: look.size * 1.5 },
    },
  };
}

/** A value or category axis in the quiet look. */
export function axis(look: ChartLook, parts: Record<string, unknown>): Record<string, unknown> {
  return {
    axisLine: { lineStyle: { color: look.lineStrong } },
    axisTick: { show: false },
    axisLabel: { color: look.muted, fontSize: look.size, hideOverlap: true },
    splitLine: { lineStyle: { color: look.line } },
    nameTextStyle: { color: look.muted, fontSize: look.size },
    ...parts,
  };
}

/** A table twin: first column heads its row, the others are numbers. */
export function numberTable(headers: readonly string[], rows: readonly (readonly string[])[]): ChartTable {
  return {
    columns: headers.map((header, place) => ({
      id: `${place}`,
      header,
      align: place === 0 ? ('start' as const) : ('end' as const),
      cell: (row: readonly string[]) => row[place] ?? '',
    })),
    rows,
  };
}
