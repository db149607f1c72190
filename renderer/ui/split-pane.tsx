import { type KeyboardEvent, type PointerEvent, type ReactNode, useId, useRef, useState } from 'react';
import { cx } from './class-names.ts';

const prefix = 'lapidary.pane.';

function remembered(id: string, fallback: number): number {
  const stored = Number(localStorage.getItem(prefix + id));
  return Number.isFinite(stored) && stored > 0 ? stored : fallback;
}

/**
 * Two panes and a border one can move: by pointer, or focused with the arrow keys, Home and End.
 * `size` is the share of the second pane in per cent; it is remembered under `id`.
 */
export function SplitPane(props: {
  id: string;
  label: string;
  first: ReactNode;
  /** Null shows the first pane alone. */
  second: ReactNode | null;
  direction?: 'row' | 'column' | undefined;
  size?: number | undefined;
  minSize?: number | undefined;
  maxSize?: number | undefined;
  className?: string | undefined;
}) {
  const { minSize = 20, maxSize = 75 } = props;
  const isRow = (props.direction ?? 'row') === 'row';
  const [size, setSize] = useState(() => remembered(props.id, props.size ?? 40));
  const box = useRef<HTMLDivElement>(null);
  const paneId = useId();

  const move = (next: number): void => {
    const clamped = Math.round(Math.min(maxSize, Math.max(minSize, next)) * 10) / 10;
    setSize(clamped);
    localStorage.setItem(prefix + props.id, String(clamped));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const grow = isRow ? 'ArrowLeft' : 'ArrowUp';
    const shrink = isRow ? 'ArrowRight' : 'ArrowDown';
    const target = { [grow]: size + 2, [shrink]: size - 2, Home: maxSize, End: minSize }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    move(target);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !box.current) return;
    const area = box.current.getBoundingClientRect();
    const gap = isRow ? area.right - event.clientX : area.bottom - event.clientY;
    move((gap / (isRow ? area.width : area.height)) * 100);
  };

  return (
    <div
      ref={box}
      className={cx('flex min-h-0 min-w-0 flex-1', isRow ? 'flex-row' : 'flex-col', props.className)}
    >
      <div data-pane className="flex min-h-0 min-w-0 flex-1 flex-col">
        {props.first}
      </div>
      {props.second !== null && (
        <>
          {/* biome-ignore lint/a11y/useSemanticElements: <hr> cannot hold a value; this is the separator pattern of the ARIA guide. */}
          <div
            role="separator"
            tabIndex={0}
            aria-label={props.label}
            aria-controls={paneId}
            aria-orientation={isRow ? 'vertical' : 'horizontal'}
            aria-valuenow={Math.round(size)}
            aria-valuemin={minSize}
            aria-valuemax={maxSize}
            onKeyDown={onKeyDown}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={onPointerMove}
            className={cx(
              'relative z-10 shrink-0 bg-line-strong transition-colors hover:bg-accent focus-visible:bg-accent',
              "before:absolute before:content-['']",
              isRow
                ? 'w-px cursor-col-resize before:inset-y-0 before:-inset-x-1'
                : 'h-px cursor-row-resize before:inset-x-0 before:-inset-y-1',
            )}
          />
          <div
            id={paneId}
            data-pane
            className="flex min-h-0 min-w-0 shrink-0 flex-col overflow-hidden"
            style={isRow ? { width: `${size}%` } : { height: `${size}%` }}
          >
            {props.second}
          </div>
        </>
      )}
    </div>
  );
}
