import { Bookmark, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { tellUndoable } from '../../history.ts';
import { rpc } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useSavedViews } from './datasets.queries.ts';
import { filterOf, isFiltered, orderOf, patchOf, type ViewPatch, type ViewState } from './view-state.ts';

function SaveDialog(props: { datasetId: string; state: ViewState; isOpen: boolean; onClose: () => void }) {
  const { datasetId, state } = props;
  const [name, setName] = useState('');
  const [isForAll, setForAll] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const save = async (): Promise<void> => {
    try {
      const filter = filterOf(state);
      await rpc.datasets.saveView({ datasetId, name, isForAll, filter, order: orderOf(state) });
      tellUndoable(`View “${name}” is saved.`);
      setName('');
      setFailure(null);
      props.onClose();
    } catch (error) {
      setFailure(error);
    }
  };
  return (
    <Dialog
      title="Save this view"
      isOpen={props.isOpen}
      onClose={props.onClose}
      actions={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          <Button variant="primary" onPress={() => void save()} isDisabled={name.trim() === ''}>
            Save view
          </Button>
        </>
      }
    >
      <form
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') void save();
        }}
      >
        <TextField label="Name" value={name} onChange={setName} autoFocus />
        <Checkbox isSelected={isForAll} onChange={setForAll}>
          Show it in every data set of this workspace
        </Checkbox>
        {failure ? <ErrorLine error={failure} /> : null}
      </form>
    </Dialog>
  );
}

/** Saved filters: open one, save the present one, delete one. */
export function SavedViews(props: {
  datasetId: string;
  state: ViewState;
  onChange: (patch: ViewPatch) => void;
}) {
  const { datasetId, state, onChange } = props;
  const [isSaving, setSaving] = useState(false);
  const views = useSavedViews(datasetId).data ?? [];
  const entries: MenuEntry[] = [
    ...views.map((view) => ({
      id: view.savedViewId,
      label: view.name,
      ...(view.isForAll ? { detail: 'in every data set' } : {}),
      run: () => onChange(patchOf(view.filter, view.order)),
    })),
    ...(views.length > 0 ? [{ id: 'line', separator: true as const }] : []),
    {
      id: 'save',
      label: 'Save this view…',
      isDisabled: !isFiltered(state) && state.by === 'position',
      run: () => setSaving(true),
    },
    ...(views.length > 0
      ? [
          {
            id: 'delete',
            label: 'Delete a view',
            entries: views.map((view) => ({
              id: `delete ${view.savedViewId}`,
              label: view.name,
              icon: <Trash2 aria-hidden />,
              run: () =>
                void rpc.datasets
                  .deleteSavedView({ savedViewId: view.savedViewId })
                  .then(() => tellUndoable(`View “${view.name}” is deleted.`)),
            })),
          },
        ]
      : []),
  ];
  return (
    <>
      <Menu label="Views" entries={entries} minWidth={220}>
        <Button size="compact" variant="quiet" icon={<Bookmark aria-hidden />}>
          Views
        </Button>
      </Menu>
      <SaveDialog datasetId={datasetId} state={state} isOpen={isSaving} onClose={() => setSaving(false)} />
    </>
  );
}
