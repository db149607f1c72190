import type { Dataset } from '../../../shared/features/datasets/datasets.model.ts';
import { OneFieldDialog } from '../../ui/one-field-dialog.tsx';
import { useRename } from './datasets.queries.ts';

/** Gives a data set another name. */
export function RenameDialog(props: { dataset: Dataset; onClose: () => void }) {
  const { datasetId, name } = props.dataset;
  const rename = useRename();
  return (
    <OneFieldDialog
      title="Rename the data set"
      label="Name"
      initial={name}
      action="Rename"
      onSave={(text) => rename.mutate({ datasetId, name: text }, { onSuccess: props.onClose })}
      isPending={rename.isPending}
      error={rename.error}
      onClose={props.onClose}
    />
  );
}
