import type { ReactElement } from 'react';
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components';
import { KeyHint } from './key-hint.tsx';

const bubble =
  'z-50 flex max-w-72 items-center gap-2 rounded-md bg-raised px-2 py-1 text-xs text-ink shadow-float ' +
  'transition-opacity entering:opacity-0 exiting:opacity-0';

/** A name or a short explanation that comes on hover and focus. `children` is a kit button or link. */
export function Tooltip(props: {
  text: string;
  keys?: string | undefined;
  placement?: 'top' | 'right' | 'bottom' | undefined;
  children: ReactElement;
}) {
  return (
    <TooltipTrigger delay={400} closeDelay={80}>
      {props.children}
      <AriaTooltip offset={6} placement={props.placement ?? 'top'} className={bubble}>
        <span className="break-words">{props.text}</span>
        {props.keys && <KeyHint keys={props.keys} />}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
