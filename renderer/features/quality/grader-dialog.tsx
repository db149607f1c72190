import { useState } from 'react';
import { tellUndoable } from '../../history.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useSetGrader } from './readiness.queries.ts';

const example = '{"type": "string_check", "name": "exact", "operation": "eq", …}';

/** Takes the grader of a reinforcement data set as JSON, so that the fields it reads can be looked for. */
export function GraderDialog(props: { datasetId: string; grader: unknown; onClose: () => void }) {
  const [text, setText] = useState(() =>
    props.grader === null ? '' : JSON.stringify(props.grader, null, 2),
  );
  const save = useSetGrader();
  const send = (value: string | null): void =>
    save.mutate(
      { datasetId: props.datasetId, text: value },
      {
        onSuccess: () => {
          props.onClose();
          tellUndoable(value === null ? 'The grader is taken off.' : 'The grader is named.');
        },
      },
    );
  return (
    <Dialog
      title="Grader of this data set"
      isOpen
      onClose={props.onClose}
      width="medium"
      actions={
        <>
          {props.grader !== null && (
            <Button onPress={() => send(null)} isDisabled={save.isPending}>
              Take it off
            </Button>
          )}
          <Button
            variant="primary"
            onPress={() => send(text)}
            isDisabled={save.isPending || text.trim() === ''}
          >
            Name the grader
          </Button>
        </>
      }
    >
      <div className="space-y-3">
        <p className="text-sm">
          Every <code className="font-mono text-xs">{'{{item.…}}'}</code> it reads, also inside of Python, is
          looked for in all rows when they are compared. Nothing is sent.
        </p>
        <TextField
          label="Grader as JSON"
          value={text}
          onChange={setText}
          placeholder={example}
          lines={12}
          isMono
          autoFocus
        />
        {save.error && <ErrorLine error={save.error} />}
      </div>
    </Dialog>
  );
}
