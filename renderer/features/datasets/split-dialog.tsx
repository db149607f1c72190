import { useState } from 'react';
import type { Dataset, SplitPreview, SplitRecipe } from '../../../shared/features/datasets/datasets.model.ts';
import { tellUndoable } from '../../history.ts';
import { Button } from '../../ui/button.tsx';
import { RadioGroup, Switch } from '../../ui/choice.tsx';
import { cx } from '../../ui/class-names.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatCount, formatNumber, formatPercent } from '../../ui/format.ts';
import { NumberField } from '../../ui/number-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { LeakDialog } from './leak-dialog.tsx';
import { useSplit, useSplitPreview } from './datasets.queries.ts';

type Shape = 'two' | 'three' | 'own';

const shapes: Readonly<Record<Exclude<Shape, 'own'>, SplitRecipe['ratios']>> = {
  two: { train: 0.8, validation: 0.2, test: 0 },
  three: { train: 0.7, validation: 0.15, test: 0.15 },
};

function shapeOf(recipe: SplitRecipe | null): Shape {
  if (recipe === null) return 'three';
  const found = (['two', 'three'] as const).find((one) => {
    const shape = shapes[one];
    return shape.train === recipe.ratios.train && shape.test === recipe.ratios.test;
  });
  return found ?? 'own';
}

const bars = { train: 'bg-accent', validation: 'bg-quartz', test: 'bg-emerald' } as const;

/** How many examples each split would get, as a bar and as numbers. */
function Preview({ preview }: { preview: SplitPreview }) {
  const { counts, largestGroup, ungrouped } = preview;
  const total = counts.train + counts.validation + counts.test;
  const splits = (['train', 'validation', 'test'] as const).filter((split) => counts[split] > 0);
  return (
    <div className="rounded-md border border-line bg-sunken px-4 py-3">
      <div aria-hidden className="mb-3 flex h-2 gap-0.5 overflow-hidden rounded-full">
        {splits.map((split) => (
          <span key={split} className={bars[split]} style={{ width: `${(counts[split] / total) * 100}%` }} />
        ))}
      </div>
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        {splits.map((split) => (
          <div key={split}>
            <dt className="flex items-center gap-1.5 text-xs text-muted">
              <span aria-hidden className={cx('size-2 rounded-full', bars[split])} />
              {split}
            </dt>
            <dd className="text-lg font-semibold tabular-nums">
              {formatNumber(counts[split])}{' '}
              <span className="text-sm font-normal text-muted">
                {formatPercent(counts[split] / total, 1)}
              </span>
            </dd>
          </div>
        ))}
      </dl>
      {largestGroup > 1 && (
        <p className="mt-2 text-xs text-muted">
          {formatCount(preview.groups, 'group')} stay together; the largest has {formatNumber(largestGroup)}{' '}
          examples.
        </p>
      )}
      {ungrouped > 0 && (
        <p className="mt-1 text-xs text-amber">
          {formatCount(ungrouped, 'example')} without a value there; each stands for itself.
        </p>
      )}
    </div>
  );
}

function Shares(props: { ratios: SplitRecipe['ratios']; onChange: (ratios: SplitRecipe['ratios']) => void }) {
  const { train, validation } = props.ratios;
  const set = (nextTrain: number, nextValidation: number): void => {
    const safeTrain = Math.min(1, Math.max(0, nextTrain));
    const safeValidation = Math.min(1 - safeTrain, Math.max(0, nextValidation));
    const rounded = (value: number): number => Math.round(value * 100) / 100;
    props.onChange({
      train: rounded(safeTrain),
      validation: rounded(safeValidation),
      test: rounded(1 - rounded(safeTrain) - rounded(safeValidation)),
    });
  };
  const percent = { style: 'percent' } as const;
  return (
    <div className="grid grid-cols-2 gap-3">
      <NumberField
        label="Train"
        value={train}
        onChange={(value) => set(value || 0, validation)}
        minValue={0}
        maxValue={1}
        step={0.01}
        format={percent}
      />
      <NumberField
        label="Validation"
        value={validation}
        onChange={(value) => set(train, value || 0)}
        minValue={0}
        maxValue={1}
        step={0.01}
        format={percent}
        description="The rest is the test split."
      />
    </div>
  );
}

type Together = 'prompt' | 'near_prompt' | 'field';

/** What stays on one side, and whether labels are shared out evenly. */
function GroupOptions(props: {
  recipe: SplitRecipe;
  onChange: (change: Partial<Pick<SplitRecipe, 'groupBy' | 'stratifyBy'>>) => void;
}) {
  const { groupBy, stratifyBy } = props.recipe;
  const together: Together = typeof groupBy === 'string' ? groupBy : 'field';
  const [pointer, setPointer] = useState(typeof groupBy === 'string' ? '' : groupBy.pointer);
  const isPointer = /^(?:\/[^/]+)+$/.test(pointer);
  const setField = (text: string): void => {
    setPointer(text);
    if (/^(?:\/[^/]+)+$/.test(text)) props.onChange({ groupBy: { pointer: text } });
  };
  return (
    <>
      <RadioGroup
        label="Keep on one side"
        value={together}
        onChange={(next: Together) =>
          props.onChange({
            groupBy: next === 'field' ? { pointer: isPointer ? pointer : '/customer' } : next,
          })
        }
        options={[
          { value: 'prompt', label: 'Identical prompts' },
          {
            value: 'near_prompt',
            label: 'Identical and nearly identical prompts',
            description: 'What is tested must not be learned with one word changed.',
          },
          {
            value: 'field',
            label: 'Identical prompts, and the same value of a field',
            description: 'For example one customer, one document.',
          },
        ]}
      />
      {together === 'field' && (
        <TextField
          label="Field"
          value={pointer}
          placeholder="/customer"
          onChange={setField}
          isMono
          description="A JSON pointer into the example, for example /customer or /messages/0/name."
          error={pointer !== '' && !isPointer ? 'A pointer begins with / and names a field.' : undefined}
          className="max-w-72"
        />
      )}
      <Switch
        isSelected={stratifyBy === 'label'}
        onChange={(isOn) => props.onChange({ stratifyBy: isOn ? 'label' : 'nothing' })}
        description="Every split gets its share of each label, as far as groups allow."
      >
        Balance labels
      </Switch>
    </>
  );
}

/** Chooses how to split, shows the counts as one chooses, splits, and looks for leaks afterwards. */
export function SplitDialog(props: { dataset: Dataset; isOpen: boolean; onClose: () => void }) {
  const { dataset } = props;
  const [shape, setShape] = useState<Shape>(shapeOf(dataset.splitRecipe));
  const [own, setOwn] = useState(dataset.splitRecipe?.ratios ?? shapes.three);
  const [seed, setSeed] = useState(dataset.splitRecipe?.seed ?? 1);
  const [grouping, setGrouping] = useState<Pick<SplitRecipe, 'groupBy' | 'stratifyBy'>>({
    groupBy: dataset.splitRecipe?.groupBy ?? 'prompt',
    stratifyBy: dataset.splitRecipe?.stratifyBy ?? 'nothing',
  });
  const [isDone, setIsDone] = useState(false);
  const recipe: SplitRecipe = { ratios: shape === 'own' ? own : shapes[shape], seed, ...grouping };
  const preview = useSplitPreview(dataset.datasetId, recipe, props.isOpen && !isDone);
  const split = useSplit();
  const close = (): void => {
    setIsDone(false);
    props.onClose();
  };
  const confirm = (): void =>
    split.mutate(
      { datasetId: dataset.datasetId, recipe },
      {
        onSuccess: ({ counts }) => {
          setIsDone(true);
          tellUndoable(
            `Split into ${formatNumber(counts.train)} train, ${formatNumber(counts.validation)} validation, ${formatNumber(counts.test)} test.`,
          );
        },
      },
    );
  if (isDone) {
    return (
      <LeakDialog
        datasetId={dataset.datasetId}
        canGroupNear={grouping.groupBy === 'prompt'}
        isOpen={props.isOpen}
        onClose={close}
        onGroupNear={() => {
          setGrouping({ ...grouping, groupBy: 'near_prompt' });
          setIsDone(false);
        }}
      />
    );
  }
  return (
    <Dialog
      title={`Split “${dataset.name}”`}
      isOpen={props.isOpen}
      onClose={close}
      width="medium"
      actions={
        <>
          <Button onPress={close}>Cancel</Button>
          <Button
            variant="primary"
            onPress={confirm}
            isPending={split.isPending}
            isDisabled={preview.error !== null}
          >
            Split {formatCount(dataset.exampleCount, 'example')}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <RadioGroup
          label="Shares"
          value={shape}
          onChange={setShape}
          options={[
            {
              value: 'three',
              label: '70 / 15 / 15',
              description: 'Train, validation and a test split, so that base and tuned can be compared.',
            },
            { value: 'two', label: '80 / 20', description: 'Train and validation only.' },
            { value: 'own', label: 'Own shares' },
          ]}
        />
        {shape === 'own' && <Shares ratios={own} onChange={setOwn} />}
        <GroupOptions recipe={recipe} onChange={(change) => setGrouping({ ...grouping, ...change })} />
        <NumberField
          label="Seed"
          value={seed}
          onChange={(value) =>
            setSeed(Number.isFinite(value) ? Math.min(0xffff_ffff, Math.max(0, Math.trunc(value))) : 1)
          }
          minValue={0}
          maxValue={0xffff_ffff}
          format={{ useGrouping: false }}
          description="The same seed on the same examples gives the same split."
          className="max-w-56"
        />
        {preview.data && <Preview preview={preview.data} />}
        {(preview.error ?? split.error) && <ErrorLine error={preview.error ?? split.error} />}
      </div>
    </Dialog>
  );
}
