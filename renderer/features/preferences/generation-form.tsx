import { useEffect, useState } from 'react';
import { type GenerationRequest, mostModels } from '../../../shared/features/preferences/generation.model.ts';
import { practiceConnectionId } from '../../../shared/features/providers/providers.model.ts';
import { Badge } from '../../ui/badge.tsx';
import { Checkbox, Slider } from '../../ui/choice.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { Link } from '../../ui/link.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { type Option, Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import {
  fewestPerModel,
  firstGeneration,
  type GenerationDraft,
  mostPerModel,
  requestOfDraft,
} from './generation-draft.ts';
import { useAskableConnections, useAskableModels } from './generation.queries.ts';

const splits = [
  { value: 'all', label: 'All splits' },
  { value: 'train', label: 'Train' },
  { value: 'validation', label: 'Validation' },
  { value: 'test', label: 'Test' },
] as const;

const manyModels = 8;

function Models(props: {
  connectionId: string;
  chosen: readonly string[];
  onChange: (models: readonly string[]) => void;
}) {
  const { chosen, onChange } = props;
  const [search, setSearch] = useState('');
  const query = useAskableModels(props.connectionId);
  const models = query.data ?? [];
  if (query.error) return <ErrorLine error={query.error} />;
  const isMany = models.length > manyModels;
  const shown = models.filter(
    ({ id }) => chosen.includes(id) || id.toLowerCase().includes(search.trim().toLowerCase()),
  );
  return (
    <fieldset className="min-w-0 space-y-1.5">
      <legend className="mb-1 text-sm font-medium">Models</legend>
      {isMany && (
        <TextField
          label="Find a model"
          isLabelHidden
          value={search}
          onChange={setSearch}
          placeholder="Find a model"
        />
      )}
      {query.isSuccess && models.length === 0 && (
        <p className="text-sm text-muted">
          No models were read from this connection yet.{' '}
          <Link href={`/settings/providers/${props.connectionId}`}>Test it in the settings</Link> first.
        </p>
      )}
      <div
        className={
          isMany ? 'max-h-44 space-y-1 overflow-y-auto rounded-md border border-line p-2' : 'space-y-1'
        }
      >
        {shown.map(({ id, isFineTuned }) => (
          <Checkbox
            key={id}
            isSelected={chosen.includes(id)}
            isDisabled={!chosen.includes(id) && chosen.length >= mostModels}
            onChange={(isChosen) => onChange(isChosen ? [...chosen, id] : chosen.filter((one) => one !== id))}
          >
            <span className="font-mono text-xs break-all">{id}</span>
            {isFineTuned && (
              <span className="ml-2">
                <Badge tone="accent">tuned</Badge>
              </span>
            )}
          </Checkbox>
        ))}
      </div>
    </fieldset>
  );
}

/** What is asked, of whom, how often; tells `onRequest` null while that is not yet said. */
export function GenerationForm(props: {
  datasets: readonly Option<string>[];
  givenDataset: string;
  onRequest: (request: GenerationRequest | null) => void;
}) {
  const { onRequest } = props;
  const [draft, setDraft] = useState<GenerationDraft>(() => firstGeneration(props.givenDataset));
  const change = (patch: Partial<GenerationDraft>): void => setDraft({ ...draft, ...patch });
  const connections = useAskableConnections().data ?? [];
  useEffect(() => onRequest(requestOfDraft(draft)), [onRequest, draft]);
  const each = draft.models.length;
  return (
    <div className="space-y-4">
      <Select
        label="Prompts of"
        placeholder="Choose a data set"
        options={props.datasets}
        value={draft.datasetId || null}
        onChange={(datasetId) => change({ datasetId })}
      />
      <div className="grid grid-cols-2 gap-4">
        <Select label="Split" options={splits} value={draft.split} onChange={(split) => change({ split })} />
        <NumberField
          label="At most"
          description="Drawn by the seed."
          value={draft.prompts}
          minValue={1}
          maxValue={10_000}
          onChange={(prompts) => change({ prompts })}
        />
      </div>
      <Select
        label="Asked at"
        options={connections.map(({ id, name, host, staysOnThisMachine }) => ({
          value: id,
          label: name,
          detail: staysOnThisMachine ? 'nothing leaves this machine' : host,
        }))}
        value={draft.connectionId}
        onChange={(connectionId) => change({ connectionId, models: [] })}
      />
      <Models
        connectionId={draft.connectionId}
        chosen={draft.models}
        onChange={(models) => change({ models })}
      />
      <NumberField
        label={each > 1 ? 'Answers of each' : 'Answers'}
        description={`${fewestPerModel(each)} to ${mostPerModel(each)}; a prompt has two to eight in all.`}
        value={Math.min(mostPerModel(each), Math.max(fewestPerModel(each), draft.candidatesPerModel))}
        minValue={fewestPerModel(each)}
        maxValue={mostPerModel(each)}
        onChange={(candidatesPerModel) => change({ candidatesPerModel })}
      />
      <Slider
        label="Temperature"
        value={draft.temperature}
        minValue={0}
        maxValue={2}
        step={0.1}
        format={{ minimumFractionDigits: 1, maximumFractionDigits: 1 }}
        onChange={(value) => change({ temperature: Math.round(value * 10) / 10 })}
      />
      <div className="grid grid-cols-2 gap-4">
        <NumberField
          label="Tokens an answer"
          value={draft.maxTokens}
          minValue={1}
          maxValue={32_768}
          onChange={(maxTokens) => change({ maxTokens })}
        />
        <NumberField
          label="Seed of the asking"
          value={draft.seed}
          minValue={0}
          maxValue={2_147_483_000}
          format={{ useGrouping: false, maximumFractionDigits: 0 }}
          onChange={(seed) => change({ seed })}
        />
      </div>
      {draft.connectionId !== practiceConnectionId && (
        <NumberField
          label="Most it may cost"
          value={draft.capDollars}
          minValue={0}
          maxValue={1_000_000}
          format={{ style: 'currency', currency: 'USD' }}
          onChange={(capDollars) => change({ capDollars })}
        />
      )}
    </div>
  );
}
