import { useState } from 'react';
import type { WhichDetections } from '../../../shared/features/privacy/privacy.model.ts';
import { tellUndoable } from '../../history.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useKeep } from './privacy.queries.ts';

/** Asks why something may stay; the reason goes into the record. */
export function KeepDialog(props: {
  datasetId: string;
  what: string;
  which: WhichDetections;
  onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  const keep = useKeep(props.datasetId);
  const isReady = reason.trim().length > 2;
  const confirm = (): void => {
    if (!isReady) return;
    keep.mutate(
      { which: props.which, reason: reason.trim() },
      {
        onSuccess: () => {
          tellUndoable(`Kept ${props.what}.`);
          props.onClose();
        },
      },
    );
  };
  return (
    <Dialog
      title={`Keep ${props.what}`}
      isOpen
      onClose={props.onClose}
      actions={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          <Button variant="primary" onPress={confirm} isPending={keep.isPending} isDisabled={!isReady}>
            Keep with this reason
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
          label="Why it may stay"
          value={reason}
          onChange={(text) => setReason(text.slice(0, 500))}
          autoFocus
          description="For example “public address of a shop” or “no find: an order number”. It stands in the record."
        />
      </form>
      {keep.error && <ErrorLine error={keep.error} />}
    </Dialog>
  );
}
