import { failureText } from './ui/failure.ts';
import { tell, tellUndo } from './ui/toast.tsx';
import { rpc } from './rpc.ts';

/** After so long one is told that it is being done: to take back a change of a million rows takes some seconds. */
const patienceMs = 1000;

async function saidWhen<Answer>(work: Promise<Answer>, words: string): Promise<Answer> {
  const late = setTimeout(() => tell(words), patienceMs);
  try {
    return await work;
  } finally {
    clearTimeout(late);
  }
}

/** Takes back the newest change of the open workspace, whatever page made it, and says which. */
export async function undoLast(): Promise<void> {
  try {
    const { label } = await saidWhen(rpc.workspaces.undo(), 'Taking back the last change…');
    tellUndo(`Undone: ${label}`, () => void redoLast(), 'Redo');
  } catch (error) {
    tell(failureText(error));
  }
}

/** Makes the last undone change again and says which. */
export async function redoLast(): Promise<void> {
  try {
    const { label } = await saidWhen(rpc.workspaces.redo(), 'Making the change again…');
    tellUndo(`Done again: ${label}`, () => void undoLast());
  } catch (error) {
    tell(failureText(error));
  }
}

/** Says what was done and offers to undo it; for every change of the event log that removes or rejects something. */
export function tellUndoable(text: string): void {
  tellUndo(text, () => void undoLast());
}
