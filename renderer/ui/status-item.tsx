import type { ReactNode } from 'react';
import { Button, Link } from 'react-aria-components';
import { type Tone, toneInk } from './badge.tsx';
import { cx } from './class-names.ts';
import { Tooltip } from './tooltip.tsx';

const shape =
  'flex h-6 min-w-0 shrink-0 cursor-default items-center gap-1.5 rounded-sm px-1.5 text-xs text-muted ' +
  'hover:bg-hover-canvas hover:text-ink focus-inside [&_svg]:size-3.5 [&_svg]:shrink-0';

/** A part of the status bar that leads to its page. */
export function StatusLink(props: {
  href: string;
  icon: ReactNode;
  text: string;
  explanation: string;
  tone?: Tone | undefined;
}) {
  return (
    <Tooltip text={props.explanation}>
      <Link href={props.href} className={shape}>
        <span className={toneInk(props.tone ?? 'neutral')}>{props.icon}</span>
        <span className="truncate">{props.text}</span>
      </Link>
    </Tooltip>
  );
}

/** A part of the status bar that opens something in place; `share` draws a small bar. */
export function StatusButton(props: {
  onPress: () => void;
  text: string;
  explanation: string;
  isExpanded: boolean;
  share?: number | null | undefined;
  icon?: ReactNode;
}) {
  return (
    <Tooltip text={props.explanation} keys="$mod+j">
      <Button
        onPress={props.onPress}
        aria-expanded={props.isExpanded}
        className={cx(shape, 'max-w-96 shrink')}
      >
        {props.icon}
        {props.share !== undefined && (
          <span aria-hidden className="h-1 w-16 shrink-0 overflow-hidden rounded-full bg-press">
            <span
              className={cx(
                'block h-full rounded-full bg-accent',
                props.share === null && 'w-1/3 animate-wander',
              )}
              {...(props.share === null ? {} : { style: { width: `${props.share * 100}%` } })}
            />
          </span>
        )}
        <span className="truncate">{props.text}</span>
      </Button>
    </Tooltip>
  );
}
