import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import type { Dataset } from '../../../shared/features/datasets/datasets.model.ts';
import { Button } from '../../ui/button.tsx';
import { RadioGroup } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { describeFailure } from '../../ui/failure.ts';
import { formatCount } from '../../ui/format.ts';
import { TextField } from '../../ui/text-field.tsx';
import { type ExportPart, useAskPath, useExport, useSuggestedPath } from './exporting.ts';

const partNames: Readonly<Record<ExportPart, string>> = {
  all: 'All examples',
  train: 'Train',
  validation: 'Validation',
  test: 'Test',
};

function partsOf(dataset: Dataset): { part: ExportPart; count: number }[] {
  const { train, validation, test } = dataset.splitCounts;
  const counts = { all: dataset.exampleCount, train, validation, test };
  return (['all', 'train', 'validation', 'test'] as const)
    .map((part) => ({ part, count: counts[part] }))
    .filter(({ count }) => count > 0);
}

/** Writes a data set, or one split of it, as a file that a provider takes. */
export function ExportDialog(props: { dataset: Dataset; isOpen: boolean; onClose: () => void }) {
  const { dataset } = props;
  const [part, setPart] = useState<ExportPart>('all');
  const [typed, setTyped] = useState<string | null>(null);
  const parts = partsOf(dataset);
  const fileName = `${dataset.name}${part === 'all' ? '' : `-${part}`}.jsonl`.replace(/[\\/:*?"<>|]/g, '-');
  const suggested = useSuggestedPath(fileName, props.isOpen).data?.path ?? '';
  const path = typed ?? suggested;
  const ask = useAskPath();
  const write = useExport();
  const hasNoDialog = ask.error !== null && describeFailure(ask.error).code === 'DIALOG_UNAVAILABLE';
  const error = write.error ?? (hasNoDialog ? null : ask.error);
  const count = parts.find((one) => one.part === part)?.count ?? 0;
  const confirm = (): void =>
    write.mutate({ datasetId: dataset.datasetId, part, path }, { onSuccess: () => props.onClose() });
  return (
    <Dialog
      title={`Export “${dataset.name}”`}
      isOpen={props.isOpen}
      onClose={props.onClose}
      width="medium"
      actions={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          <Button
            variant="primary"
            onPress={confirm}
            isPending={write.isPending}
            isDisabled={count === 0 || path.trim() === ''}
          >
            Export {formatCount(count, 'example')}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <p className="max-w-prose text-sm text-muted">
          A JSONL file for OpenAI and servers with the same API. Lines you have not changed leave byte for
          byte as they came in.
        </p>
        <RadioGroup
          label="What"
          value={part}
          onChange={setPart}
          options={parts.map((one) => ({
            value: one.part,
            label: partNames[one.part],
            description: formatCount(one.count, 'example'),
          }))}
        />
        <div className="flex items-end gap-2">
          <TextField label="Where" value={path} onChange={setTyped} className="flex-1" isMono />
          {!hasNoDialog && (
            <Button
              icon={<FolderOpen aria-hidden />}
              isPending={ask.isPending}
              onPress={() => ask.mutate(fileName, { onSuccess: (chosen) => chosen && setTyped(chosen) })}
            >
              Choose…
            </Button>
          )}
        </div>
        {hasNoDialog && (
          <p className="text-xs text-muted">This system has no file dialog; type the path here.</p>
        )}
        {error && <ErrorLine error={error} />}
      </div>
    </Dialog>
  );
}
