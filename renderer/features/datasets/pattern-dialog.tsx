import { useState } from 'react';
import type { TextPattern } from '../../../shared/features/datasets/text-pattern.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';

/** Why a regular expression cannot be read; null when it can, or when it is none. */
export function patternProblem({ source, isRegex }: TextPattern): string | null {
  if (!isRegex || source === '') return null;
  try {
    new RegExp(source, 'u');
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What to look for, literally or as a regular expression. */
export function PatternFields(props: {
  label: string;
  value: TextPattern;
  onChange: (value: TextPattern) => void;
}) {
  const { value, onChange } = props;
  return (
    <div className="space-y-2">
      <TextField
        label={props.label}
        value={value.source}
        onChange={(source) => onChange({ ...value, source })}
        isMono={value.isRegex}
        error={patternProblem(value) ?? undefined}
        autoFocus
      />
      <div className="flex flex-wrap gap-x-5 gap-y-1">
        <Checkbox isSelected={value.isRegex} onChange={(isRegex) => onChange({ ...value, isRegex })}>
          Regular expression
        </Checkbox>
        <Checkbox
          isSelected={value.isCaseSensitive}
          onChange={(isCaseSensitive) => onChange({ ...value, isCaseSensitive })}
        >
          Match case
        </Checkbox>
      </div>
    </div>
  );
}

/** Nothing to look for yet. */
export const noPattern: TextPattern = { source: '', isRegex: false, isCaseSensitive: false };

/** Asks for a text or pattern to filter by. */
export function PatternDialog(props: {
  isOpen: boolean;
  onClose: () => void;
  onAdd: (pattern: TextPattern) => void;
}) {
  const [pattern, setPattern] = useState(noPattern);
  const isUsable = pattern.source !== '' && patternProblem(pattern) === null;
  const add = (): void => {
    if (!isUsable) return;
    props.onAdd(pattern);
    setPattern(noPattern);
    props.onClose();
  };
  return (
    <Dialog
      title="Filter by text"
      isOpen={props.isOpen}
      onClose={props.onClose}
      actions={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          <Button variant="primary" onPress={add} isDisabled={!isUsable}>
            Add filter
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <PatternFields label="Messages contain" value={pattern} onChange={setPattern} />
        <p className="mt-3 text-sm text-muted">
          Every text of every message is looked through. A pattern that takes too long is refused.
        </p>
      </form>
    </Dialog>
  );
}
