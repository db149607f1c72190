import { Check, ChevronDown } from 'lucide-react';
import {
  Button,
  ComboBox as AriaComboBox,
  Input,
  type Key,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
} from 'react-aria-components';
import { cx } from './class-names.ts';
import { controlClass, type FieldProps, FieldLabel, FieldNotes, fieldClass } from './field.tsx';
import { popoverClass, popoverItemClass } from './menu.tsx';

export type Option<Value extends string> = {
  value: Value;
  label: string;
  /** A quieter second line, e.g. the date a model stops. */
  detail?: string | undefined;
  isDisabled?: boolean | undefined;
};

function Options<Value extends string>(props: { options: readonly Option<Value>[] }) {
  return (
    <ListBox
      items={props.options.map((option) => ({ ...option, id: option.value }))}
      className="max-h-80 overflow-auto p-1 outline-none"
      renderEmptyState={() => <p className="px-2 py-1 text-muted">Nothing fits.</p>}
    >
      {(option) => (
        <ListBoxItem
          id={option.value}
          textValue={option.label}
          isDisabled={option.isDisabled ?? false}
          className={cx(popoverItemClass, 'selected:font-medium')}
        >
          {({ isSelected }) => (
            <>
              <span className="min-w-0 flex-1">
                <span className="block truncate">{option.label}</span>
                {option.detail && (
                  <span className="block truncate text-xs font-normal text-muted">{option.detail}</span>
                )}
              </span>
              {isSelected && <Check aria-hidden className="text-accent-ink" />}
            </>
          )}
        </ListBoxItem>
      )}
    </ListBox>
  );
}

const asValue = <Value extends string>(options: readonly Option<Value>[], key: Key | null): Value | null =>
  options.find((option) => option.value === key)?.value ?? null;

type ChoiceProps<Value extends string> = FieldProps & {
  options: readonly Option<Value>[];
  value: Value | null;
  onChange: (value: Value) => void;
  placeholder?: string | undefined;
  size?: 'compact' | 'regular' | undefined;
};

/** One of few: a button that opens a list. Typing jumps to an entry. */
export function Select<Value extends string>(props: ChoiceProps<Value>) {
  return (
    <AriaSelect
      validationBehavior="aria"
      value={props.value}
      onChange={(key) => {
        const value = asValue(props.options, key);
        if (value !== null) props.onChange(value);
      }}
      placeholder={props.placeholder ?? 'Choose'}
      isInvalid={Boolean(props.error)}
      isDisabled={props.isDisabled ?? false}
      isRequired={props.isRequired ?? false}
      className={fieldClass(props.className)}
    >
      <FieldLabel isHidden={props.isLabelHidden}>{props.label}</FieldLabel>
      <Button
        className={cx(
          controlClass,
          'flex cursor-default items-center gap-2 px-2.5 text-left',
          props.size === 'compact' ? 'h-7' : 'h-8',
        )}
      >
        <SelectValue className="min-w-0 flex-1 truncate placeholder-shown:text-muted [&_[class*=text-xs]]:hidden [&_svg]:hidden" />
        <ChevronDown aria-hidden className="size-4 shrink-0 text-muted" />
      </Button>
      <FieldNotes description={props.description} error={props.error} />
      <Popover className={cx(popoverClass, 'min-w-(--trigger-width)')} offset={4}>
        <Options options={props.options} />
      </Popover>
    </AriaSelect>
  );
}

/** One of many: type to narrow the list down; with `allowsCustom` any text may stay. */
export function ComboBox<Value extends string>(
  props: ChoiceProps<Value> & {
    allowsCustom?: boolean | undefined;
    onCustom?: ((text: string) => void) | undefined;
  },
) {
  return (
    <AriaComboBox
      validationBehavior="aria"
      defaultItems={props.options.map((option) => ({ ...option, id: option.value }))}
      value={props.value}
      onChange={(key) => {
        const value = asValue(props.options, key);
        if (value !== null) props.onChange(value);
      }}
      onInputChange={(text) => props.onCustom?.(text)}
      allowsCustomValue={props.allowsCustom ?? false}
      menuTrigger="focus"
      isInvalid={Boolean(props.error)}
      isDisabled={props.isDisabled ?? false}
      isRequired={props.isRequired ?? false}
      className={fieldClass(props.className)}
    >
      <FieldLabel isHidden={props.isLabelHidden}>{props.label}</FieldLabel>
      <div className="relative flex items-center">
        <Input
          className={cx(controlClass, 'h-8 pr-8 pl-2.5')}
          placeholder={props.placeholder ?? 'Type to search'}
        />
        <Button className="absolute right-1 flex size-6 items-center justify-center rounded-sm text-muted hover:bg-hover">
          <ChevronDown aria-hidden className="size-4" />
        </Button>
      </div>
      <FieldNotes description={props.description} error={props.error} />
      <Popover className={cx(popoverClass, 'min-w-(--trigger-width)')} offset={4}>
        <ListBox className="max-h-80 overflow-auto p-1 outline-none">
          {(option: Option<Value>) => (
            <ListBoxItem
              id={option.value}
              textValue={option.label}
              isDisabled={option.isDisabled ?? false}
              className={popoverItemClass}
            >
              <span className="min-w-0 flex-1">
                <span className="block truncate">{option.label}</span>
                {option.detail && <span className="block truncate text-xs text-muted">{option.detail}</span>}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
