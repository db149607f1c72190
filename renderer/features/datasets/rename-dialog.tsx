import { useState } from 'react';
import type { Dataset } from '../../../shared/features/datasets/datasets.model.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useRename } from './datasets.queries.ts';

/** Gives a data set another name. */
export function RenameDialog(props: { dataset: Dataset; isOpen: boolean; onClose: () => void }) {
  const { datasetId } = props.dataset;
  const [name, setName] = useState(props.dataset.name);
  const rename = useRename();
  const save = (): void =>
    rename.mutate({ datasetId, name: name.trim() }, { onSuccess: () => props.onClose() });
  return (
    <Dialog
      title="Rename the data set"
      isOpen={props.isOpen}
      onClose={props.onClose}
      actions={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          <Button
            variant="primary"
            onPress={save}
            isDisabled={name.trim() === ''}
            isPending={rename.isPending}
          >
            Rename
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextField label="Name" value={name} onChange={setName} autoFocus />
      </form>
      {rename.error && <ErrorLine error={rename.error} className="mt-3" />}
    </Dialog>
  );
}
