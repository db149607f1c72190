import type { ReactNode } from 'react';
import { Link as AriaLink } from 'react-aria-components';
import { type ButtonSize, type ButtonVariant, buttonClass } from './button.tsx';
import { cx } from './class-names.ts';

/** A link to another place in the window: `href` is a path such as `/jobs/…`. */
export function Link(props: {
  href: string;
  children: ReactNode;
  /** `quiet` has the colour of the text around it and is underlined on hover. */
  tone?: 'accent' | 'quiet' | undefined;
  className?: string | undefined;
  'aria-label'?: string | undefined;
}) {
  const tone =
    props.tone === 'quiet'
      ? 'text-inherit hover:underline'
      : 'text-accent-ink underline decoration-accent-line underline-offset-3 hover:decoration-current';
  return (
    <AriaLink
      href={props.href}
      className={cx('cursor-default rounded-sm', tone, props.className)}
      {...(props['aria-label'] ? { 'aria-label': props['aria-label'] } : {})}
    >
      {props.children}
    </AriaLink>
  );
}

/** A link that looks like a button, for the one action of a page that leads elsewhere. */
export function ButtonLink(props: {
  href: string;
  children: ReactNode;
  icon?: ReactNode;
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  className?: string | undefined;
}) {
  return (
    <AriaLink
      href={props.href}
      className={cx(buttonClass(props.variant ?? 'secondary', props.size ?? 'regular'), props.className)}
    >
      {props.icon}
      {props.children}
    </AriaLink>
  );
}
