import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import type { GenerationRequest } from '../../../shared/features/preferences/generation.model.ts';
import type { PreferenceSource } from '../../../shared/features/preferences/preferences.model.ts';
import { rpc } from '../../rpc.ts';
import { RadioGroup } from '../../ui/choice.tsx';
import { formatCount } from '../../ui/format.ts';
import { Select } from '../../ui/select.tsx';
import { FileSource } from './file-source.tsx';
import { GenerationForm } from './generation-form.tsx';

type Kind = Exclude<PreferenceSource['kind'], 'generated'> | 'ask';

const kinds = [
  { value: 'dataset', label: 'A data set', description: 'Preference pairs that are already here.' },
  {
    value: 'two_datasets',
    label: 'Two data sets',
    description: 'Chat examples with the same prompts, answered by two.',
  },
  {
    value: 'evaluation',
    label: 'An evaluation',
    description: 'The base model’s answers against the tuned one’s.',
  },
  {
    value: 'file',
    label: 'A JSONL file',
    description: 'Pairs in any known spelling, or a prompt with two to eight candidates a line.',
  },
  {
    value: 'ask',
    label: 'Ask models for answers',
    description: 'Two to eight answers to the prompts of a data set, asked now, of base or tuned models.',
  },
] as const satisfies readonly { value: Kind; label: string; description: string }[];

function useChoices() {
  const datasets =
    useQuery({ queryKey: ['datasets', 'list'], queryFn: () => rpc.datasets.list() }).data ?? [];
  const evals =
    useQuery({ queryKey: ['evals', 'list'], queryFn: () => rpc.evals.list({ jobId: null }) }).data ?? [];
  const one = ({ datasetId, name, exampleCount, method }: (typeof datasets)[number]) => ({
    value: datasetId,
    label: name,
    detail: `${formatCount(exampleCount, 'example')}, ${method.toUpperCase()}`,
  });
  // Pairs first: they are what most sets are made of.
  const byMethod = datasets.toSorted((a, b) => Number(b.method === 'dpo') - Number(a.method === 'dpo'));
  return {
    datasets: byMethod.map(one),
    chats: datasets.filter(({ method }) => method === 'sft').map(one),
    evals: evals
      .filter(({ state }) => state === 'done')
      .map(({ evalId, name, itemCount }) => ({
        value: evalId,
        label: name,
        detail: formatCount(itemCount, 'item'),
      })),
  };
}

function sourceOf(
  kind: Kind,
  ids: { first: string; second: string; evalId: string; fileId: string },
): PreferenceSource | null {
  const { first, second, evalId, fileId } = ids;
  if (kind === 'ask') return null;
  if (kind === 'dataset') return first === '' ? null : { kind, datasetId: first };
  if (kind === 'evaluation') return evalId === '' ? null : { kind, evalId };
  if (kind === 'file') return fileId === '' ? null : { kind, fileId };
  return first === '' || second === '' || first === second ? null : { kind, datasetIds: [first, second] };
}

/** Answers that are still to be asked for; `request` is null while it is not yet said which. */
export type Asking = { readonly request: GenerationRequest | null };

/**
 * Where the pairs of a set come from; tells `onSource` null while that is not yet said. Where answers are to be asked
 * for, it tells `onAsking` what for, and null everywhere else.
 */
export function SourceForm(props: {
  given: { dataset: string; eval: string };
  onSource: (source: PreferenceSource | null) => void;
  onAsking: (asking: Asking | null) => void;
}) {
  const { given, onSource, onAsking } = props;
  const [kind, setKind] = useState<Kind>(given.eval ? 'evaluation' : 'dataset');
  const [first, setFirst] = useState(given.dataset);
  const [second, setSecond] = useState('');
  const [evalId, setEvalId] = useState(given.eval);
  const [fileId, setFileId] = useState('');
  const choices = useChoices();
  useEffect(
    () => onSource(sourceOf(kind, { first, second, evalId, fileId })),
    [onSource, kind, first, second, evalId, fileId],
  );
  useEffect(() => onAsking(kind === 'ask' ? { request: null } : null), [onAsking, kind]);
  const takeRequest = useCallback((request: GenerationRequest | null) => onAsking({ request }), [onAsking]);
  const nothing = (list: readonly unknown[], text: string) =>
    list.length === 0 ? <p className="text-sm text-muted">{text}</p> : null;
  return (
    <div className="grid gap-x-10 gap-y-5 sm:grid-cols-2">
      <RadioGroup label="From" isLabelHidden options={kinds} value={kind} onChange={setKind} />
      <div className="space-y-4">
        {kind === 'dataset' &&
          (nothing(choices.datasets, 'There is no data set in this workspace yet.') ?? (
            <Select
              label="Data set"
              placeholder="Choose a data set"
              options={choices.datasets}
              value={first || null}
              onChange={setFirst}
            />
          ))}
        {kind === 'two_datasets' &&
          (choices.chats.length < 2 ? (
            <p className="text-sm text-muted">This needs two data sets of chat examples in this workspace.</p>
          ) : (
            <>
              <Select
                label="Answers of one"
                placeholder="Choose a data set"
                options={choices.chats}
                value={first || null}
                onChange={setFirst}
              />
              <Select
                label="Answers of the other"
                placeholder="Choose another data set"
                options={choices.chats.filter(({ value }) => value !== first)}
                value={second || null}
                onChange={setSecond}
              />
            </>
          ))}
        {kind === 'evaluation' &&
          (nothing(choices.evals, 'No evaluation is done in this workspace yet.') ?? (
            <Select
              label="Evaluation"
              placeholder="Choose an evaluation"
              options={choices.evals}
              value={evalId || null}
              onChange={setEvalId}
            />
          ))}
        {kind === 'file' && <FileSource onFile={setFileId} />}
        {kind === 'ask' &&
          (nothing(
            choices.datasets,
            'There is no data set in this workspace yet whose prompts could be asked.',
          ) ?? <GenerationForm datasets={choices.datasets} givenDataset={first} onRequest={takeRequest} />)}
      </div>
    </div>
  );
}
