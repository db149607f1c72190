import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { DataGridProps } from './data-grid.model.ts';
import { GridView, type Shown } from './grid-view.ts';
import { PagesAhead } from './pages-ahead.ts';

/** The two elements a grid's size is read from. */
export type GridElements = { box: HTMLDivElement | null; head: HTMLDivElement | null };

function sizeOf({ box, head }: GridElements): { viewPx: number; rowPx: number } {
  const remPx = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return { viewPx: Math.max(1, (box?.clientHeight ?? 0) - (head?.offsetHeight ?? 0)), rowPx: remPx * 2 };
}

type Latest<Value> = { readonly current: Value };

/** Keeps a view in step with its list: another list, another place, changed rows, another size. */
function useInStep<Row>(
  { placeKey, viewKey, revision }: DataGridProps<Row>,
  { view, pages }: { view: GridView<Row>; pages: PagesAhead<Row> },
  elements: Latest<GridElements>,
): void {
  const place = placeKey ?? viewKey;
  const lastPlace = useRef(place);
  useLayoutEffect(() => {
    const { box } = elements.current;
    if (lastPlace.current !== place && box) box.scrollTop = 0;
    lastPlace.current = place;
    view.use(pages);
    // React is in the middle of drawing: what it draws next comes behind it.
    queueMicrotask(() => view.look());
  }, [place, pages, view, elements]);
  const lastRevision = useRef(revision);
  useEffect(() => {
    if (lastRevision.current === revision) return;
    lastRevision.current = revision;
    pages.forget();
  }, [revision, pages]);
  useEffect(() => {
    const observer = new ResizeObserver(() => queueMicrotask(() => view.look()));
    if (elements.current.box) observer.observe(elements.current.box);
    return () => {
      observer.disconnect();
      view.stop();
    };
  }, [view, elements]);
}

/** The rows a grid draws, as React state. */
export function useGridRows<Row>(
  props: DataGridProps<Row>,
  elements: Latest<GridElements>,
): {
  shown: Shown<Row> | null;
  pages: PagesAhead<Row>;
  view: GridView<Row>;
  failure: unknown;
  retry: () => void;
} {
  const latest = useRef(props);
  latest.current = props;
  const [shown, setShown] = useState<Shown<Row> | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const view = useMemo(
    () =>
      new GridView<Row>({
        box: () => elements.current.box,
        size: () => ({ total: latest.current.total, ...sizeOf(elements.current) }),
        // Drawn before the next frame: what is scrolled into sight is never empty ground.
        draw: (next) => flushSync(() => setShown(next)),
      }),
    [elements],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view has other pages.
  const pages = useMemo(
    () =>
      new PagesAhead<Row>({
        read: (start, limit) => latest.current.readPage(start, limit),
        total: props.total,
        onRows: () => view.came(),
        onFailure: setFailure,
        first: props.firstRows,
      }),
    [props.viewKey, props.total, view],
  );
  useInStep(props, { view, pages }, elements);
  const retry = (): void => {
    setFailure(null);
    queueMicrotask(() => view.look());
  };
  return { shown, pages, view, failure, retry };
}
