import type { ChartLook } from './chart-look.ts';
import type { ChartTable } from './chart.tsx';

export type Dash = 'solid' | 'dashed' | 'dotted';

const dashes: Record<Dash, string> = { solid: '', dashed: '6 4', dotted: '2 3' };

/** Names beside their line as drawn, so that a series is known without its colour. */
export function Legend(props: {
  entries: readonly { name: string; tone: number; dash?: Dash | undefined }[];
}) {
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

/** Options every chart shares: type, quiet axes, a plain tooltip drawn on the canvas, no motion where none is wanted. */
export function baseOption(look: ChartLook): Record<string, unknown> {
  return {
    animation: !look.isStill,
    animationDuration: 160,
    animationDurationUpdate: 120,
    color: look.ramp,
    textStyle: { fontFamily: look.font, fontSize: 12, color: look.muted },
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
      textStyle: { color: look.ink, fontSize: 12, fontFamily: look.font, lineHeight: 18 },
    },
  };
}

/** A value or category axis in the quiet look. */
export function axis(look: ChartLook, parts: Record<string, unknown>): Record<string, unknown> {
  return {
    axisLine: { lineStyle: { color: look.lineStrong } },
    axisTick: { show: false },
    axisLabel: { color: look.muted, fontSize: 12, hideOverlap: true },
    splitLine: { lineStyle: { color: look.line } },
    nameTextStyle: { color: look.muted, fontSize: 12 },
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
