import type { ReactNode } from 'react';
import { cx } from './class-names.ts';
import { ScrollArea } from './scroll-area.tsx';

export type TableColumn<Row> = {
  id: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  /** `end` for numbers. */
  align?: 'start' | 'end' | undefined;
  className?: string | undefined;
};

/** A small table (at most some hundred rows). `caption` names it for screen readers; the first column heads its row. */
export function Table<Row>(props: {
  caption: string;
  columns: readonly TableColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string | number;
  /** Shown instead of rows when there are none. */
  empty?: ReactNode;
  /** Higher tables scroll, in pixels. */
  maxHeight?: number | undefined;
  isCaptionShown?: boolean | undefined;
  className?: string | undefined;
}) {
  const alignment = (column: TableColumn<Row>): string =>
    column.align === 'end' ? 'text-right tabular-nums' : 'text-left';
  return (
    <ScrollArea
      label={props.caption}
      className={props.className}
      style={props.maxHeight ? { maxHeight: props.maxHeight } : undefined}
    >
      <table className="w-full border-collapse text-sm">
        <caption className={props.isCaptionShown ? 'pb-2 text-left text-sm text-muted' : 'sr-only'}>
          {props.caption}
        </caption>
        <thead>
          <tr className="border-b border-line-strong">
            {props.columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                className={cx(
                  'h-8 px-3 text-xs font-medium whitespace-nowrap text-muted first:pl-0 last:pr-0',
                  alignment(column),
                )}
              >
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={props.rowKey(row)} className="border-b border-line last:border-0">
              {props.columns.map((column, place) => {
                const Cell = place === 0 ? 'th' : 'td';
                return (
                  <Cell
                    key={column.id}
                    {...(place === 0 ? { scope: 'row' } : {})}
                    className={cx(
                      'h-8 px-3 py-1.5 font-normal first:pl-0 last:pr-0',
                      alignment(column),
                      column.className,
                    )}
                  >
                    {column.cell(row)}
                  </Cell>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {props.rows.length === 0 && props.empty && <div className="py-4 text-sm text-muted">{props.empty}</div>}
    </ScrollArea>
  );
}
