import type { WhichDetections } from '../../../shared/features/privacy/privacy.model.ts';
import { tellUndoable } from '../../history.ts';
import { OneFieldDialog } from '../../ui/one-field-dialog.tsx';
import { useKeep } from './privacy.queries.ts';

/** Asks why something may stay; the reason goes into the record. */
export function KeepDialog(props: {
  datasetId: string;
  what: string;
  which: WhichDetections;
  onClose: () => void;
}) {
  const keep = useKeep(props.datasetId);
  return (
    <OneFieldDialog
      title={`Keep ${props.what}`}
      label="Why it may stay"
      description="For example “public address of a shop” or “no find: an order number”. It stands in the record."
      length={{ least: 3, most: 500 }}
      action="Keep with this reason"
      onSave={(reason) =>
        keep.mutate(
          { which: props.which, reason },
          {
            onSuccess: () => {
              tellUndoable(`Kept ${props.what}.`);
              props.onClose();
            },
          },
        )
      }
      isPending={keep.isPending}
      error={keep.error}
      onClose={props.onClose}
    />
  );
}
