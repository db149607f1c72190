import { Check, CircleX, Columns2, Copy, PanelRightOpen, Tags, Trash2, Undo2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { ExamplesOrView } from '../../../shared/features/datasets/datasets.contract.ts';
import type { BulkChange } from '../../../shared/features/datasets/text-changes.ts';
import { tellUndoable } from '../../history.ts';
import { formatCount } from '../../ui/format.ts';
import type { MenuEntry } from '../../ui/menu.tsx';
import { ChangeDialog } from './change-dialog.tsx';
import { useAddExample, useAssignSplit, useDecide, useReviewer } from './curating.queries.ts';
import { useDeleteExamples } from './datasets.queries.ts';
import { TagDialog } from './tag-dialog.tsx';

/** The examples something is done to, and how many they are. */
export type BulkTarget = { readonly which: ExamplesOrView; readonly count: number };

type Open = { readonly kind: 'tags' | BulkChange['kind']; readonly target: BulkTarget };

/** What can be done with examples, the same in the bar at the foot and in the menu of a row. */
export type BulkActions = {
  decide(target: BulkTarget, decision: 'approved' | 'rejected' | null): void;
  tag(target: BulkTarget): void;
  change(target: BulkTarget, kind: BulkChange['kind']): void;
  remove(target: BulkTarget): void;
  splits(target: BulkTarget): MenuEntry[];
  /** True while a change is being made: of a million examples that takes some seconds. */
  isBusy: boolean;
  failure: unknown;
  dialog: ReactNode;
};

const decisionWords = { approved: 'approved', rejected: 'rejected', none: 'undecided again' } as const;

/** Binds the actions to a data set; `onRemoved` follows a deletion. */
export function useBulkActions(datasetId: string, onRemoved: () => void): BulkActions {
  const [open, setOpen] = useState<Open | null>(null);
  const reviewer = useReviewer();
  const decide = useDecide();
  const split = useAssignSplit();
  const remove = useDeleteExamples();
  const say = (verb: string) => ({
    onSuccess: ({ changed }: { changed: number }) =>
      tellUndoable(`${formatCount(changed, 'example')} ${verb}.`),
  });
  const close = (): void => setOpen(null);
  return {
    decide: ({ which }, decision) =>
      decide.mutate({ datasetId, which, reviewer, decision }, say(decisionWords[decision ?? 'none'])),
    tag: (target) => setOpen({ kind: 'tags', target }),
    change: (target, kind) => setOpen({ kind, target }),
    remove: ({ which }) =>
      remove.mutate(
        { datasetId, which },
        {
          onSuccess: ({ changed }) => {
            onRemoved();
            tellUndoable(`${formatCount(changed, 'example')} deleted.`);
          },
        },
      ),
    splits: ({ which }) =>
      (['train', 'validation', 'test', null] as const).map((name) => ({
        id: name ?? 'none',
        label: name ?? 'No split',
        run: () => split.mutate({ datasetId, which, split: name }, say('moved')),
      })),
    isBusy: decide.isPending || split.isPending || remove.isPending,
    failure: decide.error ?? split.error ?? remove.error,
    dialog:
      open === null ? null : open.kind === 'tags' ? (
        <TagDialog target={{ datasetId, which: open.target.which }} onClose={close} />
      ) : (
        <ChangeDialog
          kind={open.kind}
          target={{ datasetId, which: open.target.which }}
          count={open.target.count}
          isOpen
          onClose={close}
        />
      ),
  };
}

/** The menu of a row: what the bar offers for all that is picked, or for this row alone; and what only one row has. */
export function useRowMenu(props: {
  datasetId: string;
  actions: BulkActions;
  onOpen: (exampleId: number) => void;
  onCompare: (first: number, second: number) => void;
}): (
  row: { exampleId: number },
  picked: { target: BulkTarget; ids: readonly number[] } | null,
) => MenuEntry[] {
  const { actions, datasetId } = props;
  const copy = useAddExample();
  return ({ exampleId }, picked) => {
    const target = picked?.target ?? { which: { exampleIds: [exampleId] }, count: 1 };
    const [first, second] = picked?.ids ?? [];
    const isOne = target.count === 1;
    return [
      { id: 'open', label: 'Open', icon: <PanelRightOpen aria-hidden />, run: () => props.onOpen(exampleId) },
      { id: 'first', separator: true },
      {
        id: 'approve',
        label: 'Approve',
        icon: <Check aria-hidden />,
        run: () => actions.decide(target, 'approved'),
      },
      {
        id: 'reject',
        label: 'Reject',
        icon: <CircleX aria-hidden />,
        run: () => actions.decide(target, 'rejected'),
      },
      {
        id: 'undecide',
        label: 'Take the decision back',
        icon: <Undo2 aria-hidden />,
        run: () => actions.decide(target, null),
      },
      { id: 'second', separator: true },
      { id: 'tag', label: 'Tag…', icon: <Tags aria-hidden />, run: () => actions.tag(target) },
      { id: 'split', label: 'Move to split', entries: actions.splits(target) },
      { id: 'replace', label: 'Replace…', run: () => actions.change(target, 'replace') },
      { id: 'system', label: 'System prompt…', run: () => actions.change(target, 'system-prompt') },
      ...(isOne
        ? [
            {
              id: 'copy',
              label: 'Duplicate',
              icon: <Copy aria-hidden />,
              run: () =>
                copy.mutate(
                  { datasetId, from: { exampleId } },
                  { onSuccess: () => tellUndoable('A copy stands at the end.') },
                ),
            },
          ]
        : []),
      ...(first !== undefined && second !== undefined
        ? [
            {
              id: 'compare',
              label: 'Compare the first two',
              icon: <Columns2 aria-hidden />,
              run: () => props.onCompare(first, second),
            },
          ]
        : []),
      { id: 'third', separator: true },
      {
        id: 'delete',
        label: isOne ? 'Delete' : `Delete ${formatCount(target.count, 'example')}`,
        icon: <Trash2 aria-hidden />,
        isDanger: true,
        run: () => actions.remove(target),
      },
    ];
  };
}
