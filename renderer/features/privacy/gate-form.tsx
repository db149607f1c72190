import {
  type Confidence,
  confidences,
  type GateSetting,
  gravities,
  type Gravity,
} from '../../../shared/features/privacy/privacy.model.ts';
import { Checkbox, Switch } from '../../ui/choice.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { Select } from '../../ui/select.tsx';
import { useChangeGate } from './privacy.queries.ts';
import { confidenceWords } from './privacy-words.ts';

const gravityOptions: Readonly<Record<Gravity, string>> = {
  error: 'What opens accounts',
  warning: 'What names people, or worse',
  info: 'Everything found',
};
const certaintyOptions: Readonly<Record<Confidence, string>> = {
  high: `Only ${confidenceWords.high} finds`,
  medium: `Sure and ${confidenceWords.medium} finds`,
  low: `Also ${confidenceWords.low} finds`,
};

/** What may not leave this machine while it is undecided; for the whole workspace. */
export function GateForm({ gate }: { gate: GateSetting }) {
  const change = useChangeGate();
  const set = (patch: Partial<GateSetting>): void => change.mutate({ ...gate, ...patch });
  return (
    <section aria-label="What is held back" className="space-y-3">
      <Switch
        isSelected={gate.isOn}
        onChange={(isOn) => set({ isOn })}
        description="Exports, launches and evaluations that leave this machine; practice stays here and is never held back."
      >
        Hold back what is undecided
      </Switch>
      <div className="space-y-2">
        <Select
          label="Hold back"
          size="compact"
          isDisabled={!gate.isOn}
          value={gate.minGravity}
          onChange={(minGravity) => set({ minGravity })}
          options={gravities.map((value) => ({ value, label: gravityOptions[value] }))}
        />
        <Select
          label="When it is"
          size="compact"
          isDisabled={!gate.isOn}
          value={gate.minConfidence}
          onChange={(minConfidence) => set({ minConfidence })}
          options={confidences.map((value) => ({ value, label: certaintyOptions[value] }))}
        />
      </div>
      <Checkbox
        isSelected={gate.mustBeScanned}
        isDisabled={!gate.isOn}
        onChange={(mustBeScanned) => set({ mustBeScanned })}
      >
        Data must be scanned whole before it leaves
      </Checkbox>
      {change.error && <ErrorLine error={change.error} />}
    </section>
  );
}
