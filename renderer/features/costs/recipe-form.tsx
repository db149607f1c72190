import type { Dataset } from '../../../shared/features/datasets/datasets.model.ts';
import { formatPrice } from '../../../shared/features/costs/money.ts';
import type { PricedModel } from '../../../shared/features/costs/costs.model.ts';
import { RadioGroup, Slider, Switch } from '../../ui/choice.tsx';
import { formatCount } from '../../ui/format.ts';
import { Link } from '../../ui/link.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { Select } from '../../ui/select.tsx';
import { daysLeftText, methodNames, modelKey, providerName } from './model-words.ts';
import { type ChangeRecipe, payableModels, type Recipe, type SettledRecipe } from './recipe.ts';

type FormProps = { recipe: Recipe; settled: SettledRecipe; onChange: ChangeRecipe };

/** What is trained on what: the left side of the page. */
export function RecipeForm(
  props: FormProps & { models: readonly PricedModel[]; datasets: readonly Dataset[] },
) {
  const { recipe, settled, onChange } = props;
  return (
    <form
      className="grid items-start gap-6 sm:grid-cols-2 lg:grid-cols-1"
      aria-label="What to train"
      onSubmit={(event) => event.preventDefault()}
    >
      <SourceFields {...props} />
      <Select
        label="Model"
        value={modelKey(settled.model)}
        options={payableModels(props.models).map((model) => ({
          value: modelKey(model),
          label:
            model.provider === 'practice' ? model.name : `${model.name}, ${providerName(model.provider)}`,
          detail: modelDetail(model),
        }))}
        onChange={(model) => onChange({ model })}
        description={settled.model.provider === 'practice' ? 'Stays on this machine.' : settled.model.id}
      />
      {settled.model.methods.length > 1 && (
        <RadioGroup
          label="Method"
          value={settled.method}
          options={settled.model.methods.map((value) => ({ value, label: methodNames[value] }))}
          onChange={(method) => onChange({ method })}
        />
      )}
      <EpochFields recipe={recipe} settled={settled} onChange={onChange} />
    </form>
  );
}

function modelDetail(model: PricedModel): string {
  const price = model.trainingPrice
    ? `${formatPrice(model.trainingPrice.microUsdPerUnit)} per 1M tokens`
    : '';
  return model.provider === 'practice'
    ? 'free, on this machine'
    : `${price}, ${daysLeftText(model.trainingDaysLeft)}`;
}

function SourceFields(props: FormProps & { datasets: readonly Dataset[] }) {
  const { recipe, settled, onChange, datasets } = props;
  const { source } = settled.wish;
  return (
    <div className="space-y-4">
      <RadioGroup
        label="Train on"
        orientation="horizontal"
        value={recipe.from}
        options={[
          { value: 'dataset', label: 'A data set' },
          { value: 'size', label: 'A size' },
        ]}
        onChange={(from) => onChange({ from })}
      />
      {recipe.from === 'size' && (
        <div className="space-y-3">
          <NumberField
            label="Examples"
            value={recipe.examples}
            minValue={1}
            maxValue={100_000_000}
            onChange={(examples) => Number.isFinite(examples) && onChange({ examples })}
          />
          <NumberField
            label="Tokens of each example"
            value={recipe.tokens}
            minValue={1}
            maxValue={10_000_000}
            onChange={(tokens) => Number.isFinite(tokens) && onChange({ tokens })}
          />
        </div>
      )}
      {recipe.from === 'dataset' && datasets.length > 0 && (
        <Select
          label="Data set"
          isLabelHidden
          value={source?.kind === 'dataset' ? source.datasetId : null}
          options={datasets.map((one) => ({
            value: one.datasetId,
            label: one.name,
            detail: `${formatCount(one.exampleCount, 'example')}, ${formatCount(one.tokenTotal, 'token')}`,
          }))}
          onChange={(dataset) => onChange({ dataset })}
        />
      )}
      {recipe.from === 'dataset' && datasets.length === 0 && (
        <p className="text-sm text-muted">
          There is no data set yet. <Link href="/datasets?do=import">Import one</Link>, or type in a size.
        </p>
      )}
    </div>
  );
}

function EpochFields({ recipe, onChange }: FormProps) {
  const isAuto = recipe.epochs === 0;
  return (
    <div className="space-y-2">
      <Switch
        isSelected={isAuto}
        onChange={(auto) => onChange({ epochs: auto ? 0 : 3 })}
        description="3, more for little data, fewer for much"
      >
        Epochs chosen by rule of thumb
      </Switch>
      {!isAuto && (
        <Slider
          label="Epochs"
          value={recipe.epochs}
          minValue={1}
          maxValue={50}
          step={1}
          onChange={(epochs) => onChange({ epochs })}
        />
      )}
    </div>
  );
}
