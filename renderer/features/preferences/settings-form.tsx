import { RadioGroup, Slider, Switch } from '../../ui/choice.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { orderWords } from './preference-words.tsx';
import type { SetDraft } from './set-draft.ts';

const orders = (['cluster', 'seeded', 'uncertainty', 'disagreement'] as const).map((value) => ({
  value,
  label: orderWords[value].label,
  description: orderWords[value].detail,
}));

/** How a set is judged: blind or not, repeats, order, seed, by whom. */
export function SettingsForm(props: { draft: SetDraft; onChange: (draft: SetDraft) => void }) {
  const { draft, onChange } = props;
  const change = (patch: Partial<SetDraft>): void => onChange({ ...draft, ...patch });
  return (
    <div className="grid gap-x-10 gap-y-6 sm:grid-cols-2">
      <div className="space-y-6">
        <Switch
          isSelected={draft.isBlind}
          onChange={(isBlind) => change({ isBlind })}
          description="Who wrote which answer is hidden until you have decided."
        >
          Blind
        </Switch>
        <div>
          <Slider
            label="Pairs that come back"
            value={draft.repeatPercent / 100}
            minValue={0}
            maxValue={0.5}
            step={0.01}
            format={{ style: 'percent' }}
            onChange={(share) => change({ repeatPercent: Math.round(share * 100) })}
          />
          <p className="text-xs text-muted">
            Later and with their sides swapped: they measure your own consistency.
          </p>
        </div>
        <NumberField
          label="Seed"
          description="Draws the sides, the order and the repeats; the same seed draws the same."
          value={draft.seed}
          minValue={0}
          maxValue={0xffff_ffff}
          format={{ useGrouping: false, maximumFractionDigits: 0 }}
          onChange={(seed) => change({ seed })}
        />
      </div>
      <div className="space-y-6">
        <RadioGroup
          label="Order"
          options={orders}
          value={draft.order}
          onChange={(order) => change({ order })}
        />
        <TextField
          label="Reviewers"
          description="One name a line. Without any, every pair is everybody’s."
          lines={2}
          value={draft.reviewers}
          onChange={(reviewers) => change({ reviewers })}
        />
        <NumberField
          label="Reviewers a pair"
          description="Two or more on the same pairs make agreement measurable."
          value={draft.reviewersPerPair}
          minValue={1}
          maxValue={9}
          onChange={(reviewersPerPair) => change({ reviewersPerPair })}
        />
      </div>
    </div>
  );
}
