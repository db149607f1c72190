import { Search, X } from 'lucide-react';
import type { Ref } from 'react';
import {
  Button,
  Input,
  SearchField as AriaSearchField,
  TextArea,
  TextField as AriaTextField,
} from 'react-aria-components';
import { cx } from './class-names.ts';
import { controlClass, type FieldProps, FieldLabel, FieldNotes, fieldClass } from './field.tsx';
import { KeyHint } from './key-hint.tsx';

type TextFieldProps = FieldProps & {
  value: string;
  onChange: (value: string) => void;
  placeholder?: string | undefined;
  /** `password` hides what is typed; pasting is always allowed. */
  type?: 'text' | 'password' | 'url' | undefined;
  /** More than one line makes a text area. */
  lines?: number | undefined;
  isMono?: boolean | undefined;
  isReadOnly?: boolean | undefined;
  autoFocus?: boolean | undefined;
  inputRef?: Ref<HTMLInputElement> | undefined;
};

/** A text field, or with `lines` a text area. */
export function TextField(props: TextFieldProps) {
  const font = props.isMono ? 'font-mono text-xs' : '';
  return (
    <AriaTextField
      validationBehavior="aria"
      value={props.value}
      onChange={props.onChange}
      type={props.type ?? 'text'}
      isInvalid={Boolean(props.error)}
      isDisabled={props.isDisabled ?? false}
      isRequired={props.isRequired ?? false}
      isReadOnly={props.isReadOnly ?? false}
      autoFocus={props.autoFocus ?? false}
      className={fieldClass(props.className)}
    >
      <FieldLabel isHidden={props.isLabelHidden}>{props.label}</FieldLabel>
      {props.lines && props.lines > 1 ? (
        <TextArea
          rows={props.lines}
          placeholder={props.placeholder ?? ''}
          spellCheck={false}
          className={cx(controlClass, font, 'resize-y px-2.5 py-1.5 leading-5')}
        />
      ) : (
        <Input
          {...(props.inputRef ? { ref: props.inputRef } : {})}
          placeholder={props.placeholder ?? ''}
          autoComplete="off"
          spellCheck={false}
          className={cx(controlClass, font, 'h-8 px-2.5')}
        />
      )}
      <FieldNotes description={props.description} error={props.error} />
    </AriaTextField>
  );
}

/** A search field; Esc empties it. `keys` shows the chord that brings focus here. */
export function SearchField(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  onSubmit?: ((value: string) => void) | undefined;
  placeholder?: string | undefined;
  keys?: string | undefined;
  inputRef?: Ref<HTMLInputElement> | undefined;
  className?: string | undefined;
}) {
  return (
    <AriaSearchField
      aria-label={props.label}
      value={props.value}
      onChange={props.onChange}
      {...(props.onSubmit ? { onSubmit: props.onSubmit } : {})}
      className={cx('group relative flex min-w-0 items-center', props.className)}
    >
      <Search className="pointer-events-none absolute left-2 size-4 text-muted" aria-hidden />
      <Input
        {...(props.inputRef ? { ref: props.inputRef } : {})}
        placeholder={props.placeholder ?? props.label}
        spellCheck={false}
        className={cx(controlClass, 'h-7 pr-8 pl-7.5 [&::-webkit-search-cancel-button]:hidden')}
      />
      {props.keys && (
        <KeyHint
          keys={props.keys}
          className="pointer-events-none absolute right-1.5 hidden group-empty:flex"
        />
      )}
      <Button
        className="absolute right-0.5 flex size-6 items-center justify-center rounded-sm text-muted hover:bg-hover group-empty:hidden"
        aria-label="Empty the search"
      >
        <X className="size-3.5" aria-hidden />
      </Button>
    </AriaSearchField>
  );
}
