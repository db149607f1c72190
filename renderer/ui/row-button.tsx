import type { ReactNode } from 'react';
import { Button, Link } from 'react-aria-components';
import { cx } from './class-names.ts';

/** A whole row or card that is one button; it brings no look of its own but focus and cursor. */
export function RowButton(props: {
  onPress: () => void;
  children: ReactNode;
  isDisabled?: boolean | undefined;
  /** Ignores presses while the last one is at work; focus stays. */
  isPending?: boolean | undefined;
  className?: string | undefined;
}) {
  return (
    <Button
      isDisabled={props.isDisabled ?? false}
      onPress={() => !props.isPending && props.onPress()}
      className={cx('cursor-default text-left', props.className)}
    >
      {props.children}
    </Button>
  );
}

/** A whole row or card that leads to a page. */
export function RowLink(props: { href: string; children: ReactNode; className?: string | undefined }) {
  return (
    <Link href={props.href} className={cx('cursor-default', props.className)}>
      {props.children}
    </Link>
  );
}
