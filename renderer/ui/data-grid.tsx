// biome-ignore-all lint/a11y/useSemanticElements: a table cannot hold rows that are drawn one by one.
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { cx } from './class-names.ts';
import type { DataGridProps, GridColumn } from './data-grid.model.ts';
import { GridHead, GridRow } from './data-grid-row.tsx';
import { bodyPxOf, rowsSeen } from './data-grid-window.ts';
import { ErrorState } from './error-state.tsx';
import { ContextMenu, type MenuEntry } from './menu.tsx';
import { useGridPicks } from './use-grid-picks.ts';
import { type GridElements, useGridRows } from './use-grid-rows.ts';

export type { DataGridHandle, GridColumn, GridSort } from './data-grid.model.ts';

const boxColumnPx = 40;
const leastFlexPx = 120;
const widenStepPx = 16;
const leastColumnPx = 48;

type Widths = ReadonlyMap<string, number>;
/** Row −1 is the head. */
type Focus = { index: number; column: number };

function layoutOf<Row>(
  columns: readonly GridColumn<Row>[],
  widths: Widths,
  hasPicks: boolean,
): CSSProperties & { '--columns': string } {
  const tracks = columns.map(({ id, width, flex }) => {
    const fixed = widths.get(id) ?? (flex === undefined ? (width ?? leastFlexPx) : null);
    return fixed === null
      ? { css: `minmax(${leastFlexPx}px, ${flex}fr)`, leastPx: leastFlexPx }
      : { css: `${fixed}px`, leastPx: fixed };
  });
  if (hasPicks) tracks.unshift({ css: `${boxColumnPx}px`, leastPx: boxColumnPx });
  return {
    '--columns': tracks.map(({ css }) => css).join(' '),
    minWidth: tracks.reduce((sum, { leastPx }) => sum + leastPx, 0),
  };
}

/** The cell an element of the grid belongs to; null outside of all. */
function placeOf(target: EventTarget): Focus | null {
  const cell = target instanceof Element ? target.closest('[aria-colindex]') : null;
  const row = cell?.closest('[data-row]');
  if (!cell || !row) return null;
  return {
    index: Number(row.getAttribute('data-row')),
    column: Number(cell.getAttribute('aria-colindex')) - 1,
  };
}

/**
 * A grid over up to a million rows and more: pages are read as one scrolls, arrow keys, Page, Home and End move, Enter
 * opens, `aria-rowcount` is true. The grid fills its parent's height.
 */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { total, columns, openKey } = props;
  const elements = useRef<GridElements>({ box: null, head: null });
  const rows = useGridRows(props, elements);
  const { pages, shown, view } = rows;
  const picks = useGridPicks(props, pages);
  const [widths, setWidths] = useState<Widths>(new Map());
  const [focus, setFocus] = useState<Focus>({ index: 0, column: 0 });
  const focusNow = useRef(focus);
  focusNow.current = focus;
  const [menu, setMenu] = useState<{ x: number; y: number; entries: readonly MenuEntry[] } | null>(null);
  /** Focus goes to its cell as soon as that is drawn. */
  const isFocusDue = useRef(false);
  const hasPicks = props.onSelect !== undefined;
  const columnCount = columns.length + (hasPicks ? 1 : 0);

  const cellAt = ({ index, column }: Focus): HTMLElement | null =>
    elements.current.box?.querySelector<HTMLElement>(
      `[data-row="${index}"] > [aria-colindex="${column + 1}"]`,
    ) ?? null;
  useLayoutEffect(() => {
    if (!isFocusDue.current) return;
    const cell = cellAt(focusNow.current);
    if (!cell) return;
    isFocusDue.current = false;
    cell.focus({ preventScroll: true });
  });

  const goTo = (index: number, column: number, where: 'near' | 'middle' = 'near'): void => {
    const next = {
      index: Math.max(-1, Math.min(total - 1, index)),
      column: Math.max(0, Math.min(columnCount - 1, column)),
    };
    isFocusDue.current = true;
    setFocus(next);
    if (next.index >= 0) view.show(next.index, where);
  };
  useImperativeHandle(props.handle, () => ({
    focusBack: () => goTo(Math.max(0, focusNow.current.index), focusNow.current.column),
    focusRow: (index) => goTo(index, 0, 'middle'),
    pickNone: () => picks.none(),
  }));

  const sortBy = (columnIndex: number): void => {
    const column = columns[columnIndex - (hasPicks ? 1 : 0)];
    if (!column?.isSortable) return;
    const now = props.sort?.columnId === column.id ? props.sort.direction : null;
    const next = now === null ? 'asc' : now === 'asc' ? 'desc' : null;
    props.onSort?.(next && { columnId: column.id, direction: next });
  };
  const widen = (columnId: string, widthPx: number): void =>
    setWidths((before) => new Map(before).set(columnId, Math.max(leastColumnPx, Math.round(widthPx))));
  const open = (index: number): void => {
    const row = pages.row(index);
    if (row !== undefined) props.onOpen?.(row, index);
  };
  const isPickedAt = (row: Row): boolean => props.areAllPicked === true || picks.keys.has(props.rowKey(row));
  const openMenu = (index: number, at: { x: number; y: number }): boolean => {
    const row = pages.row(index);
    const entries = row === undefined ? [] : (props.menu?.(row, isPickedAt(row)) ?? []);
    if (entries.length === 0) return false;
    setMenu({ ...at, entries });
    return true;
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const { index, column } = focus;
    const isMod = event.ctrlKey || event.metaKey;
    const page = view.rowsPerView();
    const isMenu = event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey);
    const down = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page }[event.key];
    const toEnd = { Home: 0, End: total - 1 }[event.key];
    const across = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (isMenu) {
      const area = cellAt(focus)?.getBoundingClientRect();
      if (index < 0 || !area || !openMenu(index, { x: area.left + 8, y: area.bottom })) return;
    } else if (down !== undefined || toEnd !== undefined) {
      const lowest = Math.abs(down ?? page) === 1 ? -1 : 0;
      const target = Math.max(lowest, Math.min(total - 1, toEnd ?? index + (down ?? 0)));
      if (event.shiftKey && hasPicks && index >= 0) picks.extend(index, Math.max(0, target));
      goTo(event.shiftKey ? Math.max(0, target) : target, column);
    } else if (across !== undefined) {
      const inHead = index < 0 ? columns[column - (hasPicks ? 1 : 0)] : undefined;
      const area = event.shiftKey && inHead ? cellAt(focus)?.getBoundingClientRect() : undefined;
      if (area && inHead) widen(inHead.id, area.width + across * widenStepPx);
      else goTo(index, column + across);
    } else if (event.key === 'Enter' && !isMod) {
      if (index < 0) sortBy(column);
      else open(index);
    } else if (event.key === ' ' && !isMod) {
      // A box that was clicked has focus itself and is toggled by its own click.
      if (event.target instanceof HTMLInputElement) return;
      if (index < 0) sortBy(column);
      else if (hasPicks) picks.toggle(index);
    } else return;
    event.preventDefault();
  };

  const onMouseDown = (event: MouseEvent): void => {
    // What is picked reaches from where focus was: it must not move before the click.
    if (event.shiftKey && hasPicks && placeOf(event.target)) event.preventDefault();
  };
  const onClick = (event: MouseEvent): void => {
    const place = placeOf(event.target);
    if (!place || (event.target instanceof Element && event.target.closest('[data-edge]'))) return;
    if (place.index < 0) sortBy(place.column);
    else if (hasPicks && event.shiftKey) {
      picks.extend(focus.index, place.index);
      goTo(place.index, place.column);
    } else if (hasPicks && (place.column === 0 || event.ctrlKey || event.metaKey)) picks.toggle(place.index);
    else open(place.index);
  };

  if (rows.failure) return <ErrorState error={rows.failure} onRetry={rows.retry} />;
  const seen = shown ? rowsSeen(shown.size, shown.listTop) : { first: 0, last: -1 };
  const drawn: number[] = [];
  if (shown) {
    const { first, last } = shown;
    for (let index = first; index <= last; index += 1) {
      const isSeen = index >= seen.first && index <= seen.last;
      if (isSeen || shown.pages.row(index) !== undefined) drawn.push(index);
    }
    // The row with focus stays in the page when it is scrolled out of sight, or focus would be lost.
    if (focus.index >= 0 && focus.index < total && (focus.index < first || focus.index > last)) {
      if (focus.index < first) drawn.unshift(focus.index);
      else drawn.push(focus.index);
    }
  }
  const stop = Math.min(focus.index, total - 1);
  return (
    <>
      <div
        ref={(element) => {
          elements.current.box = element;
        }}
        role="grid"
        aria-label={props.label}
        aria-rowcount={total + 1}
        aria-colcount={columnCount}
        aria-multiselectable={hasPicks}
        data-view={shown?.pages === pages ? props.viewKey : ''}
        className={cx('relative min-h-0 flex-1 overflow-auto bg-surface', props.className)}
        onScroll={() => view.look()}
        onKeyDown={onKeyDown}
        onMouseDown={onMouseDown}
        onClick={onClick}
        onFocus={(event) => {
          const place = placeOf(event.target);
          if (!place) return;
          const isOther = place.index !== focusNow.current.index || place.column !== focusNow.current.column;
          if (isOther) setFocus(place);
          const row = place.index < 0 ? undefined : shown?.pages.row(place.index);
          if (row !== undefined) props.onFocusRow?.(row, place.index);
        }}
        onContextMenu={(event) => {
          const place = placeOf(event.target);
          if (!place || place.index < 0) return;
          if (openMenu(place.index, { x: event.clientX, y: event.clientY })) {
            event.preventDefault();
            goTo(place.index, place.column);
          }
        }}
      >
        <div style={layoutOf(columns, widths, hasPicks)}>
          <div
            ref={(element) => {
              elements.current.head = element;
            }}
            role="rowgroup"
            className="sticky top-0 z-10 border-b border-line-strong"
          >
            <GridHead
              columns={columns}
              hasPicks={hasPicks}
              sort={props.sort ?? null}
              tabStop={stop < 0 ? focus.column : null}
              onWiden={widen}
            />
          </div>
          <div
            role="rowgroup"
            className="relative"
            style={{ height: shown ? bodyPxOf({ ...shown.size, total }) : 0 }}
          >
            {shown &&
              drawn.map((index) => {
                const row = shown.pages.row(index);
                const key = row === undefined ? null : props.rowKey(row);
                return (
                  <GridRow
                    key={index}
                    row={row}
                    index={index}
                    topPx={index * shown.size.rowPx + shown.shift}
                    columns={columns}
                    hasPicks={hasPicks}
                    isPicked={row !== undefined && isPickedAt(row)}
                    isOpen={key !== null && key === openKey}
                    tabStop={index === stop ? focus.column : null}
                  />
                );
              })}
          </div>
        </div>
      </div>
      {menu && (
        <ContextMenu
          label="What to do with the row"
          at={menu}
          entries={menu.entries}
          onClose={() => {
            setMenu(null);
            isFocusDue.current = true;
          }}
        />
      )}
    </>
  );
}
