import type { ReactNode } from 'react';
import { FieldError, Label as AriaLabel, Text } from 'react-aria-components';
import { cx } from './class-names.ts';

/** Classes of a control one writes into: 3:1 border, lapis when focused, ruby when wrong. */
export const controlClass =
  'w-full rounded-md border border-control bg-surface text-sm text-ink placeholder:text-muted ' +
  'hover:border-muted invalid:border-ruby disabled:cursor-not-allowed disabled:border-line-strong disabled:bg-sunken disabled:text-muted';

/** What every labelled control takes. */
export type FieldProps = {
  label: string;
  /** Keeps the label for screen readers only; then the place must say what it is. */
  isLabelHidden?: boolean | undefined;
  description?: string | undefined;
  error?: string | undefined;
  isDisabled?: boolean | undefined;
  isRequired?: boolean | undefined;
  className?: string | undefined;
};

/** The label of a control. */
export function FieldLabel(props: { children: ReactNode; isHidden?: boolean | undefined }) {
  return (
    <AriaLabel className={props.isHidden ? 'sr-only' : 'text-sm font-medium text-ink'}>
      {props.children}
    </AriaLabel>
  );
}

/** The quiet line under a control, and in its place the error when there is one. */
export function FieldNotes(props: { description?: string | undefined; error?: string | undefined }) {
  return (
    <>
      {props.description && !props.error && (
        <Text slot="description" className="text-xs text-muted">
          {props.description}
        </Text>
      )}
      <FieldError className="text-xs text-ruby">{props.error}</FieldError>
    </>
  );
}

/** The column a control and its words stand in. */
export function fieldClass(className: string | undefined): string {
  return cx('flex min-w-0 flex-col gap-1', className);
}
