import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { Reason } from '../../../shared/features/preferences/preferences.model.ts';
import { tellUndoable } from '../../history.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { codeOfReason } from './reason-codes.ts';
import { useReasons, useSaveReasons } from './preferences.queries.ts';

const most = 30;

function Editor({ first, onClose }: { first: readonly Reason[]; onClose: () => void }) {
  const [reasons, setReasons] = useState(first);
  const [label, setLabel] = useState('');
  const save = useSaveReasons();
  const change = (code: string, patch: Partial<Reason>): void =>
    setReasons(reasons.map((one) => (one.code === code ? { ...one, ...patch } : one)));
  const add = (): void => {
    const code = codeOfReason(
      label,
      reasons.map((one) => one.code),
    );
    setReasons([...reasons, { code, label: label.trim(), isHidden: false }]);
    setLabel('');
  };
  const canAdd = label.trim() !== '' && reasons.length < most;
  return (
    <>
      <p className="mb-3 text-sm text-muted">
        Why an answer is better, in the words of this workspace. A hidden reason is not offered any more but
        stays on the verdicts that name it.
      </p>
      <ul className="space-y-2">
        {reasons.map(({ code, label: text, isHidden }) => (
          <li key={code} className="flex items-center gap-3">
            <TextField
              label={`Name of ${code}`}
              isLabelHidden
              value={text}
              onChange={(next) => change(code, { label: next.slice(0, 60) })}
              className="flex-1"
            />
            <span className="w-32 truncate font-mono text-xs text-muted" title={code}>
              {code}
            </span>
            <Checkbox isSelected={isHidden} onChange={(next) => change(code, { isHidden: next })}>
              Hidden<span className="sr-only">: {text}</span>
            </Checkbox>
          </li>
        ))}
      </ul>
      <form
        className="mt-3 flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (canAdd) add();
        }}
      >
        <TextField
          label="Another reason"
          value={label}
          onChange={(text) => setLabel(text.slice(0, 60))}
          placeholder="Politeness"
          className="flex-1"
        />
        <Button type="submit" icon={<Plus aria-hidden />} isDisabled={!canAdd}>
          Add
        </Button>
      </form>
      {save.error && <ErrorLine error={save.error} className="mt-3" />}
      <div className="mt-5 flex justify-end gap-2 border-t border-line pt-3">
        <Button onPress={onClose}>Cancel</Button>
        <Button
          variant="primary"
          isPending={save.isPending}
          isDisabled={reasons.some((one) => one.label.trim() === '')}
          onPress={() =>
            save.mutate([...reasons], {
              onSuccess: () => {
                tellUndoable('The reasons are changed.');
                onClose();
              },
            })
          }
        >
          Save the reasons
        </Button>
      </div>
    </>
  );
}

/** The workspace's reasons for a verdict: named, hidden, added. */
export function ReasonsDialog({ onClose }: { onClose: () => void }) {
  const query = useReasons();
  return (
    <Dialog title="Reasons for a verdict" isOpen onClose={onClose} width="medium">
      <Loaded query={query}>{(reasons) => <Editor first={reasons} onClose={onClose} />}</Loaded>
    </Dialog>
  );
}
