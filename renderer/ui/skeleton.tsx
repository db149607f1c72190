import { cx } from './class-names.ts';

const shades = ['w-3/5', 'w-4/5', 'w-2/5', 'w-full', 'w-1/2', 'w-3/4', 'w-1/3', 'w-11/12'] as const;

/** Up to eight grey bars in the place of what is being read; they appear only after 300 ms. */
export function Skeleton(props: { rows?: number; label?: string; className?: string }) {
  return (
    <div role="status" className={cx('animate-late space-y-3 p-4', props.className)}>
      <span className="sr-only">{props.label ?? 'Loading'}</span>
      {shades.slice(0, props.rows ?? 5).map((width) => (
        <div key={width} aria-hidden className={cx('h-4 rounded-sm bg-press', width)} />
      ))}
    </div>
  );
}
