import { Lock, LockOpen } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { FolderField } from './folder-field.tsx';
import { RecoveryWordsDialog } from './recovery-words.tsx';
import { useCreateWorkspace, useKeyStorage, useSuggestedFolder } from './workspaces.queries.ts';

/** Says before the workspace is made whether it will be encrypted. */
function EncryptionNote() {
  const storage = useKeyStorage().data;
  if (!storage) return <p className="min-h-10" />;
  const Icon = storage.isPersistent ? Lock : LockOpen;
  return (
    <p className="flex min-h-10 gap-2 text-sm text-muted">
      <Icon
        aria-hidden
        className={`mt-0.5 size-4 shrink-0 ${storage.isPersistent ? 'text-emerald' : 'text-amber'}`}
      />
      <span className="min-w-0 break-words">
        {storage.isPersistent
          ? 'It will be encrypted on this disk. Next you see 24 words to write down, once.'
          : `It will not be encrypted, because this machine has nowhere to keep its key. ${storage.reason}`}
      </span>
    </p>
  );
}

/** Names a new workspace and its place, makes it, and shows its recovery phrase when it has one. */
export function NewWorkspaceDialog(props: { onClose: () => void; onDone: () => void }) {
  const [name, setName] = useState('');
  const [folder, setFolder] = useState('');
  const suggested = useSuggestedFolder(name).data?.folder;
  const create = useCreateWorkspace();
  const submit = (event?: FormEvent): void => {
    event?.preventDefault();
    if (name.trim() === '' || create.isPending) return;
    create.mutate(
      { name: name.trim(), folder: folder.trim() || null },
      { onSuccess: ({ recoveryPhrase }) => recoveryPhrase === null && props.onDone() },
    );
  };
  const phrase = create.data?.recoveryPhrase;
  if (phrase) return <RecoveryWordsDialog phrase={phrase} name={name.trim()} onDone={props.onDone} />;
  return (
    <Dialog
      title="New workspace"
      width="medium"
      isOpen
      onClose={props.onClose}
      actions={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          <Button
            variant="primary"
            isDisabled={name.trim() === ''}
            isPending={create.isPending}
            onPress={() => submit()}
          >
            Create workspace
          </Button>
        </>
      }
    >
      <form className="space-y-4" onSubmit={submit}>
        <p className="text-muted">
          A workspace is one folder with everything in it: data, runs, results, history. Keep one for each
          client or project.
        </p>
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          autoFocus
          isRequired
          placeholder="Acme support"
        />
        <FolderField
          label="Folder"
          dialogTitle="Folder for the workspace"
          value={folder}
          onChange={setFolder}
          placeholder={suggested ?? ''}
          description="Empty or new. Left blank, the folder shown here is used."
        />
        <EncryptionNote />
        {create.error && <ErrorLine error={create.error} />}
        {/* Lets Enter in a field submit; the visible button stands in the dialog's foot. */}
        <button type="submit" hidden tabIndex={-1} aria-hidden />
      </form>
    </Dialog>
  );
}
