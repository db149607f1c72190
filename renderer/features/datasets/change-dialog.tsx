import { useState } from 'react';
import type { ExamplesOrView } from '../../../shared/features/datasets/datasets.contract.ts';
import { type BulkChange, filterRoles } from '../../../shared/features/datasets/text-changes.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { tell } from '../../ui/toast.tsx';
import { useSettled } from '../../ui/use-settled.ts';
import { WordDiff } from '../../ui/word-diff.tsx';
import { useChangeExamples, useChangePreview } from './curating.queries.ts';
import { noPattern, PatternFields, patternProblem } from './pattern-dialog.tsx';

type Target = { datasetId: string; which: ExamplesOrView };
type Replace = Extract<BulkChange, { kind: 'replace' }>;
type Prompt = Extract<BulkChange, { kind: 'system-prompt' }>;

const noReplace: Replace = { kind: 'replace', pattern: noPattern, replacement: '', roles: [] };
const noPrompt: Prompt = { kind: 'system-prompt', action: 'set', text: '' };

const roleOptions = [
  { value: 'all', label: 'All messages' },
  ...filterRoles.filter((role) => role !== 'other').map((role) => ({ value: role, label: `Only ${role}` })),
];

function ReplaceFields({ value, onChange }: { value: Replace; onChange: (value: Replace) => void }) {
  return (
    <div className="space-y-3">
      <PatternFields
        label="Find"
        value={value.pattern}
        onChange={(pattern) => onChange({ ...value, pattern })}
      />
      <TextField
        label="Replace with"
        value={value.replacement}
        onChange={(replacement) => onChange({ ...value, replacement })}
        {...(value.pattern.isRegex ? { description: '$1 stands for the first group, $& for all.' } : {})}
      />
      <Select
        label="In"
        options={roleOptions}
        value={value.roles[0] ?? 'all'}
        onChange={(role) => onChange({ ...value, roles: role === 'all' ? [] : [role] })}
      />
    </div>
  );
}

const actionOptions = [
  { value: 'set', label: 'Set it, also where there is none' },
  { value: 'replace', label: 'Replace it where there is one' },
  { value: 'remove', label: 'Remove it' },
] as const;

function PromptFields({ value, onChange }: { value: Prompt; onChange: (value: Prompt) => void }) {
  return (
    <div className="space-y-3">
      <Select
        label="System prompt"
        options={actionOptions}
        value={value.action}
        onChange={(action) => onChange({ ...value, action })}
      />
      {value.action !== 'remove' && (
        <TextField
          label="Text"
          value={value.text}
          onChange={(text) => onChange({ ...value, text })}
          lines={6}
        />
      )}
    </div>
  );
}

function isReady(change: BulkChange): boolean {
  if (change.kind === 'replace')
    return change.pattern.source !== '' && patternProblem(change.pattern) === null;
  return change.action === 'remove' || change.text.trim() !== '';
}

/** The first differences, and how many examples there are in all. */
function Preview({ input }: { input: (Target & { change: BulkChange }) | null }) {
  const quick = useChangePreview(input, false);
  const whole = useChangePreview(input, true);
  if (!input) return <p className="text-sm text-muted">The first differences appear here.</p>;
  const failure = quick.error ?? whole.error;
  if (failure) return <ErrorLine error={failure} />;
  const shown = quick.data;
  if (!shown) return <p className="text-sm text-muted">Looking…</p>;
  const total = whole.data;
  return (
    <section aria-label="Preview" className="space-y-2">
      <p role="status" className="text-sm font-medium">
        {total && !whole.isPlaceholderData
          ? `${formatCount(total.changed, 'example')} of ${formatNumber(total.seen)} will change`
          : 'Counting…'}
      </p>
      <ul
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys.
        tabIndex={0}
        aria-label="First differences"
        className="max-h-64 divide-y divide-line overflow-auto rounded-md border border-line focus-inside"
      >
        {shown.samples.map((sample) => (
          <li key={sample.exampleId} className="px-3 py-2">
            <p className="text-xs text-muted">
              Example {formatNumber(sample.position)} · {sample.role}
            </p>
            <WordDiff
              label={`Example ${sample.position}`}
              before={sample.before}
              after={sample.after}
              className="text-sm"
            />
          </li>
        ))}
        {shown.samples.length === 0 && (
          <li className="px-3 py-2 text-sm text-muted">Nothing would change.</li>
        )}
      </ul>
    </section>
  );
}

/** Find and replace, or the system prompt, over many examples; shown before it is done. */
export function ChangeDialog(props: {
  kind: BulkChange['kind'];
  target: Target;
  count: number;
  isOpen: boolean;
  onClose: () => void;
}) {
  const [change, setChange] = useState<BulkChange>(props.kind === 'replace' ? noReplace : noPrompt);
  // A look starts threads: not one for every key that is typed.
  const settled = useSettled(change);
  const apply = useChangeExamples();
  const input = isReady(settled) ? { ...props.target, change: settled } : null;
  const start = (): void =>
    apply.mutate(
      { ...props.target, change },
      {
        onSuccess: () => {
          tell('Changing the examples; undo takes it back as one.');
          props.onClose();
        },
      },
    );
  return (
    <Dialog
      title={props.kind === 'replace' ? 'Find and replace' : 'System prompt'}
      width="medium"
      isOpen={props.isOpen}
      onClose={props.onClose}
      actions={
        <>
          <span className="mr-auto text-sm text-muted">in {formatCount(props.count, 'example')}</span>
          <Button onPress={props.onClose}>Cancel</Button>
          <Button variant="primary" onPress={start} isDisabled={!isReady(change)} isPending={apply.isPending}>
            {props.kind === 'replace' ? 'Replace in all' : 'Apply to all'}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        {change.kind === 'replace' ? (
          <ReplaceFields value={change} onChange={setChange} />
        ) : (
          <PromptFields value={change} onChange={setChange} />
        )}
        <Preview input={input} />
        {apply.error && <ErrorLine error={apply.error} />}
      </div>
    </Dialog>
  );
}
