import type { ReactNode } from 'react';
import { Link as AriaLink } from 'react-aria-components';
import { cx } from './class-names.ts';
import { Tooltip } from './tooltip.tsx';

/** One entry of the navigation; narrow it is its picture with the name as tooltip. */
export function NavLink(props: {
  href: string;
  label: string;
  icon: ReactNode;
  isCurrent: boolean;
  isNarrow: boolean;
  count?: { count: number; words: string } | undefined;
}) {
  const { count, isNarrow } = props;
  const name = count ? `${props.label}, ${count.words}` : props.label;
  const link = (
    <AriaLink
      href={props.href}
      {...(isNarrow ? { 'aria-label': name } : {})}
      {...(props.isCurrent ? { 'aria-current': 'page' } : {})}
      className={cx(
        'relative flex h-8 cursor-default items-center gap-2.5 rounded-md px-2 text-sm focus-inside [&_svg]:size-4 [&_svg]:shrink-0',
        props.isCurrent
          ? 'bg-press font-medium text-ink [&_svg]:text-accent-ink'
          : 'text-muted hover:bg-hover-canvas hover:text-ink',
      )}
    >
      {props.icon}
      {!isNarrow && <span className="min-w-0 flex-1 truncate">{props.label}</span>}
      {count && !isNarrow && (
        <>
          <span
            aria-hidden
            className="rounded-sm bg-selected px-1.5 text-xs leading-5 font-medium text-accent-ink tabular-nums"
          >
            {count.count.toLocaleString()}
          </span>
          <span className="sr-only">, {count.words}</span>
        </>
      )}
      {count && isNarrow && <span className="absolute top-1 right-1 size-2 rounded-full bg-accent" />}
    </AriaLink>
  );
  if (!isNarrow && !count) return link;
  return (
    <Tooltip text={name} placement="right">
      {link}
    </Tooltip>
  );
}
