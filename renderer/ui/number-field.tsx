import { Minus, Plus } from 'lucide-react';
import { Button, Group, Input, NumberField as AriaNumberField } from 'react-aria-components';
import { cx } from './class-names.ts';
import { controlClass, type FieldProps, FieldLabel, FieldNotes, fieldClass } from './field.tsx';

const step =
  'flex h-full w-7 shrink-0 items-center justify-center text-muted hover:bg-hover hover:text-ink disabled:text-faint [&_svg]:size-3.5';

/** A number in the reader's own notation (`2.500,75` in German); arrows and buttons step it. `NaN` is empty. */
export function NumberField(
  props: FieldProps & {
    value: number;
    onChange: (value: number) => void;
    minValue?: number | undefined;
    maxValue?: number | undefined;
    step?: number | undefined;
    format?: Intl.NumberFormatOptions | undefined;
  },
) {
  return (
    <AriaNumberField
      validationBehavior="aria"
      value={props.value}
      onChange={props.onChange}
      isInvalid={Boolean(props.error)}
      isDisabled={props.isDisabled ?? false}
      isRequired={props.isRequired ?? false}
      {...(props.minValue === undefined ? {} : { minValue: props.minValue })}
      {...(props.maxValue === undefined ? {} : { maxValue: props.maxValue })}
      {...(props.step === undefined ? {} : { step: props.step })}
      {...(props.format ? { formatOptions: props.format } : {})}
      className={fieldClass(props.className)}
    >
      <FieldLabel isHidden={props.isLabelHidden}>{props.label}</FieldLabel>
      <Group
        className={cx(
          controlClass,
          'flex h-8 items-center overflow-hidden focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-focus',
        )}
      >
        <Input className="h-full min-w-0 flex-1 bg-transparent px-2.5 text-sm outline-none" />
        <Button slot="decrement" className={cx(step, 'border-l border-line')}>
          <Minus aria-hidden />
        </Button>
        <Button slot="increment" className={cx(step, 'border-l border-line')}>
          <Plus aria-hidden />
        </Button>
      </Group>
      <FieldNotes description={props.description} error={props.error} />
    </AriaNumberField>
  );
}
