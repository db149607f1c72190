import type { ReactNode } from 'react';
import { cx } from './class-names.ts';

/** Where nothing is yet, or nothing fits: what goes here, and the one thing to do about it. */
export function EmptyState(props: {
  title: string;
  children?: ReactNode;
  icon?: ReactNode;
  action?: ReactNode;
  className?: string | undefined;
}) {
  return (
    <div
      className={cx('mx-auto flex max-w-md flex-col items-center px-6 py-12 text-center', props.className)}
    >
      {props.icon && (
        <span className="mb-3 flex size-10 items-center justify-center rounded-md border border-line bg-sunken text-muted [&_svg]:size-5">
          {props.icon}
        </span>
      )}
      <p className="text-lg font-semibold text-balance">{props.title}</p>
      {props.children && <div className="mt-1 text-base text-pretty text-muted">{props.children}</div>}
      {props.action && <div className="mt-4 flex flex-wrap justify-center gap-2">{props.action}</div>}
    </div>
  );
}
