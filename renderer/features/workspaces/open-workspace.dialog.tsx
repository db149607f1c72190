import { type FormEvent, useState } from 'react';
import { keyOfPhrase, wordsOf } from '../../../shared/features/workspaces/recovery-phrase.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { describeFailure } from '../../ui/failure.ts';
import { TextField } from '../../ui/text-field.tsx';
import { FolderField } from './folder-field.tsx';
import { OpenProblem } from './open-problem.tsx';
import { useOpenFolder } from './workspaces.queries.ts';

/** Asks for the 24 words and says while they are typed how many there are and which one is wrong. */
function PhraseField(props: { value: string; onChange: (phrase: string) => void }) {
  const words = wordsOf(props.value);
  const read = words.length >= 24 ? keyOfPhrase(props.value) : null;
  return (
    <TextField
      label="Recovery phrase"
      value={props.value}
      onChange={props.onChange}
      lines={4}
      autoFocus
      isMono
      placeholder="The 24 words that were shown when it was made"
      description={
        read && !('problem' in read) ? '24 words that fit together.' : `${words.length} of 24 words`
      }
      error={read && 'problem' in read ? read.problem : undefined}
    />
  );
}

/** Opens a workspace by its folder, and with its recovery phrase when this machine does not hold its key. */
export function OpenWorkspaceDialog(props: {
  onClose: () => void;
  onDone: () => void;
  /** Set when it is known that this folder needs its phrase. */
  recover?: string | undefined;
}) {
  const [folder, setFolder] = useState(props.recover ?? '');
  const [phrase, setPhrase] = useState('');
  const open = useOpenFolder();
  const failure = open.error ? describeFailure(open.error) : null;
  const needsPhrase = failure?.code === 'RECOVERY_NEEDED' || folder === props.recover;
  const isReady = folder.trim() !== '' && (!needsPhrase || 'keyHex' in keyOfPhrase(phrase));
  const submit = (event?: FormEvent): void => {
    event?.preventDefault();
    if (!isReady || open.isPending) return;
    const recoveryPhrase = needsPhrase ? phrase : null;
    open.mutate({ folder: folder.trim(), recoveryPhrase }, { onSuccess: props.onDone });
  };
  const change = (next: string): void => {
    open.reset();
    setFolder(next);
  };
  const isFirstAsk = failure?.code === 'RECOVERY_NEEDED' && open.variables?.recoveryPhrase === null;
  return (
    <Dialog
      title={needsPhrase ? 'This workspace needs its recovery phrase' : 'Open workspace'}
      width="medium"
      isOpen
      onClose={props.onClose}
      actions={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          <Button variant="primary" isDisabled={!isReady} isPending={open.isPending} onPress={() => submit()}>
            Open workspace
          </Button>
        </>
      }
    >
      <form className="space-y-4" onSubmit={submit}>
        <FolderField
          label="Folder"
          dialogTitle="Folder of the workspace"
          value={folder}
          onChange={change}
          description="The folder that holds workspace.db."
          autoFocus={!needsPhrase}
        />
        {needsPhrase && (
          <>
            <p className="text-muted">
              It is encrypted, and this machine does not hold its key. With the phrase it opens, and the key
              is kept here from then on.
            </p>
            <PhraseField value={phrase} onChange={setPhrase} />
          </>
        )}
        {open.error && !isFirstAsk && (
          <OpenProblem error={open.error} wish={open.variables} onDone={props.onDone} />
        )}
        <button type="submit" hidden tabIndex={-1} aria-hidden />
      </form>
    </Dialog>
  );
}
