import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import type { Dataset } from '../../../shared/features/datasets/datasets.model.ts';
import type { ExampleFilter } from '../../../shared/features/datasets/filter.model.ts';
import { companionName } from '../../../shared/features/formats/companions.ts';
import type { Version } from '../../../shared/features/versions/versions.model.ts';
import type { TargetName } from '../../../shared/features/formats/formats.model.ts';
import { endingOf, type ExportTarget } from '../../../shared/features/formats/targets.model.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox, RadioGroup } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { describeFailure } from '../../ui/failure.ts';
import { formatCount } from '../../ui/format.ts';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { partOptions, suggestedName } from './export-choice.ts';
import {
  useAskPath,
  useExport,
  useExportPreview,
  useSuggestedPath,
  useTargets,
  useVersionsOf,
} from './exports.queries.ts';
import { LossReport } from './loss-report.tsx';

/** What the dialog gets from the page of a data set; `filter` is null when nothing is filtered. */
export type ExportDialogProps = {
  dataset: Dataset;
  filter: ExampleFilter | null;
  isOpen: boolean;
  onClose: () => void;
};

/** Writes examples in the format of a provider or trainer; says first what that format cannot hold. */
export function ExportDialog(props: ExportDialogProps) {
  // Opened anew each time, so that it begins with what is filtered then.
  return props.isOpen ? <OpenExportDialog {...props} /> : null;
}

function OpenExportDialog({ dataset, filter, onClose }: ExportDialogProps) {
  const versions = useVersionsOf(dataset.datasetId).data;
  const options = partOptions(dataset, filter, versions?.versions ?? []);
  const [target, setTarget] = useState<TargetName>(`openai-${dataset.method}`);
  const [part, setPart] = useState(filter === null ? 'all' : 'filter');
  const [isPerSplit, setPerSplit] = useState(false);
  const [isMarked, setMarked] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const targets = useTargets(true).data?.targets ?? [];
  const chosen = targets.find((one) => one.name === target);
  const which = options.find((one) => one.value === part)?.which ?? ({ kind: 'all' } as const);
  const wish = { datasetId: dataset.datasetId, target, which };
  const preview = useExportPreview(wish, dataset.exampleCount > 0);
  const name = suggestedName(dataset, chosen, part);
  const suggested = useSuggestedPath(name, true).data?.path ?? '';
  const path = typed ?? suggested;
  const write = useExport();
  const report = preview.data?.report;
  const block = preview.data?.block ?? null;
  const isSplit = options.some((one) => one.value === 'train');
  const perSplit = isPerSplit && isSplit && part === 'all';
  const hasByteOrderMark = isMarked && chosen?.offersByteOrderMark === true;
  const confirm = (): void =>
    write.mutate({ ...wish, perSplit, hasByteOrderMark, path }, { onSuccess: onClose });
  const isReady = report !== undefined && report.written > 0 && block === null && path.trim() !== '';
  return (
    <Dialog
      title={`Export “${dataset.name}”`}
      isOpen
      onClose={onClose}
      width="large"
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" onPress={confirm} isDisabled={!isReady || write.isPending}>
            {report ? `Export ${formatCount(report.written, 'example')}` : 'Export'}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <div className="grid gap-x-8 gap-y-4 sm:grid-cols-[minmax(0,16rem)_minmax(0,1fr)]">
          <div className="space-y-4">
            <Select
              label="Format"
              value={target}
              onChange={setTarget}
              options={targets.map((one) => ({ value: one.name, label: one.title, detail: one.note }))}
              description={chosen?.note}
            />
            <RadioGroup
              label="What"
              value={part}
              onChange={setPart}
              options={options}
              description={versions && versionWords(versions)}
            />
            {chosen?.offersByteOrderMark && (
              <Checkbox isSelected={isMarked} onChange={setMarked}>
                Begin with a byte order mark, as Azure’s documents ask
              </Checkbox>
            )}
            {isSplit && part === 'all' && (
              <Checkbox isSelected={isPerSplit} onChange={setPerSplit}>
                One file for each split
              </Checkbox>
            )}
          </div>
          <section
            aria-label="What is written"
            aria-busy={preview.isFetching}
            className="min-h-52 min-w-0 space-y-4"
          >
            {block && <Block what={block.what} todo={block.todo} />}
            {preview.error && <ErrorLine error={preview.error} />}
            {report && chosen && <LossReport report={report} target={chosen.title} />}
            {!report && !preview.error && (
              <p role="status" className="text-sm text-muted">
                Looking at {formatCount(dataset.exampleCount, 'example')}…
              </p>
            )}
          </section>
        </div>
        <Place name={name} path={path} onChange={setTyped} target={chosen} perSplit={perSplit} />
        {write.error && <ErrorLine error={write.error} />}
      </div>
    </Dialog>
  );
}

/** Which version the present examples are, in words. */
function versionWords({ versions, isChanged }: { versions: readonly Version[]; isChanged: boolean }): string {
  const [newest] = versions;
  if (!newest) return 'No version is frozen; jobs and evaluations freeze one by themselves.';
  return isChanged
    ? `The present examples differ from version ${newest.number}.`
    : `The present examples are version ${newest.number}.`;
}

function Block({ what, todo }: { what: string; todo: string }) {
  return (
    <p role="alert" className="rounded-md border border-ruby-line bg-ruby-soft px-3 py-2 text-sm">
      <span className="font-medium">{what}</span> {todo}
    </p>
  );
}

function Place(props: {
  name: string;
  path: string;
  onChange: (path: string) => void;
  target: ExportTarget | undefined;
  perSplit: boolean;
}) {
  const { target, path, onChange } = props;
  const ask = useAskPath();
  const hasNoDialog = ask.error !== null && describeFailure(ask.error).code === 'DIALOG_UNAVAILABLE';
  const companion = target === undefined ? null : companionName(target.name);
  const choose = (): void => {
    if (target === undefined) return;
    ask.mutate(
      { name: props.name, ending: endingOf(target) },
      { onSuccess: (found) => found && onChange(found) },
    );
  };
  const notes = [
    ...(props.perSplit
      ? ['Each split gets a file of its own: -train, -validation and -test before the ending.']
      : []),
    ...(companion === null ? [] : [`${companion} is kept beside it.`]),
    ...(target?.container === 'lines'
      ? ['A name that ends in .json gets a list, .jsonl a line for each example.']
      : []),
  ];
  return (
    <div className="space-y-1">
      <div className="flex items-end gap-2">
        <TextField label="Where" value={path} onChange={onChange} className="flex-1" isMono />
        {!hasNoDialog && (
          <Button icon={<FolderOpen aria-hidden />} onPress={choose}>
            Choose…
          </Button>
        )}
      </div>
      {hasNoDialog && (
        <p className="text-xs text-muted">This system has no file dialog; type the path here.</p>
      )}
      {ask.error && !hasNoDialog && <ErrorLine error={ask.error} />}
      {notes.length > 0 && <p className="text-xs text-muted">{notes.join(' ')}</p>}
    </div>
  );
}
