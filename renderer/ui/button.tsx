import { LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton, ToggleButton as AriaToggleButton } from 'react-aria-components';
import { cx } from './class-names.ts';
import { KeyHint, keyText } from './key-hint.tsx';
import { Tooltip } from './tooltip.tsx';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';
export type ButtonSize = 'compact' | 'regular';

const base =
  'inline-flex shrink-0 cursor-default items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap ' +
  'text-sm transition-colors select-none disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0';

const variants: Record<ButtonVariant, string> = {
  primary: 'border-transparent bg-accent text-on-accent hover:bg-accent-hover pressed:bg-accent-hover',
  secondary: 'border-line-strong bg-surface text-ink hover:bg-hover pressed:bg-press',
  quiet: 'border-transparent bg-transparent text-ink hover:bg-hover pressed:bg-press',
  danger:
    'border-transparent bg-ruby-solid text-on-accent hover:bg-ruby-solid-hover pressed:bg-ruby-solid-hover',
};

const sizes: Record<ButtonSize, string> = { compact: 'h-7 px-2.5', regular: 'h-8 px-3' };

/** The classes of a button, for a link that looks like one. */
export function buttonClass(variant: ButtonVariant, size: ButtonSize): string {
  return cx(base, variants[variant], sizes[size]);
}

export type ButtonProps = {
  children: ReactNode;
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  icon?: ReactNode;
  /** A tinykeys chord printed on the button; the key itself is bound by a command. */
  keys?: string | undefined;
  isDisabled?: boolean | undefined;
  /** Shows a spinner, keeps focus and ignores presses. */
  isPending?: boolean | undefined;
  type?: 'button' | 'submit' | undefined;
  onPress?: (() => void) | undefined;
  autoFocus?: boolean | undefined;
  className?: string | undefined;
  'aria-label'?: string | undefined;
  'aria-describedby'?: string | undefined;
  'aria-pressed'?: boolean | undefined;
};

/** A button; its words are a verb. One `primary` per page. */
export function Button({ variant = 'secondary', size = 'regular', ...props }: ButtonProps) {
  return (
    <AriaButton
      type={props.type ?? 'button'}
      isDisabled={props.isDisabled ?? false}
      autoFocus={props.autoFocus ?? false}
      // React Aria's own pending state announces the button by its id, which a closing dialog takes away meanwhile.
      onPress={() => !props.isPending && props.onPress?.()}
      className={cx(buttonClass(variant, size), props.className)}
      {...(props['aria-label'] ? { 'aria-label': props['aria-label'] } : {})}
      {...(props['aria-describedby'] ? { 'aria-describedby': props['aria-describedby'] } : {})}
      {...(props['aria-pressed'] === undefined ? {} : { 'aria-pressed': props['aria-pressed'] })}
    >
      {props.isPending ? <LoaderCircle className="animate-spin" aria-hidden /> : props.icon}
      {props.children}
      {props.keys && (
        <KeyHint
          keys={props.keys}
          tone={variant === 'primary' || variant === 'danger' ? 'on-accent' : 'plain'}
          className="-mr-1 ml-1"
        />
      )}
    </AriaButton>
  );
}

/** A button with only a picture: it always has a name, shown as its tooltip. */
export function IconButton(props: {
  label: string;
  icon: ReactNode;
  onPress?: (() => void) | undefined;
  keys?: string | undefined;
  size?: ButtonSize | undefined;
  isDisabled?: boolean | undefined;
  className?: string | undefined;
}) {
  return (
    <Tooltip text={props.label} keys={props.keys}>
      <AriaButton
        aria-label={props.label}
        {...(props.keys ? { 'aria-keyshortcuts': keyText(props.keys) } : {})}
        isDisabled={props.isDisabled ?? false}
        onPress={() => props.onPress?.()}
        className={cx(
          base,
          variants.quiet,
          'text-muted hover:text-ink',
          props.size === 'regular' ? 'size-8' : 'size-7',
          props.className,
        )}
      >
        {props.icon}
      </AriaButton>
    </Tooltip>
  );
}

/** A button that stays pressed; its state is told by `aria-pressed` and a border, not colour alone. */
export function ToggleButton(props: {
  children: ReactNode;
  isSelected: boolean;
  onChange: (isSelected: boolean) => void;
  icon?: ReactNode;
  keys?: string | undefined;
  isDisabled?: boolean | undefined;
  className?: string | undefined;
}) {
  return (
    <AriaToggleButton
      isSelected={props.isSelected}
      onChange={props.onChange}
      isDisabled={props.isDisabled ?? false}
      className={cx(
        base,
        sizes.compact,
        'border-line-strong bg-surface text-muted hover:bg-hover hover:text-ink',
        'selected:border-accent-line selected:bg-accent-soft selected:text-accent-ink',
        props.className,
      )}
    >
      {props.icon}
      {props.children}
      {props.keys && <KeyHint keys={props.keys} className="-mr-1 ml-1" />}
    </AriaToggleButton>
  );
}
