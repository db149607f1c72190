import { useMutation } from '@tanstack/react-query';
import { Bookmark, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { tellUndoable } from '../../history.ts';
import { rpc } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { OneFieldDialog } from '../../ui/one-field-dialog.tsx';
import { useSavedViews } from './datasets.queries.ts';
import { filterOf, isFiltered, orderOf, patchOf, type ViewPatch, type ViewState } from './view-state.ts';

function SaveDialog(props: { datasetId: string; state: ViewState; onClose: () => void }) {
  const { datasetId, state } = props;
  const [isForAll, setForAll] = useState(false);
  const save = useMutation({
    mutationFn: (name: string) =>
      rpc.datasets.saveView({ datasetId, name, isForAll, filter: filterOf(state), order: orderOf(state) }),
    onSuccess: (_, name) => {
      tellUndoable(`View “${name}” is saved.`);
      props.onClose();
    },
  });
  return (
    <OneFieldDialog
      title="Save this view"
      label="Name"
      length={{ least: 1, most: 80 }}
      action="Save view"
      onSave={(name) => save.mutate(name)}
      isPending={save.isPending}
      error={save.error}
      onClose={props.onClose}
    >
      <Checkbox isSelected={isForAll} onChange={setForAll}>
        Show it in every data set of this workspace
      </Checkbox>
    </OneFieldDialog>
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
      {isSaving && <SaveDialog datasetId={datasetId} state={state} onClose={() => setSaving(false)} />}
    </>
  );
}
