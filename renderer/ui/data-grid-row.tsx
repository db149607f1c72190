// biome-ignore-all lint/a11y/useFocusableInteractive: cells have focus, not rows.
// biome-ignore-all lint/a11y/useSemanticElements: a table cannot hold rows that are drawn one by one.
import { memo, type ReactNode } from 'react';
import { cx } from './class-names.ts';
import type { GridColumn, GridSort } from './data-grid.model.ts';

const focusClass =
  'px-2.5 outline-none focus-visible:rounded-sm focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-focus';
const cellClass = cx('flex min-w-0 items-center overflow-hidden', focusClass);
/** Most cells are nothing but text: one box each, because a screen of them is laid out anew with every turn of the wheel. */
const plainClass = cx('truncate leading-8', focusClass);

/** Which cell of a row Tab leads to: its column, or none. */
type TabStop = number | null;

function textClass<Row>({ align, isMono, cell }: GridColumn<Row>): string {
  return cx(
    cell ? cellClass : plainClass,
    align === 'end' && 'justify-end text-right tabular-nums',
    isMono && 'font-mono text-xs',
  );
}

type RowProps<Row> = {
  row: Row | undefined;
  index: number;
  topPx: number;
  columns: readonly GridColumn<Row>[];
  hasPicks: boolean;
  isPicked: boolean;
  isOpen: boolean;
  tabStop: TabStop;
};

function contentOf<Row>(column: GridColumn<Row>, row: Row): ReactNode {
  return column.cell ? column.cell(row) : column.text(row);
}

/** A row that is still being read says where it stands. */
function Waiting({ index, isFirst }: { index: number; isFirst: boolean }) {
  return isFirst ? (
    <span className="text-muted">{(index + 1).toLocaleString('en-US')}</span>
  ) : (
    <span aria-hidden className="inline-block h-3 w-2/3 rounded-sm bg-press" />
  );
}

function RowOf<Row>(props: RowProps<Row>) {
  const { row, index, columns, hasPicks, isPicked, tabStop } = props;
  const before = hasPicks ? 1 : 0;
  const stopAt = (column: number): number => (tabStop === column ? 0 : -1);
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-busy={row === undefined}
      {...(hasPicks ? { 'aria-selected': isPicked } : {})}
      data-row={index}
      className={cx(
        'absolute inset-x-0 grid h-8 border-b border-line text-sm contain-strict',
        isPicked || props.isOpen ? 'bg-selected' : 'hover:bg-hover',
        props.isOpen && 'shadow-[inset_2px_0_0_var(--color-accent)]',
      )}
      style={{ top: props.topPx, gridTemplateColumns: 'var(--columns)' }}
    >
      {hasPicks && (
        <div
          role="gridcell"
          aria-colindex={1}
          tabIndex={stopAt(0)}
          className={cx(cellClass, 'justify-center')}
        >
          <input
            type="checkbox"
            aria-label={`Pick row ${index + 1}`}
            tabIndex={-1}
            checked={isPicked}
            readOnly
            className="size-4 accent-accent"
          />
        </div>
      )}
      {columns.map((column, at) => (
        <div
          key={column.id}
          role="gridcell"
          aria-colindex={at + before + 1}
          tabIndex={stopAt(at + before)}
          data-column={column.id}
          className={textClass(column)}
        >
          {row === undefined ? <Waiting index={index} isFirst={at === 0} /> : contentOf(column, row)}
        </div>
      ))}
    </div>
  );
}

/** One row of the grid at its place. */
export const GridRow = memo(RowOf) as typeof RowOf;

/** The names of the columns; a press sorts, the border at the right of one moves. */
export function GridHead<Row>(props: {
  columns: readonly GridColumn<Row>[];
  hasPicks: boolean;
  sort: GridSort | null;
  tabStop: TabStop;
  onWiden: (columnId: string, widthPx: number) => void;
}) {
  const { columns, hasPicks, sort, tabStop } = props;
  const before = hasPicks ? 1 : 0;
  const stopAt = (column: number): number => (tabStop === column ? 0 : -1);
  return (
    <div
      role="row"
      aria-rowindex={1}
      data-row={-1}
      className="grid h-7.5 bg-sunken text-xs font-medium text-muted"
      style={{ gridTemplateColumns: 'var(--columns)' }}
    >
      {hasPicks && (
        <div role="columnheader" aria-colindex={1} tabIndex={stopAt(0)} className={cellClass}>
          <span className="sr-only">Picked</span>
        </div>
      )}
      {columns.map((column, at) => {
        const direction = sort?.columnId === column.id ? sort.direction : null;
        return (
          <div
            key={column.id}
            role="columnheader"
            aria-colindex={at + before + 1}
            tabIndex={stopAt(at + before)}
            data-column={column.id}
            {...(column.isSortable
              ? {
                  'aria-sort': direction === null ? 'none' : direction === 'asc' ? 'ascending' : 'descending',
                }
              : {})}
            className={cx(
              cellClass,
              'relative gap-1',
              column.align === 'end' && 'justify-end',
              column.isSortable && 'cursor-pointer hover:text-ink',
            )}
          >
            <span className="truncate">{column.header}</span>
            {direction && <span aria-hidden>{direction === 'asc' ? '↑' : '↓'}</span>}
            <Edge onWiden={(widthPx) => props.onWiden(column.id, widthPx)} />
          </div>
        );
      })}
    </div>
  );
}

const minColumnPx = 48;

/** The border one drags to make a column wider; by keyboard Shift with the arrows does the same. */
function Edge({ onWiden }: { onWiden: (widthPx: number) => void }) {
  return (
    <span
      aria-hidden
      data-edge
      className="absolute inset-y-1.5 right-0 w-1.5 cursor-col-resize border-r border-line-strong"
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        const { currentTarget, pointerId, clientX } = event;
        const cell = currentTarget.parentElement;
        if (!cell || !currentTarget.hasPointerCapture(pointerId)) return;
        onWiden(Math.max(minColumnPx, clientX - cell.getBoundingClientRect().left));
      }}
    />
  );
}
