import { Ellipsis } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { PreferenceSet, QueueOrder } from '../../../shared/features/preferences/preferences.model.ts';
import { tellUndoable } from '../../history.ts';
import { IconButton } from '../../ui/button.tsx';
import { useCommands } from '../../ui/commands.ts';
import { failureText } from '../../ui/failure.ts';
import { useGo } from '../../ui/location.ts';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { tellFailure } from '../../ui/toast.tsx';
import { AssignDialog } from './assign-dialog.tsx';
import { orderWords } from './preference-words.tsx';
import { useCloseSet, useRemoveSet, useReorder } from './preferences.queries.ts';
import { ReasonsDialog } from './reasons-dialog.tsx';
import { RenameSetDialog } from './rename-set-dialog.tsx';
import { UnblindDialog } from './unblind-dialog.tsx';

type Open = 'rename' | 'assign' | 'unblind' | 'reasons' | null;

const onError = (error: unknown): void => tellFailure(failureText(error));

/** What can be done with a set as a whole, in its menu and in the palette. */
export function SetActions({ set }: { set: PreferenceSet }) {
  const { setId, name } = set;
  const [open, setOpen] = useState<Open>(null);
  const close = useCloseSet().mutate;
  const remove = useRemoveSet();
  const reorder = useReorder();
  const go = useGo();
  const isClosed = set.closedAt !== null;
  const leave = (): void => setOpen(null);
  const orders: MenuEntry[] = (['seeded', 'uncertainty', 'disagreement', 'cluster'] as const).map(
    (order: QueueOrder) => ({
      id: order,
      label: orderWords[order].label,
      detail: orderWords[order].detail,
      isChecked: set.settings.order === order,
      run: () =>
        reorder.mutate(
          { setId, order },
          { onSuccess: () => tellUndoable('What nobody has begun is ordered anew.'), onError },
        ),
    }),
  );
  const commands = useMemo(() => {
    const toggle = (): void =>
      close(
        { setId, isClosed: !isClosed },
        { onSuccess: () => tellUndoable(`The queue is ${isClosed ? 'open again' : 'closed'}.`), onError },
      );
    return [
      { id: 'preferences.close', title: isClosed ? 'Open the queue again' : 'Close the queue', run: toggle },
      { id: 'preferences.assign', title: 'Assign pairs to reviewers', run: () => setOpen('assign') },
      { id: 'preferences.reasons', title: 'Edit the reasons of verdicts', run: () => setOpen('reasons') },
    ].map((command) => ({ ...command, group: 'Preferences', keys: null }));
  }, [close, setId, isClosed]);
  useCommands('preferences.set', commands);
  const removeIt = (): void =>
    remove.mutate(setId, {
      onSuccess: () => {
        go('/preferences');
        tellUndoable(`“${name}” is removed.`);
      },
      onError,
    });
  const canUnblind = set.settings.isBlind && set.unblindedAt === null && !isClosed;
  return (
    <>
      <Menu
        label="Preference set"
        placement="bottom end"
        minWidth={240}
        entries={[
          { id: 'rename', label: 'Rename…', run: () => setOpen('rename') },
          { id: 'assign', label: 'Assign to reviewers…', run: () => setOpen('assign') },
          { id: 'order', label: 'Order the rest anew', entries: orders },
          { id: 'reasons', label: 'Reasons…', run: () => setOpen('reasons') },
          { id: 'line', separator: true },
          {
            id: 'close',
            label: isClosed ? 'Open the queue again' : 'Close the queue',
            run: () => commands[0]?.run(),
          },
          ...(canUnblind
            ? [{ id: 'unblind', label: 'Show the sources…', isDanger: true, run: () => setOpen('unblind') }]
            : []),
          { id: 'remove', label: 'Remove the set', isDanger: true, run: removeIt },
        ]}
      >
        <IconButton label="More" icon={<Ellipsis aria-hidden />} size="regular" />
      </Menu>
      {open === 'rename' && <RenameSetDialog set={set} onClose={leave} />}
      {open === 'assign' && <AssignDialog set={set} onClose={leave} />}
      {open === 'unblind' && <UnblindDialog set={set} onClose={leave} />}
      {open === 'reasons' && <ReasonsDialog onClose={leave} />}
    </>
  );
}
