import type { ReactNode, Ref } from 'react';
import type { MenuEntry } from './menu.tsx';

export type GridSort = { columnId: string; direction: 'asc' | 'desc' };

export type GridColumn<Row> = {
  id: string;
  header: string;
  /** What the cell says; also what is read aloud and copied. */
  text: (row: Row) => string;
  /** How the cell is drawn when text alone does not do; it must say the same. */
  cell?: ((row: Row) => ReactNode) | undefined;
  width?: number | undefined;
  /** Takes a share of the free width instead. */
  flex?: number | undefined;
  align?: 'start' | 'end' | undefined;
  isMono?: boolean | undefined;
  isSortable?: boolean | undefined;
};

export type DataGridHandle = {
  /** Gives focus back to the cell that had it last (for Esc in a detail pane). */
  focusBack(): void;
  /** Scrolls to a row of the view, by its place from 0, and focuses it. */
  focusRow(index: number): void;
  /** Takes all check marks away. */
  pickNone(): void;
};

export type DataGridProps<Row> = {
  label: string;
  columns: readonly GridColumn<Row>[];
  /** How many rows the view has. */
  total: number;
  /** Names the view: when it changes, everything is read anew. */
  viewKey: string;
  /** Names what the view is asked for: when it changes, the grid starts at the top. Without it, with every view. */
  placeKey?: string | undefined;
  /** The first rows of the view where they are known already. */
  firstRows?: readonly Row[] | undefined;
  /** Counts up when rows may have changed in place; the position stays. */
  revision?: number | undefined;
  /** Reads rows `start … start + limit − 1` of the view. */
  readPage: (start: number, limit: number) => Promise<readonly Row[]>;
  rowKey: (row: Row) => string;
  /** Enter, or a press on a row. */
  onOpen?: ((row: Row, index: number) => void) | undefined;
  /** Focus moved to another row. */
  onFocusRow?: ((row: Row, index: number) => void) | undefined;
  /** The row that is open beside the grid. */
  openKey?: string | null | undefined;
  sort?: GridSort | null | undefined;
  onSort?: ((sort: GridSort | null) => void) | undefined;
  /** Given, every row has a check box; Space toggles it, Shift with an arrow or a click picks all rows in between. */
  onSelect?: ((keys: string[]) => void) | undefined;
  /** Every row is picked, also those that were not read yet; unpicking one of more than are read unpicks all. */
  areAllPicked?: boolean | undefined;
  /** What can be done with a row: by right click, the menu key or Shift+F10. `isPicked`: the row is one of those picked. */
  menu?: ((row: Row, isPicked: boolean) => readonly MenuEntry[]) | undefined;
  handle?: Ref<DataGridHandle> | undefined;
  className?: string | undefined;
};
