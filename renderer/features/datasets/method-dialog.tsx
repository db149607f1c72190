import { useState } from 'react';
import type { Dataset, Method } from '../../../shared/features/datasets/datasets.model.ts';
import { Button } from '../../ui/button.tsx';
import { RadioGroup } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { tell } from '../../ui/toast.tsx';
import { useChangeMethod } from './datasets.queries.ts';

const options = [
  {
    value: 'sft',
    label: 'SFT',
    description: 'Conversations that end with the answer to learn, also with pictures',
  },
  { value: 'dpo', label: 'DPO', description: 'Pairs of a preferred and a not preferred answer' },
  { value: 'rft', label: 'RFT', description: 'Prompts without an answer, with fields for a grader' },
] as const satisfies readonly { value: Method; label: string; description: string }[];

/** Corrects what a data set was recognised as: every example is looked at by the rules of the other method. */
export function MethodDialog({ dataset, onClose }: { dataset: Dataset; onClose: () => void }) {
  const [method, setMethod] = useState<Method>(dataset.method);
  const change = useChangeMethod();
  const save = (): void =>
    change.mutate(
      { datasetId: dataset.datasetId, method },
      {
        onSuccess: () => {
          onClose();
          tell(`Looking at all examples as ${method.toUpperCase()}; undo takes it back as one.`);
        },
      },
    );
  return (
    <Dialog
      title="Method of this data set"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            variant="primary"
            onPress={save}
            isDisabled={method === dataset.method}
            isPending={change.isPending}
          >
            Change the method
          </Button>
        </>
      }
    >
      <div className="space-y-3">
        <RadioGroup label="What its rows are for" options={options} value={method} onChange={setMethod} />
        <p className="text-sm text-muted">
          The rows stay byte for byte as they are; their findings, tokens and labels are worked out anew.
        </p>
        {change.error && <ErrorLine error={change.error} />}
      </div>
    </Dialog>
  );
}
