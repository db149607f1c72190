import { useState } from 'react';
import type { Connection } from '../../../shared/features/providers/providers.model.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog, Dialog } from '../../ui/dialog.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { useGo } from '../../ui/location.ts';
import { TextField } from '../../ui/text-field.tsx';
import { useRemove, useRename, useReplaceKey } from './providers.queries.ts';

type Props = { connection: Connection; isOpen: boolean; onClose: () => void };

/** One field, one verb. */
function FieldDialog(props: {
  title: string;
  verb: string;
  label: string;
  type: 'text' | 'password';
  initial: string;
  isOpen: boolean;
  isPending: boolean;
  error: unknown;
  onClose: () => void;
  onSubmit: (text: string) => void;
}) {
  const [text, setText] = useState(props.initial);
  const submit = (): void => {
    if (text.trim() !== '' && !props.isPending) props.onSubmit(text.trim());
  };
  return (
    <Dialog
      title={props.title}
      isOpen={props.isOpen}
      onClose={props.onClose}
      actions={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          <Button
            variant="primary"
            isDisabled={text.trim() === ''}
            isPending={props.isPending}
            onPress={submit}
          >
            {props.verb}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextField label={props.label} type={props.type} value={text} onChange={setText} autoFocus />
        {props.error ? <ErrorLine error={props.error} className="mt-3" /> : null}
      </form>
    </Dialog>
  );
}

/** Asks for another name. */
export function RenameDialog({ connection, isOpen, onClose }: Props) {
  const rename = useRename(connection.id);
  return (
    <FieldDialog
      title="Rename the connection"
      verb="Rename"
      label="Name"
      type="text"
      initial={connection.name}
      isOpen={isOpen}
      isPending={rename.isPending}
      error={rename.error}
      onClose={onClose}
      onSubmit={(name) => rename.mutate(name, { onSuccess: onClose })}
    />
  );
}

/** Asks for another key; the old one is forgotten. */
export function ReplaceKeyDialog({ connection, isOpen, onClose }: Props) {
  const replace = useReplaceKey(connection.id);
  return (
    <FieldDialog
      // A key must not wait in a closed dialog.
      key={String(isOpen)}
      title={`Replace the key of “${connection.name}”`}
      verb="Replace the key"
      label="New API key"
      type="password"
      initial=""
      isOpen={isOpen}
      isPending={replace.isPending}
      error={replace.error}
      onClose={onClose}
      onSubmit={(apiKey) => replace.mutate(apiKey, { onSuccess: onClose })}
    />
  );
}

/** Asks before a connection and its key are deleted. */
export function RemoveDialog({ connection, isOpen, onClose }: Props) {
  const remove = useRemove(connection.id);
  const go = useGo();
  return (
    <ConfirmDialog
      title={`Remove “${connection.name}”?`}
      verb="Remove it and delete its key"
      isDanger
      isOpen={isOpen}
      isPending={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(undefined, { onSuccess: () => go('/settings/providers', { replace: true }) })
      }
    >
      Its key is deleted from this machine and cannot be brought back by Undo. Jobs that ran there stay, with
      everything seen of them.
    </ConfirmDialog>
  );
}
