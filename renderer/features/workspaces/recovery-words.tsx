import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';

/** The 24 words as a numbered grid to write down. */
function Words({ phrase }: { phrase: string }) {
  return (
    <ol className="grid list-none grid-cols-2 gap-x-6 rounded-md border border-line bg-sunken px-4 py-2 sm:grid-cols-4">
      {phrase.split(' ').map((word, place) => (
        <li
          // A word may come twice; its place is what it is.
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
          key={place}
          className="flex items-baseline gap-2 border-b border-line py-1.5 nth-last-[-n+2]:border-0 sm:nth-last-[-n+4]:border-0"
        >
          <span className="w-5 shrink-0 text-right text-xs text-muted tabular-nums">{place + 1}</span>
          <span className="font-mono text-sm">{word}</span>
        </li>
      ))}
    </ol>
  );
}

/** Shows the recovery phrase of a new workspace, this once; it closes when the user says it is written down. */
export function RecoveryWordsDialog(props: { phrase: string; name: string; onDone: () => void }) {
  const [isWritten, setWritten] = useState(false);
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(props.phrase);
    setCopied(true);
  };
  return (
    <Dialog
      title="Write down the recovery phrase"
      width="medium"
      isOpen
      isDismissable={false}
      onClose={props.onDone}
      actions={
        <>
          <Button icon={isCopied ? <Check aria-hidden /> : <Copy aria-hidden />} onPress={() => void copy()}>
            {isCopied ? 'Copied' : 'Copy the words'}
          </Button>
          <Button variant="primary" isDisabled={!isWritten} onPress={props.onDone}>
            Open {props.name}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <p className="text-pretty">
          “{props.name}” is encrypted. Its key lies in this machine’s keychain. If the keychain is lost, or
          you move the folder to another machine, these 24 words are the only way in. They are shown this
          once.
        </p>
        <Words phrase={props.phrase} />
        <Checkbox isSelected={isWritten} onChange={setWritten}>
          I have written the words down, in order, and keep them apart from this machine.
        </Checkbox>
      </div>
    </Dialog>
  );
}
