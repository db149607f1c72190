import { useEffect, useRef } from 'react';
import { ToggleButton } from '../../ui/button.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useReasons } from './preferences.queries.ts';

/** The workspace's reasons as buttons; the first has focus, Space chooses, Esc goes back to the keys. */
export function ReasonRow(props: { chosen: readonly string[]; onReason: (code: string) => void }) {
  const row = useRef<HTMLDivElement>(null);
  const query = useReasons();
  const isThere = query.data !== undefined;
  useEffect(() => {
    if (isThere) row.current?.querySelector('button')?.focus();
  }, [isThere]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields; these are buttons that act at once.
    <div ref={row} role="group" aria-label="Reasons" className="flex flex-wrap gap-1.5">
      <Loaded query={query}>
        {(reasons) =>
          reasons
            .filter(({ code, isHidden }) => !isHidden || props.chosen.includes(code))
            .map(({ code, label }) => (
              <ToggleButton
                key={code}
                isSelected={props.chosen.includes(code)}
                onChange={() => props.onReason(code)}
              >
                {label}
              </ToggleButton>
            ))
        }
      </Loaded>
    </div>
  );
}

/** A few words on why; Ctrl or Command with Enter saves, Esc goes back to the keys. */
export function NoteRow(props: { note: string; onNote: (note: string) => void }) {
  return <TextField label="Note" lines={2} value={props.note} onChange={props.onNote} autoFocus />;
}
