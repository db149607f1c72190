import { isDay, unknown } from '../../../shared/features/imports/provenance.model.ts';
import { TextField } from '../../ui/text-field.tsx';

/** A day as 2026-03-31; empty is unknown. */
export function DayField(props: { label: string; value: string; onChange: (value: string) => void }) {
  const { label, value, onChange } = props;
  const isWrong = value !== unknown && !isDay(value);
  return (
    <TextField
      label={label}
      value={value === unknown ? '' : value}
      onChange={(typed) => onChange(typed.trim() || unknown)}
      placeholder="Unknown, e.g. 2026-03-31"
      error={isWrong ? 'Write year, month and day, such as 2026-03-31.' : undefined}
    />
  );
}
