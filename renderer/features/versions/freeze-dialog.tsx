import { useState } from 'react';
import { tell } from '../../ui/toast.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useBranch, useFreeze } from './versions.queries.ts';

/** Asks for one line about what the data set is now, and freezes it. */
export function FreezeDialog(props: {
  datasetId: string;
  next: number;
  isOpen: boolean;
  onClose: () => void;
}) {
  const [message, setMessage] = useState('');
  const freeze = useFreeze();
  const confirm = (): void => {
    if (message.trim() === '') return;
    freeze.mutate(
      { datasetId: props.datasetId, message: message.trim() },
      {
        onSuccess: () => {
          setMessage('');
          props.onClose();
        },
      },
    );
  };
  return (
    <Dialog
      title={`Freeze version ${props.next}`}
      isOpen={props.isOpen}
      onClose={props.onClose}
      actions={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          <Button
            variant="primary"
            onPress={confirm}
            isPending={freeze.isPending}
            isDisabled={message.trim() === ''}
          >
            Freeze version {props.next}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          confirm();
        }}
      >
        <TextField
          label="What is in it"
          value={message}
          onChange={(text) => setMessage(text.slice(0, 400))}
          autoFocus
          description="One line, for example “after masking, before review”. Jobs and evaluations name the version."
        />
      </form>
      {freeze.error && <ErrorLine error={freeze.error} />}
    </Dialog>
  );
}

/** Asks for the name of the data set that a branch makes. */
export function BranchDialog(props: {
  versionId: string | null;
  suggested: string;
  onClose: () => void;
  onMade: (datasetId: string) => void;
}) {
  const [name, setName] = useState(props.suggested);
  const branch = useBranch();
  const { versionId } = props;
  const confirm = (): void => {
    if (versionId === null || name.trim() === '') return;
    branch.mutate(
      { versionId, name: name.trim() },
      {
        onSuccess: ({ datasetId }) => {
          props.onClose();
          tell(`“${name.trim()}” is being made.`);
          props.onMade(datasetId);
        },
      },
    );
  };
  return (
    <Dialog
      title="Branch a data set"
      isOpen={versionId !== null}
      onClose={props.onClose}
      actions={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          <Button
            variant="primary"
            onPress={confirm}
            isPending={branch.isPending}
            isDisabled={name.trim() === ''}
          >
            Make the branch
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          confirm();
        }}
      >
        <TextField
          label="Name"
          value={name}
          onChange={(text) => setName(text.slice(0, 120))}
          autoFocus
          description="A data set of its own with the examples and splits of this version. It remembers where it came from."
        />
      </form>
      {branch.error && <ErrorLine error={branch.error} />}
    </Dialog>
  );
}
