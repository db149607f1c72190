import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { DataGridProps } from './data-grid.model.ts';
import type { PagesAhead } from './pages-ahead.ts';

/** The most rows that are picked one by one; more are picked as all. */
const mostPicked = 10_000;
const readAtOnce = 500;

export type GridPicks = {
  keys: ReadonlySet<string>;
  /** Picks the row, or no longer. */
  toggle(index: number): void;
  /** Picks all rows from the last one that was toggled, or where the walk began, up to this one. */
  extend(from: number, to: number): void;
  none(): void;
};

async function keysBetween<Row>(
  props: DataGridProps<Row>,
  pages: PagesAhead<Row>,
  range: { first: number; last: number },
): Promise<string[]> {
  const keys: string[] = [];
  const last = Math.min(range.last, range.first + mostPicked - 1);
  for (let index = range.first; index <= last; ) {
    const row = pages.row(index);
    if (row !== undefined) {
      keys.push(props.rowKey(row));
      index += 1;
      continue;
    }
    const rows = await props.readPage(index, Math.min(readAtOnce, last - index + 1));
    if (rows.length === 0) break;
    for (const one of rows) keys.push(props.rowKey(one));
    index += rows.length;
  }
  return keys;
}

/** With all picked: all that are left when one is unpicked. Of more than were read that cannot be said: none. */
function picksBeside<Row>(props: DataGridProps<Row>, pages: PagesAhead<Row>): Set<string> {
  const read = new Set(pages.all().map((one) => props.rowKey(one)));
  return read.size < props.total ? new Set() : read;
}

/** Which rows are picked, by key. */
export function useGridPicks<Row>(props: DataGridProps<Row>, pages: PagesAhead<Row>): GridPicks {
  const latest = useRef({ props, pages });
  latest.current = { props, pages };
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const now = useRef(keys);
  /** Where a range begins, and what was picked before it. */
  const anchor = useRef<{ index: number; before: ReadonlySet<string> } | null>(null);
  const lastAsked = useRef(0);

  const set = useCallback((next: ReadonlySet<string>, isTold = true): void => {
    now.current = next;
    setKeys(next);
    if (isTold) latest.current.props.onSelect?.([...next]);
  }, []);

  const { areAllPicked = false, placeKey = props.viewKey } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list has other rows.
  useLayoutEffect(() => {
    anchor.current = null;
    set(new Set(), false);
  }, [placeKey, set]);
  useLayoutEffect(() => {
    if (areAllPicked) set(new Set(), false);
  }, [areAllPicked, set]);

  return {
    keys,
    toggle(index) {
      const row = pages.row(index);
      if (row === undefined) return;
      const key = props.rowKey(row);
      const next = areAllPicked ? picksBeside(props, pages) : new Set(now.current);
      if (!next.delete(key) && !areAllPicked) next.add(key);
      anchor.current = { index, before: new Set(next) };
      set(next);
    },
    extend(from, to) {
      if (areAllPicked) return;
      anchor.current ??= { index: from, before: now.current };
      const { index, before } = anchor.current;
      const range = { first: Math.min(index, to), last: Math.max(index, to) };
      lastAsked.current += 1;
      const asked = lastAsked.current;
      keysBetween(props, pages, range).then(
        (found) => {
          if (asked === lastAsked.current) set(new Set([...before, ...found]));
        },
        // A list that is no longer kept is opened anew; nothing is picked in it.
        () => {},
      );
    },
    none() {
      anchor.current = null;
      set(new Set(), false);
    },
  };
}
