import { failureText } from './ui/failure.ts';
import { tell, tellUndo } from './ui/toast.tsx';
import { rpc } from './rpc.ts';

/** Takes back the newest change of the open workspace, whatever page made it, and says which. */
export async function undoLast(): Promise<void> {
  try {
    const { label } = await rpc.workspaces.undo();
    tellUndo(`Undone: ${label}`, () => void redoLast(), 'Redo');
  } catch (error) {
    tell(failureText(error));
  }
}

/** Makes the last undone change again and says which. */
export async function redoLast(): Promise<void> {
  try {
    const { label } = await rpc.workspaces.redo();
    tellUndo(`Done again: ${label}`, () => void undoLast());
  } catch (error) {
    tell(failureText(error));
  }
}

/** Says what was done and offers to undo it; for every change of the event log that removes or rejects something. */
export function tellUndoable(text: string): void {
  tellUndo(text, () => void undoLast());
}
