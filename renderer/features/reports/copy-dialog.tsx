import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useSaveCopy, useSuggestedPath } from './reports.queries.ts';

function PathForm(props: { reportId: string; suggestion: string; onSaved: (path: string) => void }) {
  const [path, setPath] = useState(props.suggestion);
  const save = useSaveCopy();
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(
          { reportId: props.reportId, path },
          { onSuccess: (saved) => saved.path !== null && props.onSaved(saved.path) },
        );
      }}
    >
      <TextField
        label="Path of the copy"
        value={path}
        onChange={setPath}
        isMono
        autoFocus
        description="This system has no dialog for files. The folder must exist."
      />
      {save.error && <ErrorLine error={save.error} />}
      <Button type="submit" variant="primary" isPending={save.isPending} isDisabled={path.trim() === ''}>
        Save copy
      </Button>
    </form>
  );
}

/** Asks for the path of a copy where the system has no dialog of its own. */
export function CopyDialog(props: {
  reportId: string;
  name: string;
  isOpen: boolean;
  onClose: () => void;
  onSaved: (path: string) => void;
}) {
  const suggestion = useSuggestedPath(props.name, props.isOpen);
  return (
    <Dialog title="Save a copy of the report" isOpen={props.isOpen} onClose={props.onClose} width="medium">
      <Loaded query={suggestion}>
        {({ path }) => <PathForm reportId={props.reportId} suggestion={path} onSaved={props.onSaved} />}
      </Loaded>
    </Dialog>
  );
}
