import { useState } from 'react';
import type { PreferenceSet } from '../../../shared/features/preferences/preferences.model.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useRenameSet } from './preferences.queries.ts';

/** Gives a set another name. */
export function RenameSetDialog({ set, onClose }: { set: PreferenceSet; onClose: () => void }) {
  const [name, setName] = useState(set.name);
  const rename = useRenameSet();
  const save = (): void => rename.mutate({ setId: set.setId, name: name.trim() }, { onSuccess: onClose });
  return (
    <Dialog
      title="Rename the set"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            variant="primary"
            isDisabled={name.trim() === ''}
            isPending={rename.isPending}
            onPress={save}
          >
            Rename
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') save();
        }}
      >
        <TextField label="Name" value={name} onChange={(text) => setName(text.slice(0, 120))} autoFocus />
      </form>
      {rename.error && <ErrorLine error={rename.error} className="mt-3" />}
    </Dialog>
  );
}
