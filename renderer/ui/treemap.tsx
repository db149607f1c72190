import { useCallback } from 'react';
import { Chart } from './chart.tsx';
import type { ChartLook } from './chart-look.ts';
import { baseOption } from './chart-parts.tsx';
import { formatNumber } from './format.ts';

export type Tile = {
  name: string;
  value: number;
  /** Said after the value. */
  detail: string;
  /** Drawn in ruby with a thick border. */
  isMarked: boolean;
};

/** Areas by value; marked ones are told apart by border and colour. Pass stable tiles. */
export function Treemap(props: {
  title: string;
  tiles: readonly Tile[];
  /** What a tile counts, e.g. `examples`. */
  valueName: string;
  /** What the mark means. */
  markName: string;
  onSelect?: ((at: number) => void) | undefined;
  height?: number | undefined;
}) {
  const { tiles, valueName } = props;
  const isClickable = props.onSelect !== undefined;
  const option = useCallback(
    (look: ChartLook) => ({
      ...baseOption(look),
      tooltip: {
        ...(baseOption(look).tooltip as object),
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const tile = tiles[dataIndex - 1] ?? tiles[dataIndex];
          return tile ? `${tile.name}\n${formatNumber(tile.value)} ${valueName}, ${tile.detail}` : '';
        },
      },
      series: [
        {
          type: 'treemap',
          left: 0,
          right: 0,
          top: 4,
          bottom: 0,
          roam: false,
          nodeClick: false,
          breadcrumb: { show: false },
          cursor: isClickable ? 'pointer' : 'default',
          label: { color: look.surface, fontSize: look.size, overflow: 'truncate' },
          itemStyle: { borderColor: look.surface, borderWidth: 1, gapWidth: 1 },
          data: tiles.map(({ name, value, isMarked }) => ({
            name: `${name} · ${formatNumber(value)}`,
            value,
            itemStyle: {
              color: isMarked ? look.ruby : look.ramp[0],
              borderColor: isMarked ? look.ink : look.surface,
              borderWidth: isMarked ? 2 : 1,
            },
          })),
        },
      ],
    }),
    [tiles, valueName, isClickable],
  );
  const marked = tiles.filter(({ isMarked }) => isMarked).length;
  const largest = tiles.reduce((most, { value }) => Math.max(most, value), 0);
  return (
    <Chart
      title={props.title}
      summary={`${formatNumber(tiles.length)} areas, the largest with ${formatNumber(largest)} ${valueName}; ${formatNumber(marked)} with the mark for ${props.markName}.`}
      option={option}
      height={props.height ?? 140}
      onSelect={props.onSelect && (({ dataIndex }) => props.onSelect?.(dataIndex))}
      tracks={[
        {
          name: props.title,
          seriesIndex: 0,
          texts: tiles.map(
            ({ name, value, detail }) => `${name}, ${formatNumber(value)} ${valueName}, ${detail}`,
          ),
        },
      ]}
      table={{
        columns: [
          { id: 'name', header: 'Area', cell: (row) => row[0] ?? '' },
          { id: 'value', header: valueName, align: 'end', cell: (row) => row[1] ?? '' },
          { id: 'detail', header: 'Detail', cell: (row) => row[2] ?? '' },
        ],
        rows: tiles.map(({ name, value, detail }) => [name, formatNumber(value), detail]),
      }}
    />
  );
}
