import { useState } from 'react';
import { changedAt } from '../../../shared/features/datasets/json-pointer.ts';
import { tellUndoable } from '../../history.ts';
import { rpc } from '../../rpc.ts';
import { useEditExample } from './datasets.queries.ts';
import type { MessageEdit } from './message-card.tsx';

/** Editing the text of one message at a time; saving rewrites the example from its full JSON. */
export function useMessageEdit(exampleId: number, position: number): MessageEdit {
  const [editing, setEditing] = useState<{ exampleId: number; pointer: string } | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const edit = useEditExample();
  const save = async (pointer: string, text: string): Promise<void> => {
    setFailure(null);
    try {
      // What the pane shows may be shortened; the change is made to the whole.
      const { text: json } = await rpc.datasets.exampleText({ exampleId, versionId: null });
      const changed = changedAt(JSON.parse(json), `${pointer}/content`, { set: text });
      await edit.mutateAsync({ exampleId, text: JSON.stringify(changed) });
      setEditing(null);
      tellUndoable(`Example ${position} is changed.`);
    } catch (error) {
      setFailure(error);
    }
  };
  return {
    pointer: editing?.exampleId === exampleId ? editing.pointer : null,
    isPending: edit.isPending,
    error: failure,
    start(pointer) {
      setFailure(null);
      setEditing({ exampleId, pointer });
    },
    save: (pointer, text) => void save(pointer, text),
    cancel: () => setEditing(null),
  };
}
