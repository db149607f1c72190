import { OneFieldDialog } from '../../ui/one-field-dialog.tsx';
import { tell } from '../../ui/toast.tsx';
import { useBranch, useFreeze } from './versions.queries.ts';

/** Asks for one line about what the data set is now, and freezes it. */
export function FreezeDialog(props: { datasetId: string; next: number; onClose: () => void }) {
  const freeze = useFreeze();
  const { datasetId } = props;
  return (
    <OneFieldDialog
      title={`Freeze version ${props.next}`}
      label="What is in it"
      description="One line, for example “after masking, before review”. Jobs and evaluations name the version."
      action={`Freeze version ${props.next}`}
      onSave={(message) => freeze.mutate({ datasetId, message }, { onSuccess: props.onClose })}
      isPending={freeze.isPending}
      error={freeze.error}
      onClose={props.onClose}
    />
  );
}

/** Asks for the name of the data set that a branch makes. */
export function BranchDialog(props: {
  versionId: string;
  suggested: string;
  onClose: () => void;
  onMade: (datasetId: string) => void;
}) {
  const branch = useBranch();
  const { versionId } = props;
  return (
    <OneFieldDialog
      title="Branch a data set"
      label="Name"
      description="A data set of its own with the examples and splits of this version. It remembers where it came from."
      initial={props.suggested}
      length={{ least: 1, most: 120 }}
      action="Make the branch"
      onSave={(name) =>
        branch.mutate(
          { versionId, name },
          {
            onSuccess: ({ datasetId }) => {
              props.onClose();
              tell(`“${name}” is being made.`);
              props.onMade(datasetId);
            },
          },
        )
      }
      isPending={branch.isPending}
      error={branch.error}
      onClose={props.onClose}
    />
  );
}
