import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Checkbox as AriaCheckbox,
  Radio,
  RadioGroup as AriaRadioGroup,
  Slider as AriaSlider,
  SliderOutput,
  SliderThumb,
  SliderTrack,
  Switch as AriaSwitch,
} from 'react-aria-components';
import { cx } from './class-names.ts';
import { type FieldProps, FieldLabel, FieldNotes, fieldClass } from './field.tsx';

/** A check box; `isMixed` is neither yes nor no. */
export function Checkbox(props: {
  children: ReactNode;
  isSelected: boolean;
  onChange: (isSelected: boolean) => void;
  isMixed?: boolean | undefined;
  isDisabled?: boolean | undefined;
  description?: string | undefined;
  className?: string | undefined;
}) {
  return (
    <AriaCheckbox
      isSelected={props.isSelected}
      isIndeterminate={props.isMixed ?? false}
      isDisabled={props.isDisabled ?? false}
      onChange={props.onChange}
      className={cx(
        'group relative flex min-h-6 items-start gap-2 text-sm disabled:text-muted',
        props.className,
      )}
    >
      {({ isSelected, isIndeterminate }) => (
        <>
          <span
            className={cx(
              'mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-sm border border-control bg-surface text-on-accent',
              'group-selected:border-accent group-selected:bg-accent group-indeterminate:border-accent group-indeterminate:bg-accent',
              'group-focus-visible:outline-2 group-focus-visible:outline-offset-2 group-focus-visible:outline-focus group-disabled:opacity-50',
            )}
          >
            {isIndeterminate ? <Minus aria-hidden className="size-3" /> : null}
            {isSelected && !isIndeterminate ? <Check aria-hidden className="size-3" strokeWidth={3} /> : null}
          </span>
          <span className="min-w-0">
            {props.children}
            {props.description && <span className="block text-xs text-muted">{props.description}</span>}
          </span>
        </>
      )}
    </AriaCheckbox>
  );
}

/** On or off, at once. */
export function Switch(props: {
  children: ReactNode;
  isSelected: boolean;
  onChange: (isSelected: boolean) => void;
  isDisabled?: boolean | undefined;
  description?: string | undefined;
  className?: string | undefined;
}) {
  return (
    <AriaSwitch
      isSelected={props.isSelected}
      onChange={props.onChange}
      isDisabled={props.isDisabled ?? false}
      className={cx(
        'group relative flex min-h-6 items-start gap-2.5 text-sm disabled:text-muted',
        props.className,
      )}
    >
      <span
        className={cx(
          'mt-0.5 flex h-4 w-7 shrink-0 items-center rounded-full border border-control bg-press px-px transition-colors',
          'group-selected:border-accent group-selected:bg-accent group-focus-visible:outline-2 group-focus-visible:outline-offset-2',
          'group-focus-visible:outline-focus group-disabled:opacity-50',
        )}
      >
        <span className="size-3 rounded-full bg-control transition-transform group-selected:translate-x-3 group-selected:bg-on-accent" />
      </span>
      <span className="min-w-0">
        {props.children}
        {props.description && <span className="block text-xs text-muted">{props.description}</span>}
      </span>
    </AriaSwitch>
  );
}

/** One of two to five, all visible, each with room for a line of explanation. */
export function RadioGroup<Value extends string>(
  props: FieldProps & {
    options: readonly {
      value: Value;
      label: string;
      description?: string | undefined;
      isDisabled?: boolean | undefined;
    }[];
    value: Value;
    onChange: (value: Value) => void;
    orientation?: 'horizontal' | 'vertical' | undefined;
  },
) {
  return (
    <AriaRadioGroup
      value={props.value}
      onChange={(text) => {
        const option = props.options.find((one) => one.value === text);
        if (option) props.onChange(option.value);
      }}
      orientation={props.orientation ?? 'vertical'}
      isDisabled={props.isDisabled ?? false}
      isInvalid={Boolean(props.error)}
      className={fieldClass(props.className)}
    >
      <FieldLabel isHidden={props.isLabelHidden}>{props.label}</FieldLabel>
      <div
        className={cx(
          'flex gap-2',
          props.orientation === 'horizontal' ? 'flex-row flex-wrap gap-4' : 'flex-col',
        )}
      >
        {props.options.map((option) => (
          <Radio
            key={option.value}
            value={option.value}
            isDisabled={option.isDisabled ?? false}
            className="group relative flex min-h-6 items-start gap-2 text-sm disabled:text-muted"
          >
            <span
              className={cx(
                'mt-0.5 size-4 shrink-0 rounded-full border border-control bg-surface transition-all',
                'group-selected:border-5 group-selected:border-accent group-focus-visible:outline-2',
                'group-focus-visible:outline-offset-2 group-focus-visible:outline-focus group-disabled:opacity-50',
              )}
            />
            <span className="min-w-0">
              {option.label}
              {option.description && <span className="block text-xs text-muted">{option.description}</span>}
            </span>
          </Radio>
        ))}
      </div>
      <FieldNotes description={props.description} error={props.error} />
    </AriaRadioGroup>
  );
}

/** A value on a scale, with its number beside it. */
export function Slider(props: {
  label: string;
  value: number;
  onChange: (value: number) => void;
  minValue: number;
  maxValue: number;
  step: number;
  format?: Intl.NumberFormatOptions | undefined;
  isDisabled?: boolean | undefined;
  className?: string | undefined;
}) {
  return (
    <AriaSlider
      value={props.value}
      onChange={props.onChange}
      minValue={props.minValue}
      maxValue={props.maxValue}
      step={props.step}
      isDisabled={props.isDisabled ?? false}
      {...(props.format ? { formatOptions: props.format } : {})}
      className={cx('grid grid-cols-[1fr_auto] gap-x-2', props.className)}
    >
      <FieldLabel>{props.label}</FieldLabel>
      <SliderOutput className="text-sm text-muted" />
      <SliderTrack className="relative col-span-2 flex h-6 items-center">
        {({ state }) => (
          <>
            <span className="absolute inset-x-0 h-1 rounded-full bg-press" />
            <span
              className="absolute left-0 h-1 rounded-full bg-accent"
              style={{ width: `${state.getThumbPercent(0) * 100}%` }}
            />
            <SliderThumb className="top-1/2 size-4 rounded-full border-2 border-accent bg-surface focus-visible:outline-2 focus-visible:outline-offset-2 focus-visible:outline-focus" />
          </>
        )}
      </SliderTrack>
    </AriaSlider>
  );
}
