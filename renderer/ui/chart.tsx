import { ChartLine, Table2 } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { IconButton } from './button.tsx';
import type { Engine } from './chart-engine.ts';
import { type ChartLook, useChartLook } from './chart-look.ts';
import { cx } from './class-names.ts';
import { Table, type TableColumn } from './table.tsx';

/** What the arrow keys walk over: one series with a sentence for each of its points, in the order drawn. */
export type ChartTrack = { name: string; seriesIndex: number; texts: readonly string[] };

export type ChartTable = {
  columns: readonly TableColumn<readonly string[]>[];
  rows: readonly (readonly string[])[];
};

export type ChartProps = {
  title: string;
  /** What the picture shows, in a sentence or two; read aloud in its place. */
  summary: string;
  option: (look: ChartLook) => Record<string, unknown>;
  tracks: readonly ChartTrack[];
  table: ChartTable;
  height?: number | undefined;
  legend?: ReactNode;
  isTitleHidden?: boolean | undefined;
  /** A bar or point was pressed, or Enter on it. */
  onSelect?: ((place: { seriesIndex: number; dataIndex: number }) => void) | undefined;
  className?: string | undefined;
};

type Place = { track: number; point: number };

function step(place: Place | null, key: string, tracks: readonly ChartTrack[]): Place | null {
  const { track, point } = place ?? { track: 0, point: -1 };
  const length = tracks[track]?.texts.length ?? 0;
  const clamp = (next: number, count: number): number => Math.max(0, Math.min(count - 1, next));
  if (key === 'ArrowRight') return { track, point: clamp(point + 1, length) };
  if (key === 'ArrowLeft') return { track, point: clamp(point - 1, length) };
  if (key === 'Home') return { track, point: 0 };
  if (key === 'End') return { track, point: clamp(length, length) };
  const other = key === 'ArrowDown' ? clamp(track + 1, tracks.length) : clamp(track - 1, tracks.length);
  if (key === 'ArrowDown' || key === 'ArrowUp') {
    return { track: other, point: clamp(point, tracks[other]?.texts.length ?? 0) };
  }
  return place;
}

/** Keeps an ECharts instance in the box: loads the engine once, follows size, options and look. */
function useEngine(option: Record<string, unknown>, onSelect: ChartProps['onSelect']) {
  const box = useRef<HTMLDivElement>(null);
  const engine = useRef<Engine | null>(null);
  const latest = useRef({ option, onSelect });
  latest.current = { option, onSelect };
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    let isMounted = true;
    const resized = new ResizeObserver(() => engine.current?.resize());
    const start = async (): Promise<void> => {
      const { startChart } = await import('./chart-engine.ts');
      if (!isMounted) return;
      const chart = startChart(element);
      engine.current = chart;
      chart.setOption(latest.current.option, true);
      chart.on('click', (event) => {
        if (event.seriesIndex === undefined) return;
        latest.current.onSelect?.({ seriesIndex: event.seriesIndex, dataIndex: event.dataIndex });
      });
      resized.observe(element);
    };
    void start();
    return () => {
      isMounted = false;
      resized.disconnect();
      engine.current?.dispose();
      engine.current = null;
    };
  }, []);
  useEffect(() => {
    engine.current?.setOption(option, true);
  }, [option]);
  return { box, engine };
}

function Picture(props: ChartProps & { look: ChartLook; summaryId: string }) {
  const { tracks, look, option } = props;
  const [place, setPlace] = useState<Place | null>(null);
  const [built, setBuilt] = useState(() => ({ look, option, value: option(look) }));
  if (built.look !== look || built.option !== option) setBuilt({ look, option, value: option(look) });
  const { box, engine } = useEngine(built.value, props.onSelect);
  const track = place ? tracks[place.track] : undefined;
  const text = place && track ? `${track.name}: ${track.texts[place.point] ?? ''}` : '';

  const show = (next: Place | null): void => {
    setPlace(next);
    const seriesIndex = next ? tracks[next.track]?.seriesIndex : undefined;
    engine.current?.dispatchAction({ type: 'downplay' });
    if (next === null || seriesIndex === undefined) engine.current?.dispatchAction({ type: 'hideTip' });
    else {
      const at = { seriesIndex, dataIndex: next.point };
      engine.current?.dispatchAction({ type: 'highlight', ...at });
      engine.current?.dispatchAction({ type: 'showTip', ...at });
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && place) {
      event.stopPropagation();
      show(null);
      return;
    }
    if (event.key === 'Enter' && place && track) {
      props.onSelect?.({ seriesIndex: track.seriesIndex, dataIndex: place.point });
      return;
    }
    const next = step(place, event.key, tracks);
    if (next === place) return;
    event.preventDefault();
    show(next);
  };
  return (
    <>
      <div
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the role makes it interactive, the arrow keys walk over its points.
        tabIndex={0}
        aria-roledescription="chart"
        aria-label={`${props.title}. Arrow keys move over its points.`}
        aria-describedby={props.summaryId}
        onKeyDown={onKeyDown}
        onBlur={() => show(null)}
        className="rounded-sm"
        style={{ height: props.height ?? 260 }}
      >
        <div ref={box} aria-hidden className="h-full w-full" />
      </div>
      <p aria-live="polite" className="sr-only">
        {text}
      </p>
    </>
  );
}

/**
 * The one frame around every picture of data: its title, a summary in words, the picture with a keyboard cursor, and the
 * same numbers as a table. Pass a stable `option` function (`useCallback`), so that it is drawn only when it changes.
 */
export function Chart(props: ChartProps) {
  const look = useChartLook();
  const [isTable, setTable] = useState(false);
  const summaryId = useId();
  return (
    <figure className={cx('min-w-0', props.className)} aria-label={props.title}>
      <figcaption className="flex min-h-7 items-center gap-3">
        <span className={props.isTitleHidden ? 'sr-only' : 'min-w-0 truncate text-sm font-medium'}>
          {props.title}
        </span>
        {!isTable && <span className="min-w-0 flex-1">{props.legend}</span>}
        <span className="ml-auto">
          <IconButton
            label={isTable ? 'Show as chart' : 'Show as table'}
            icon={isTable ? <ChartLine aria-hidden /> : <Table2 aria-hidden />}
            onPress={() => setTable(!isTable)}
          />
        </span>
      </figcaption>
      <p id={summaryId} className="sr-only">
        {props.summary}
      </p>
      {isTable ? (
        <Table
          caption={`${props.title}. ${props.summary}`}
          columns={props.table.columns}
          rows={props.table.rows}
          rowKey={(row) => row.join('\u0000')}
          maxHeight={Math.max(props.height ?? 260, 200)}
        />
      ) : (
        <Picture {...props} look={look} summaryId={summaryId} />
      )}
    </figure>
  );
}
