import { useQuery } from '@tanstack/react-query';
import { useOpenWorkspace } from '../features/workspaces/workspaces.queries.ts';
import { rpc } from '../rpc.ts';
import type { BoundCommand } from '../ui/commands.ts';

/** Names what Undo and Redo would do now (`Undo: reject 42 records`); asked whenever the palette opens. */
export function useUndoTitles(commands: readonly BoundCommand[]): BoundCommand[] {
  const workspace = useOpenWorkspace();
  const labels = useQuery({
    queryKey: ['workspaces', 'undo-labels', workspace?.id],
    queryFn: () => rpc.workspaces.history({ beforeSeq: null, limit: 1 }),
    enabled: workspace !== null,
    staleTime: 0,
    gcTime: 0,
  }).data;
  return commands.flatMap((command) => {
    const isUndo = command.id === 'history.undo';
    if (!labels || (!isUndo && command.id !== 'history.redo')) return [command];
    const label = isUndo ? labels.undoLabel : labels.redoLabel;
    return label === null ? [] : [{ ...command, title: `${command.title}: ${label}` }];
  });
}
