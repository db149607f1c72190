import { Check, CircleX, Columns2, Tags, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import type { ExamplesOrView } from '../../../shared/features/datasets/datasets.contract.ts';
import type { BulkChange } from '../../../shared/features/datasets/text-changes.ts';
import { tellUndoable } from '../../history.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { Menu } from '../../ui/menu.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { ChangeDialog } from './change-dialog.tsx';
import { useAssignSplit, useDecide, useReviewer } from './curating.queries.ts';
import { useChangeTags, useDeleteExamples } from './datasets.queries.ts';

type Target = { datasetId: string; which: ExamplesOrView };

function TagDialog(props: { target: Target; isOpen: boolean; onClose: () => void }) {
  const [text, setText] = useState('');
  const change = useChangeTags();
  const names = text
    .split(',')
    .map((name) => name.trim().slice(0, 40))
    .filter((name) => name !== '');
  const make = (tags: { add: string[]; remove: string[] }): void =>
    change.mutate(
      { ...props.target, ...tags },
      {
        onSuccess: ({ changed }) => {
          tellUndoable(`${formatCount(changed, 'example')} tagged anew.`);
          props.onClose();
        },
      },
    );
  return (
    <Dialog
      title="Tags"
      isOpen={props.isOpen}
      onClose={props.onClose}
      actions={
        <>
          <Button onPress={() => make({ add: [], remove: names })} isDisabled={names.length === 0}>
            Take off
          </Button>
          <Button
            variant="primary"
            onPress={() => make({ add: names, remove: [] })}
            isDisabled={names.length === 0}
          >
            Put on
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (names.length > 0) make({ add: names, remove: [] });
        }}
      >
        <TextField label="Tags, separated by commas" value={text} onChange={setText} autoFocus />
      </form>
      {change.error && <ErrorLine error={change.error} className="mt-3" />}
    </Dialog>
  );
}

export type Picked = { readonly kind: 'some'; readonly ids: readonly number[] } | { readonly kind: 'all' };

/** What can be done with the picked examples, at the foot of the list while some are picked. */
export function BulkBar(props: {
  datasetId: string;
  viewId: string;
  picked: Picked;
  shown: number;
  onPick: (picked: Picked | null) => void;
  onCompare: (first: number, second: number) => void;
}) {
  const { picked, shown, datasetId, viewId, onPick } = props;
  const [open, setOpen] = useState<'tags' | BulkChange['kind'] | null>(null);
  const reviewer = useReviewer();
  const decide = useDecide();
  const split = useAssignSplit();
  const remove = useDeleteExamples();
  const count = picked.kind === 'all' ? shown : picked.ids.length;
  const target: Target = {
    datasetId,
    which: picked.kind === 'all' ? { viewId } : { exampleIds: [...picked.ids] },
  };
  const failure = decide.error ?? split.error ?? remove.error;
  const say = (verb: string) => ({
    onSuccess: ({ changed }: { changed: number }) =>
      tellUndoable(`${formatCount(changed, 'example')} ${verb}.`),
  });
  const [first, second] = picked.kind === 'some' ? picked.ids : [];
  return (
    <section
      aria-label="Picked examples"
      className="flex shrink-0 flex-wrap items-center gap-2 border-t border-line-strong bg-raised px-4 py-2"
    >
      <span role="status" className="mr-1 text-sm font-medium tabular-nums">
        {formatNumber(count)} picked
      </span>
      {picked.kind === 'some' && shown > picked.ids.length && (
        <Button size="compact" variant="quiet" onPress={() => onPick({ kind: 'all' })}>
          Select all {formatNumber(shown)} matching
        </Button>
      )}
      <Button
        size="compact"
        icon={<Check aria-hidden />}
        onPress={() => decide.mutate({ ...target, reviewer, decision: 'approved' }, say('approved'))}
      >
        Approve
      </Button>
      <Button
        size="compact"
        icon={<CircleX aria-hidden />}
        onPress={() => decide.mutate({ ...target, reviewer, decision: 'rejected' }, say('rejected'))}
      >
        Reject
      </Button>
      <Button size="compact" icon={<Tags aria-hidden />} onPress={() => setOpen('tags')}>
        Tag…
      </Button>
      <Menu
        label="Move to"
        placement="top start"
        entries={(['train', 'validation', 'test', null] as const).map((name) => ({
          id: name ?? 'none',
          label: name ?? 'No split',
          run: () => split.mutate({ ...target, split: name }, say('moved')),
        }))}
      >
        <Button size="compact">Split</Button>
      </Menu>
      <Button size="compact" onPress={() => setOpen('replace')}>
        Replace…
      </Button>
      <Button size="compact" onPress={() => setOpen('system-prompt')}>
        System prompt…
      </Button>
      {first !== undefined && second !== undefined && (
        <Button size="compact" icon={<Columns2 aria-hidden />} onPress={() => props.onCompare(first, second)}>
          Compare
        </Button>
      )}
      <IconButton
        label={`Delete ${formatCount(count, 'example')}`}
        icon={<Trash2 aria-hidden />}
        onPress={() =>
          remove.mutate(target, {
            onSuccess: ({ changed }) => {
              onPick(null);
              tellUndoable(`${formatCount(changed, 'example')} deleted.`);
            },
          })
        }
      />
      <span className="flex-1" />
      {failure && <ErrorLine error={failure} />}
      <IconButton label="Pick none" icon={<X aria-hidden />} onPress={() => onPick(null)} />
      {open === 'tags' && <TagDialog target={target} isOpen onClose={() => setOpen(null)} />}
      {(open === 'replace' || open === 'system-prompt') && (
        <ChangeDialog kind={open} target={target} count={count} isOpen onClose={() => setOpen(null)} />
      )}
    </section>
  );
}
