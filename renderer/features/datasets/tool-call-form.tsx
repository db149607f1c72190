import { Trash2 } from 'lucide-react';
import { IconButton } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { argumentsOf, type DraftCall, type DraftTool, type ToolField, withArgument } from './chat-draft.ts';

function textOf(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A number when it is one, else the text, so that a half-typed number is not lost; the checks say what is wrong. */
function typed(kind: ToolField['kind'], text: string): unknown {
  if (text === '') return undefined;
  if (kind === 'number') return Number.isFinite(Number(text)) ? Number(text) : text;
  if (kind !== 'json') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function ArgumentField(props: { field: ToolField; value: unknown; onChange: (value: unknown) => void }) {
  const { field, value, onChange } = props;
  const label = field.isRequired ? `${field.name} (required)` : field.name;
  const description = field.description ?? undefined;
  if (field.kind === 'boolean') {
    return (
      <Checkbox isSelected={value === true} onChange={onChange} description={description}>
        {label}
      </Checkbox>
    );
  }
  if (field.kind === 'choice') {
    return (
      <Select
        label={label}
        options={field.choices.map((one) => ({ value: one, label: one }))}
        value={typeof value === 'string' ? value : null}
        onChange={onChange}
        description={description}
      />
    );
  }
  return (
    <TextField
      label={label}
      value={textOf(value)}
      onChange={(text) => onChange(typed(field.kind, text))}
      isMono={field.kind === 'json'}
      description={description}
    />
  );
}

/** One tool call: which tool, and its arguments as a form made from the tool's schema; plain JSON without one. */
export function ToolCallForm(props: {
  call: DraftCall;
  tools: readonly DraftTool[];
  onChange: (call: DraftCall) => void;
  onRemove: () => void;
}) {
  const { call, tools, onChange } = props;
  const tool = tools.find(({ name }) => name === call.name);
  const values = argumentsOf(call.args);
  const names = new Set([...tools.map(({ name }) => name), call.name].filter((name) => name !== ''));
  return (
    // biome-ignore lint/a11y/useSemanticElements: the group has its own heading line.
    <div
      role="group"
      aria-label={`Call of ${call.name}`}
      className="space-y-2 rounded-md border border-line bg-sunken p-3"
    >
      <div className="flex items-end gap-2">
        <Select
          label="Tool"
          options={[...names].map((name) => ({ value: name, label: name }))}
          value={call.name}
          onChange={(name) => onChange({ ...call, name })}
          className="flex-1"
        />
        <TextField
          label="Call id"
          value={call.id}
          onChange={(id) => onChange({ ...call, id })}
          isMono
          className="w-36"
        />
        <IconButton label="Remove this call" icon={<Trash2 aria-hidden />} onPress={props.onRemove} />
      </div>
      {tool && values ? (
        tool.properties.map((field) => (
          <ArgumentField
            key={field.name}
            field={field}
            value={values[field.name]}
            onChange={(value) => onChange({ ...call, args: withArgument(call.args, field.name, value) })}
          />
        ))
      ) : (
        <TextField
          label="Arguments (JSON)"
          value={call.args}
          onChange={(args) => onChange({ ...call, args })}
          lines={4}
          isMono
        />
      )}
    </div>
  );
}
