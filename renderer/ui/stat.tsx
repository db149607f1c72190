import type { ReactNode } from 'react';
import { cx } from './class-names.ts';

/** One number that matters, with its n or its interval under it; a result never stands without them. */
export function Stat(props: {
  label: string;
  value: ReactNode;
  /** n, interval, date of an estimate. */
  detail?: ReactNode;
  size?: 'large' | 'small' | undefined;
  className?: string | undefined;
}) {
  return (
    <div className={cx('min-w-0', props.className)}>
      <p className="truncate text-xs text-muted">{props.label}</p>
      <p
        className={
          props.size === 'small'
            ? 'truncate text-lg font-semibold'
            : 'truncate text-2xl font-semibold tracking-tight'
        }
      >
        {props.value}
      </p>
      {props.detail && <p className="text-xs text-muted">{props.detail}</p>}
    </div>
  );
}

/** Facts as name and value in two columns. */
export function Facts(props: { facts: readonly { name: string; value: ReactNode }[]; className?: string }) {
  return (
    <dl
      className={cx('grid grid-cols-[max-content_minmax(0,1fr)] gap-x-6 gap-y-1.5 text-sm', props.className)}
    >
      {props.facts.map((fact) => (
        <div key={fact.name} className="contents">
          <dt className="text-muted">{fact.name}</dt>
          <dd className="min-w-0 break-words">{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
