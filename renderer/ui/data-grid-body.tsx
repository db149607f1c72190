import {
  CellApiModule,
  type CellKeyDownEvent,
  CellStyleModule,
  type ColDef,
  ColumnApiModule,
  type GridApi,
  type ICellRendererParams,
  type IDatasource,
  InfiniteRowModelModule,
  ModuleRegistry,
  RenderApiModule,
  RowApiModule,
  RowSelectionModule,
  RowStyleModule,
  ScrollApiModule,
} from 'ag-grid-community';
import { AgGridReact } from 'ag-grid-react';
import { useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { cx } from './class-names.ts';
import type { DataGridProps, GridColumn, GridSort } from './data-grid.model.ts';
import { gridTheme } from './data-grid-theme.ts';
import { ErrorState } from './error-state.tsx';
import { createPagesAhead } from './pages-ahead.ts';

ModuleRegistry.registerModules([
  InfiniteRowModelModule,
  RenderApiModule,
  RowSelectionModule,
  RowApiModule,
  RowStyleModule,
  ScrollApiModule,
  CellApiModule,
  CellStyleModule,
  ColumnApiModule,
]);

const blockSize = 100;

/** False: the browser goes where Tab leads. */
const leaveGrid = (): false => false;

function toColDef<Row>(column: GridColumn<Row>, sort: GridSort | null | undefined): ColDef<Row> {
  const draw = column.cell;
  return {
    colId: column.id,
    headerName: column.header,
    valueGetter: ({ data }) => (data ? column.text(data) : ''),
    sortable: column.isSortable ?? false,
    sort: sort?.columnId === column.id ? sort.direction : null,
    resizable: true,
    suppressMovable: true,
    headerClass: column.align === 'end' ? 'ag-right-aligned-header' : '',
    cellClass: cx(column.align === 'end' && 'text-right tabular-nums', column.isMono && 'font-mono text-xs'),
    ...(column.width === undefined ? {} : { width: column.width }),
    ...(column.flex === undefined ? {} : { flex: column.flex, minWidth: 120 }),
    ...(draw
      ? { cellRenderer: ({ data }: ICellRendererParams<Row>) => (data === undefined ? null : draw(data)) }
      : {}),
  };
}

/** Picks the rows that were read; it is not reported, because more rows are picked than these. */
function pickRead<Row>(grid: GridApi<Row> | null): void {
  grid?.forEachNode((node) => {
    if (node.data !== undefined && node.isSelected() !== true) node.setSelected(true, false, 'api');
  });
}

/** The grid itself; a module of its own, so that the window opens without waiting for it. */
export function DataGridBody<Row>(props: DataGridProps<Row>) {
  const api = useRef<GridApi<Row> | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const [failure, setFailure] = useState<unknown>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another view has other pages.
  const pages = useMemo(
    () =>
      createPagesAhead<Row>(
        (start, limit) => latest.current.readPage(start, limit),
        () => latest.current.total,
      ),
    [props.viewKey, props.total],
  );
  // A new view is a new source: the grid forgets its pages and starts at the top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: viewKey stands for all the rest.
  const source = useMemo<IDatasource>(
    () => ({
      rowCount: props.total,
      getRows(page) {
        pages.read(page.startRow, page.endRow - page.startRow).then(
          (rows) => page.successCallback([...rows], latest.current.total),
          (error: unknown) => {
            setFailure(error);
            page.failCallback();
          },
        );
      },
    }),
    [props.viewKey, props.total, pages],
  );
  const columnDefs = useMemo(
    () => props.columns.map((column) => toColDef(column, props.sort)),
    [props.columns, props.sort],
  );

  const { revision, openKey } = props;
  const lastRevision = useRef(revision);
  useEffect(() => {
    if (lastRevision.current === revision) return;
    lastRevision.current = revision;
    pages.forget();
    api.current?.refreshInfiniteCache();
  }, [revision, pages]);
  useEffect(() => {
    void openKey;
    api.current?.redrawRows();
  }, [openKey]);

  const { areAllPicked = false } = props;
  useEffect(() => {
    if (areAllPicked) pickRead(api.current);
  }, [areAllPicked]);

  useImperativeHandle(props.handle, () => ({
    focusBack() {
      const cell = api.current?.getFocusedCell();
      if (cell) api.current?.setFocusedCell(cell.rowIndex, cell.column);
      else this.focusRow(0);
    },
    pickNone() {
      api.current?.deselectAll();
    },
    focusRow(index) {
      const first = api.current?.getAllDisplayedColumns()[0];
      if (!first) return;
      api.current?.ensureIndexVisible(index, 'middle');
      api.current?.setFocusedCell(index, first);
    },
  }));

  const open = (row: Row | undefined, index: number | null): void => {
    if (row !== undefined && index !== null) latest.current.onOpen?.(row, index);
  };
  if (failure) {
    return (
      <ErrorState
        error={failure}
        onRetry={() => {
          setFailure(null);
        }}
      />
    );
  }
  return (
    <div className={cx('lapidary-grid min-h-0 flex-1', props.className)}>
      <AgGridReact<Row>
        theme={gridTheme}
        columnDefs={columnDefs}
        rowModelType="infinite"
        datasource={source}
        cacheBlockSize={blockSize}
        maxBlocksInCache={40}
        maxConcurrentDatasourceRequests={2}
        infiniteInitialRowCount={Math.min(props.total, blockSize)}
        // Rows are drawn while one scrolls, not in a later frame: no blank ones in between.
        suppressAnimationFrame
        getRowId={({ data }) => latest.current.rowKey(data)}
        rowClassRules={{
          'lapidary-open-row': ({ data }) =>
            data !== undefined && latest.current.openKey === latest.current.rowKey(data),
        }}
        suppressCellFocus={false}
        // A grid is one stop of Tab: arrows walk inside, Tab goes on behind it and does not visit every cell.
        tabToNextCell={leaveGrid}
        tabToNextHeader={leaveGrid}
        suppressDragLeaveHidesColumns
        animateRows={false}
        enableCellTextSelection={false}
        {...(props.onSelect
          ? {
              rowSelection: {
                mode: 'multiRow' as const,
                checkboxes: true,
                headerCheckbox: false,
                enableClickSelection: false,
              },
            }
          : {})}
        onGridReady={(event) => {
          api.current = event.api;
          event.api.setGridAriaProperty('label', props.label);
        }}
        onCellClicked={(event) => open(event.data, event.rowIndex)}
        onCellKeyDown={(event) => {
          const key = (event as CellKeyDownEvent<Row>).event;
          if (key instanceof KeyboardEvent && key.key === 'Enter') open(event.data, event.rowIndex);
        }}
        onCellFocused={(event) => {
          if (event.rowIndex === null) return;
          const row = event.api.getDisplayedRowAtIndex(event.rowIndex)?.data;
          if (row !== undefined) latest.current.onFocusRow?.(row, event.rowIndex);
        }}
        onSortChanged={(event) => {
          const sorted = event.api.getColumnState().find((state) => state.sort);
          const direction = sorted?.sort;
          if (direction !== 'asc' && direction !== 'desc') latest.current.onSort?.(null);
          else latest.current.onSort?.({ columnId: sorted?.colId ?? '', direction });
        }}
        onModelUpdated={(event) => {
          if (latest.current.areAllPicked === true) pickRead(event.api);
        }}
        onSelectionChanged={({ api: grid, source: cause }) => {
          if (cause === 'api') return;
          const wereAll = latest.current.areAllPicked === true;
          let read = 0;
          grid.forEachNode(({ data }) => (read += data === undefined ? 0 : 1));
          if (wereAll && read < latest.current.total && cause !== 'apiSelectAll') grid.deselectAll();
          else latest.current.onSelect?.(grid.getSelectedRows().map((row) => latest.current.rowKey(row)));
        }}
      />
    </div>
  );
}
