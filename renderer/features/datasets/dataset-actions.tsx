import { Ellipsis, GraduationCap, Split } from 'lucide-react';
import { type ComponentType, useMemo, useState } from 'react';
import type { Dataset } from '../../../shared/features/datasets/datasets.model.ts';
import type { ExampleFilter } from '../../../shared/features/datasets/filter.model.ts';
import { tellUndoable } from '../../history.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { useCommands } from '../../ui/commands.ts';
import { ButtonLink } from '../../ui/link.tsx';
import { useGo } from '../../ui/location.ts';
import { Menu } from '../../ui/menu.tsx';
import { useAddExample } from './curating.queries.ts';
import { useDeleteDataset } from './datasets.queries.ts';
import { MethodDialog } from './method-dialog.tsx';
import { RenameDialog } from './rename-dialog.tsx';
import { ReviewDialog } from './review-dialog.tsx';
import { SplitDialog } from './split-dialog.tsx';

/** The dialog that another feature brings. */
export type ExportDialogOfOthers = ComponentType<{
  dataset: Dataset;
  filter: ExampleFilter | null;
  isOpen: boolean;
  onClose: () => void;
}>;

const question = [{ role: 'user', content: '' }];
const answer = [{ role: 'assistant', content: '' }];
const emptyExamples: Readonly<Record<Dataset['method'], unknown>> = {
  sft: { messages: [...question, ...answer] },
  dpo: { input: { messages: question }, preferred_output: answer, non_preferred_output: answer },
  rft: { messages: question },
};

/** What a new example of a method begins with: its parts, still empty. */
function emptyExample(method: Dataset['method']): string {
  return JSON.stringify(emptyExamples[method]);
}

/** What can be done with a data set as a whole: split it, train on it, rename it, delete it. */
export function DatasetActions(props: {
  dataset: Dataset;
  /** What is filtered now; null when nothing is. */
  filter: ExampleFilter | null;
  ExportDialog: ExportDialogOfOthers;
  /** What other features offer to do with it. */
  menu: readonly { readonly id: string; readonly label: string; run(): void }[];
}) {
  const { dataset, filter, ExportDialog } = props;
  const [open, setOpen] = useState<'split' | 'rename' | 'method' | 'export' | 'review' | null>(null);
  const remove = useDeleteDataset();
  const go = useGo();
  const isSplit = dataset.splitCounts.train > 0;
  const commands = useMemo(
    () => [
      {
        id: 'datasets.split',
        title: 'Split this data set',
        group: 'Data set',
        keys: 's',
        run: () => setOpen('split'),
      },
      {
        id: 'datasets.export',
        title: 'Export this data set',
        group: 'Data set',
        keys: null,
        run: () => setOpen('export'),
      },
      {
        id: 'datasets.rename',
        title: 'Rename this data set',
        group: 'Data set',
        keys: null,
        run: () => setOpen('rename'),
      },
    ],
    [],
  );
  useCommands('datasets.actions', commands);
  const add = useAddExample();
  const addOne = (): void =>
    add.mutate(
      { datasetId: dataset.datasetId, from: { text: emptyExample(dataset.method) } },
      {
        onSuccess: ({ exampleId }) => {
          go(`/datasets/${dataset.datasetId}?open=${exampleId}`);
          tellUndoable('An example is added at the end.');
        },
      },
    );
  const deleteAll = (): void =>
    remove.mutate(dataset.datasetId, {
      onSuccess: () => {
        go('/datasets');
        tellUndoable(`“${dataset.name}” is deleted.`);
      },
    });
  return (
    <>
      <Menu
        label="Data set"
        placement="bottom end"
        entries={[
          { id: 'add', label: 'Add an example', run: addOne },
          {
            id: 'add rows',
            label: 'Add rows from a file…',
            run: () => go(`/datasets/import?into=${dataset.datasetId}`),
          },
          { id: 'review', label: 'Review…', run: () => setOpen('review') },
          ...props.menu.map((entry) => ({ ...entry })),
          { id: 'line before', separator: true },
          { id: 'rename', label: 'Rename…', run: () => setOpen('rename') },
          { id: 'method', label: 'Change the method…', run: () => setOpen('method') },
          { id: 'export', label: 'Export…', run: () => setOpen('export') },
          { id: 'line', separator: true },
          { id: 'delete', label: 'Delete data set', isDanger: true, run: deleteAll },
        ]}
      >
        <IconButton label="More" icon={<Ellipsis aria-hidden />} size="regular" />
      </Menu>
      <Button
        variant={isSplit ? 'secondary' : 'primary'}
        icon={<Split aria-hidden />}
        keys="s"
        onPress={() => setOpen('split')}
        isDisabled={dataset.exampleCount === 0}
      >
        Split
      </Button>
      {isSplit && (
        <ButtonLink
          href={`/jobs/new?dataset=${dataset.datasetId}`}
          variant="primary"
          icon={<GraduationCap aria-hidden />}
        >
          Fine-tune
        </ButtonLink>
      )}
      <ExportDialog
        dataset={dataset}
        filter={filter}
        isOpen={open === 'export'}
        onClose={() => setOpen(null)}
      />
      <SplitDialog dataset={dataset} isOpen={open === 'split'} onClose={() => setOpen(null)} />
      {open === 'method' && <MethodDialog dataset={dataset} onClose={() => setOpen(null)} />}
      {open === 'review' && <ReviewDialog dataset={dataset} isOpen onClose={() => setOpen(null)} />}
      {open === 'rename' && <RenameDialog dataset={dataset} onClose={() => setOpen(null)} />}
    </>
  );
}
