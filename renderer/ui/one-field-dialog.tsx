import { type ReactNode, useState } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { ErrorLine } from './error-state.tsx';
import { TextField } from './text-field.tsx';

/** A dialog that asks for one text: Enter and the last button save it; with an error it stays open and says so. */
export function OneFieldDialog(props: {
  title: string;
  label: string;
  description?: string | undefined;
  initial?: string | undefined;
  /** Characters the text must have at least, and can have at most. */
  length?: { least: number; most: number } | undefined;
  /** What saving is called. */
  action: string;
  /** Another thing that can be done with the text, before the last button. */
  other?: { label: string; run: (text: string) => void } | undefined;
  onSave: (text: string) => void;
  isPending: boolean;
  error: unknown;
  onClose: () => void;
  /** Stands below the field. */
  children?: ReactNode;
}) {
  const { other, length = { least: 1, most: 400 } } = props;
  const [text, setText] = useState(props.initial ?? '');
  const isReady = text.trim().length >= length.least;
  return (
    <Dialog
      title={props.title}
      isOpen
      onClose={props.onClose}
      actions={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          {other && (
            <Button onPress={() => other.run(text.trim())} isDisabled={!isReady}>
              {other.label}
            </Button>
          )}
          <Button
            variant="primary"
            onPress={() => props.onSave(text.trim())}
            isDisabled={!isReady}
            isPending={props.isPending}
          >
            {props.action}
          </Button>
        </>
      }
    >
      <form
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) props.onSave(text.trim());
        }}
      >
        <TextField
          label={props.label}
          value={text}
          onChange={(next) => setText(next.slice(0, length.most))}
          autoFocus
          {...(props.description ? { description: props.description } : {})}
        />
        {props.children}
      </form>
      {props.error ? <ErrorLine error={props.error} className="mt-3" /> : null}
    </Dialog>
  );
}
