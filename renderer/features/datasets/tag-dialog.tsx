import type { ExamplesOrView } from '../../../shared/features/datasets/datasets.contract.ts';
import { tellUndoable } from '../../history.ts';
import { formatCount } from '../../ui/format.ts';
import { OneFieldDialog } from '../../ui/one-field-dialog.tsx';
import { useChangeTags } from './datasets.queries.ts';

const namesIn = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim().slice(0, 40))
    .filter((name) => name !== '');

/** Puts tags on examples, or takes them off. */
export function TagDialog(props: {
  target: { datasetId: string; which: ExamplesOrView };
  onClose: () => void;
}) {
  const change = useChangeTags();
  const make = (tags: { add: string[]; remove: string[] }): void => {
    if (tags.add.length + tags.remove.length === 0) return;
    change.mutate(
      { ...props.target, ...tags },
      {
        onSuccess: ({ changed }) => {
          tellUndoable(`${formatCount(changed, 'example')} tagged anew.`);
          props.onClose();
        },
      },
    );
  };
  return (
    <OneFieldDialog
      title="Tags"
      label="Tags, separated by commas"
      action="Put on"
      other={{ label: 'Take off', run: (text) => make({ add: [], remove: namesIn(text) }) }}
      onSave={(text) => make({ add: namesIn(text), remove: [] })}
      isPending={change.isPending}
      error={change.error}
      onClose={props.onClose}
    />
  );
}
