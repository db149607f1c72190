import type { ReactNode } from 'react';
import type { PricedModel } from '../../../shared/features/costs/costs.model.ts';
import type { Dataset } from '../../../shared/features/datasets/datasets.model.ts';
import type { JobMethod, PlannedValue } from '../../../shared/features/jobs/jobs.model.ts';
import { methodWords, offersMethod } from '../../../shared/features/jobs/jobs.rules.ts';
import type { Connection } from '../../../shared/features/providers/providers.model.ts';
import { Checkbox, RadioGroup } from '../../ui/choice.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { Link } from '../../ui/link.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { ComboBox, Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { paceWords } from './job-words.ts';
import { type ChangeRecipe, isSuffix, type ModelChoice, type Settled } from './launch-recipe.ts';

type FormProps = {
  settled: Settled;
  datasets: readonly Dataset[];
  connections: readonly Connection[];
  models: readonly ModelChoice[];
  catalogue: readonly PricedModel[];
  model: string | undefined;
  planned: readonly PlannedValue[];
  onChange: ChangeRecipe;
};

function Group(props: { title: string; children: ReactNode }) {
  return (
    <fieldset className="border-b border-line pb-6 last:border-0 last:pb-0">
      <legend className="mb-3 text-lg font-semibold">{props.title}</legend>
      <div className="space-y-4">{props.children}</div>
    </fieldset>
  );
}

const aboutMethod: Readonly<Record<JobMethod | 'none', string>> = {
  supervised: 'Chat examples: supervised training. The model learns the answers.',
  dpo: 'Preference pairs: DPO. The model learns which of two answers is the better one.',
  none: 'Prompts for a grader: no job trains on these.',
};

/** Where a connection leads, and whether it can do what the data set needs. */
function placeWords(one: Connection, { settled, catalogue }: FormProps): string {
  const place = one.staysOnThisMachine ? 'stays on this machine' : one.host;
  const { method } = settled;
  if (!method || offersMethod(one.kind, method, catalogue) !== false || catalogue.length === 0) return place;
  return `${place}; no ${methodWords[method]}`;
}

/** The recipe of a launch: what is trained on what, where, and how. */
export function LaunchForm(props: FormProps) {
  const { settled, onChange } = props;
  const { recipe, dataset, connection } = settled;
  return (
    <form aria-label="Recipe" className="space-y-6" onSubmit={(event) => event.preventDefault()}>
      <Group title="What and where">
        <Select
          label="Data set"
          value={dataset.datasetId}
          options={props.datasets.map((one) => ({
            value: one.datasetId,
            label: one.name,
            detail: `${formatCount(one.exampleCount, one.method === 'dpo' ? 'pair' : 'example')}, ${formatNumber(one.splitCounts.train)} to train on`,
          }))}
          onChange={(value) => onChange({ dataset: value, name: '' })}
          description={aboutMethod[settled.method ?? 'none']}
        />
        <Select
          label="Provider"
          value={connection.id}
          options={props.connections.map((one) => ({
            value: one.id,
            label: one.name,
            detail: placeWords(one, props),
          }))}
          onChange={(value) => onChange({ connection: value, model: '' })}
          description={
            connection.kind === 'practice' ? 'Stays on this machine, costs nothing.' : connection.host
          }
        />
        <ModelField {...props} />
        <TextField
          label="Name of this job"
          value={recipe.name}
          placeholder={dataset.name}
          onChange={(name) => onChange({ name })}
        />
      </Group>
      <Hyperparameters {...props} />
      <Group title="Details">
        <Checkbox
          isSelected={recipe.validation}
          onChange={(validation) => onChange({ validation })}
          description={`${formatCount(dataset.splitCounts.validation, settled.method === 'dpo' ? 'pair' : 'example')} that training does not see; their loss shows over-fitting.`}
        >
          Validate on the validation split
        </Checkbox>
        <div className="grid grid-cols-2 gap-4">
          <TextField
            label="Suffix"
            value={recipe.suffix}
            onChange={(suffix) => onChange({ suffix })}
            description="Part of the tuned model’s name."
            error={recipe.suffix && !isSuffix(recipe.suffix) ? 'Letters, digits, - and _ only.' : undefined}
          />
          <NumberField
            label="Seed"
            value={recipe.seed}
            minValue={0}
            maxValue={2147483647}
            format={{ useGrouping: false }}
            onChange={(seed) => onChange({ seed: Number.isFinite(seed) ? seed : 42 })}
            description="The same seed trains the same way."
          />
        </div>
        <Limits settled={settled} onChange={onChange} />
      </Group>
    </form>
  );
}

function Limits({ settled, onChange }: { settled: Settled; onChange: ChangeRecipe }) {
  const { recipe, connection } = settled;
  if (connection.kind === 'practice') {
    return (
      <RadioGroup
        label="Pace"
        orientation="horizontal"
        value={recipe.pace}
        options={(['real_time', 'ten_times', 'instant'] as const).map((value) => ({
          value,
          label: paceWords[value],
        }))}
        onChange={(pace) => onChange({ pace })}
        description="How long one waits between steps; the result is the same."
      />
    );
  }
  return (
    <NumberField
      label="Spend at most"
      value={recipe.capUsd}
      minValue={0}
      maxValue={1_000_000}
      format={{ style: 'currency', currency: 'USD' }}
      onChange={(capUsd) => onChange({ capUsd: Number.isFinite(capUsd) ? capUsd : 0 })}
      description="Above this nothing is launched, and a job that turns out dearer is cancelled."
    />
  );
}

function ModelField({ settled, models, model, onChange }: FormProps) {
  const { connection } = settled;
  const options = models.map((one) => ({
    value: one.id,
    label: one.name,
    detail: one.daysLeft === null ? one.id : `${one.id}, ${formatCount(one.daysLeft, 'day')} left`,
  }));
  if (connection.kind === 'compatible') {
    return (
      <ComboBox
        // The list arrives later than the field; a new one starts with it.
        key={`${connection.id}:${models.length}`}
        label="Model"
        value={model ?? null}
        options={options}
        allowsCustom
        onChange={(value) => onChange({ model: value })}
        onCustom={(value) => value && onChange({ model: value })}
        description={
          models.length === 0 ? 'Type its id, or test the connection to read the list.' : undefined
        }
      />
    );
  }
  return (
    <Select
      label="Model"
      value={model ?? null}
      options={options}
      onChange={(value) => onChange({ model: value })}
      isDisabled={models.length === 0}
    />
  );
}

const knobs = [
  { key: 'nEpochs', field: 'epochs', label: 'Epochs', most: 50, step: 1, start: 3 },
  { key: 'batchSize', field: 'batch', label: 'Batch size', most: 256, step: 1, start: 1 },
  {
    key: 'learningRateMultiplier',
    field: 'rate',
    label: 'Learning-rate multiplier',
    most: 1000,
    step: 0.1,
    start: 1,
  },
] as const;
const betaKnob = { key: 'beta', field: 'beta', label: 'Beta', most: 2, step: 0.01, start: 0.1 } as const;
type Knobs = (typeof knobs)[number] | typeof betaKnob;

function Hyperparameters({ settled, planned, onChange }: FormProps) {
  return (
    <Group title="Hyperparameters">
      {[...knobs, ...(settled.method === 'dpo' ? [betaKnob] : [])].map((knob) => (
        <Knob
          key={knob.key}
          knob={knob}
          value={settled.recipe[knob.field]}
          plan={planned.find((one) => one.key === knob.key)}
          onChange={(value) => onChange({ [knob.field]: value })}
        />
      ))}
      <p className="text-xs text-muted">
        Auto is a good start. <Link href="/costs">Costs</Link> shows what more epochs would cost.
      </p>
    </Group>
  );
}

function Knob(props: {
  knob: Knobs;
  value: number;
  plan: PlannedValue | undefined;
  onChange: (value: number) => void;
}) {
  const { knob, value, plan, onChange } = props;
  const isAuto = value === 0;
  const expected = plan?.expected ?? null;
  return (
    <div className="space-y-1">
      <div className="flex items-center justify-between gap-4">
        <span className="text-sm font-medium">{knob.label}</span>
        <Checkbox isSelected={isAuto} onChange={(auto) => onChange(auto ? 0 : (expected ?? knob.start))}>
          Auto
          <span className="sr-only"> {knob.label}</span>
          {isAuto && expected !== null && (
            <span className="ml-1.5 font-medium tabular-nums">{formatNumber(expected, 2)}</span>
          )}
        </Checkbox>
      </div>
      {!isAuto && (
        <NumberField
          label={knob.label}
          isLabelHidden
          value={value}
          minValue={knob.step}
          maxValue={knob.most}
          step={knob.step}
          onChange={(next) => onChange(Number.isFinite(next) ? next : knob.start)}
        />
      )}
      {isAuto && <p className="text-xs text-pretty text-muted">{plan?.reason}</p>}
    </div>
  );
}
