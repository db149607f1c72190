import type { Inspection, Recipe } from '../../../shared/features/imports/imports.model.ts';
import { suggestMapping } from '../../../shared/features/imports/suggest-mapping.rules.ts';
import { Switch } from '../../ui/choice.tsx';
import { formatPercent } from '../../ui/format.ts';
import { Section } from '../../ui/page-head.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { MappingForm } from './mapping-form.tsx';

const byHand = 'mapping';

/** How rows become examples: as a known shape, or by a mapping; and a system prompt to add. */
export function ShapingForm(props: {
  inspection: Inspection;
  recipe: Recipe;
  onChange: (recipe: Recipe) => void;
}) {
  const { inspection, recipe, onChange } = props;
  const { shaping, system } = recipe;
  const chosen = shaping.kind === 'shape' ? shaping.shape : byHand;
  const found = inspection.recognitions.find(({ shape }) => shape === chosen);
  const options = [
    ...inspection.recognitions.map(({ shape, title, confidence }) => ({
      value: shape as string,
      label: title,
      detail: `${formatPercent(confidence)} sure`,
    })),
    { value: byHand, label: 'Map the columns', detail: 'Say what each field is made of' },
  ];
  const isKnown = options.some(({ value }) => value === chosen);
  return (
    <Section title="How rows become examples">
      <div className="space-y-4">
        <Select
          label="Rows are read as"
          options={
            isKnown ? options : [{ value: chosen, label: chosen, detail: 'From the recipe' }, ...options]
          }
          value={chosen}
          onChange={(value) => {
            const shape = inspection.recognitions.find((one) => one.shape === value)?.shape;
            if (shape) onChange({ ...recipe, shaping: { kind: 'shape', shape } });
            else
              onChange({
                ...recipe,
                shaping: { kind: 'mapping', mapping: suggestMapping(inspection.columns) },
              });
          }}
          description={found?.why}
        />
        {shaping.kind === 'mapping' && (
          <MappingForm
            mapping={shaping.mapping}
            columns={inspection.columns}
            onChange={(mapping) => onChange({ ...recipe, shaping: { kind: 'mapping', mapping } })}
          />
        )}
        {shaping.kind === 'shape' && (
          <Switch
            isSelected={system !== null}
            onChange={(isOn) => onChange({ ...recipe, system: isOn ? { text: '', when: 'missing' } : null })}
          >
            Add a system prompt
          </Switch>
        )}
        {shaping.kind === 'shape' && system && (
          <div className="space-y-2">
            <TextField
              label="System prompt"
              value={system.text}
              onChange={(text) => onChange({ ...recipe, system: { ...system, text } })}
              lines={3}
            />
            <Select
              label="Put it"
              options={[
                { value: 'missing', label: 'Where there is none' },
                { value: 'always', label: 'Everywhere, in place of what is there' },
              ]}
              value={system.when}
              onChange={(when) => onChange({ ...recipe, system: { ...system, when } })}
              size="compact"
            />
          </div>
        )}
      </div>
    </Section>
  );
}
