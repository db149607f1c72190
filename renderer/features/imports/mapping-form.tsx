import { Plus } from 'lucide-react';
import type { Column, Mapping } from '../../../shared/features/imports/imports.model.ts';
import { fieldWords, mappingFields } from '../../../shared/features/imports/mapping.rules.ts';
import { columnTemplate, templateColumns } from '../../../shared/features/imports/template.rules.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { RadioGroup } from '../../ui/choice.tsx';
import { Menu } from '../../ui/menu.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { TranscriptForm } from './transcript-form.tsx';

type Props = { mapping: Mapping; columns: readonly Column[]; onChange: (mapping: Mapping) => void };
type Field = keyof typeof fieldWords;

const methods = [
  { value: 'sft', label: 'Show the answer', description: 'Supervised (SFT): one good answer a row' },
  { value: 'dpo', label: 'Compare two answers', description: 'Preference (DPO): a better and a worse one' },
  { value: 'rft', label: 'Grade the answer', description: 'Reinforcement (RFT): a reference to grade by' },
] as const;

const placeholders: Readonly<Record<Field, string>> = {
  system: 'Leave empty for none',
  user: 'What the model is asked, e.g. {{subject}}',
  answer: 'What it should answer, e.g. {{reply}}',
  preferred: 'The better answer',
  rejected: 'The worse answer',
};

function ColumnMenu(props: { label: string; columns: readonly Column[]; onColumn: (name: string) => void }) {
  return (
    <Menu
      label={`Columns for ${props.label}`}
      placement="bottom end"
      minWidth={280}
      entries={props.columns.map((column) => ({
        id: column.name,
        label: column.name,
        detail: column.samples[0]?.replaceAll(/\s+/g, ' ').slice(0, 60) ?? 'empty',
        run: () => props.onColumn(column.name),
      }))}
    >
      <Button
        size="compact"
        variant="quiet"
        icon={<Plus aria-hidden />}
        aria-label={`Add a column to ${props.label}`}
      >
        Column
      </Button>
    </Menu>
  );
}

function TemplateField(props: {
  field: Field;
  isNeeded: boolean;
  value: string;
  columns: readonly Column[];
  onChange: (value: string) => void;
}) {
  const { field, value, columns } = props;
  const known = new Set(columns.map(({ name }) => name));
  const wrong = templateColumns(value).find(
    (name) => !known.has(name) && !known.has(name.split('.')[0] ?? ''),
  );
  const error =
    wrong === undefined
      ? props.isNeeded && value.trim() === ''
        ? 'Choose a column, or write what stands here.'
        : undefined
      : `There is no column “${wrong}”.`;
  return (
    <div className="relative">
      <TextField
        label={fieldWords[field]}
        value={value}
        onChange={props.onChange}
        placeholder={placeholders[field]}
        lines={value.includes('\n') || value.length > 60 ? 3 : 2}
        error={error}
        isMono
      />
      <div className="absolute -top-1 right-0">
        <ColumnMenu
          label={fieldWords[field]}
          columns={columns}
          onColumn={(name) =>
            props.onChange(value === '' ? columnTemplate(name) : `${value}${columnTemplate(name)}`)
          }
        />
      </div>
    </div>
  );
}

function References({ mapping, columns, onChange }: Props) {
  const first = mapping.references[0] ?? { name: 'reference_answer', template: '' };
  return (
    <div className="grid grid-cols-[10rem_minmax(0,1fr)] gap-3">
      <TextField
        label="Reference field"
        value={first.name}
        onChange={(name) =>
          onChange({ ...mapping, references: [{ ...first, name: name || 'reference_answer' }] })
        }
        isMono
      />
      <Select
        label="Filled from"
        options={columns.map(({ name }) => ({ value: columnTemplate(name), label: name }))}
        value={first.template || null}
        placeholder="Choose a column"
        onChange={(template) => onChange({ ...mapping, references: [{ ...first, template }] })}
      />
    </div>
  );
}

/** Columns become the fields of an example: a template each, with a menu of the columns. */
export function MappingForm({ mapping, columns, onChange }: Props) {
  const used = new Set(mappingFields[mapping.method].flatMap(({ field }) => templateColumns(mapping[field])));
  if (mapping.transcript) {
    return <TranscriptForm mapping={mapping} columns={columns} onChange={onChange} />;
  }
  const roleColumn = columns.find(({ distinct, filled }) => filled > 2 && distinct <= 6);
  const text = columns.find(({ isLong }) => isLong) ?? columns[0];
  return (
    <div className="space-y-4">
      <RadioGroup
        label="What training is to do"
        options={methods}
        value={mapping.method}
        onChange={(method) => onChange({ ...mapping, method })}
      />
      {mappingFields[mapping.method].map(({ field, isNeeded }) => (
        <TemplateField
          key={field}
          field={field}
          isNeeded={isNeeded}
          value={mapping[field]}
          columns={columns}
          onChange={(value) => onChange({ ...mapping, [field]: value })}
        />
      ))}
      {mapping.method === 'rft' && <References mapping={mapping} columns={columns} onChange={onChange} />}
      <div className="flex flex-wrap items-center gap-1.5 text-xs text-muted">
        <span>Not used:</span>
        {columns
          .filter(({ name }) => !used.has(name) && name !== mapping.image)
          .slice(0, 12)
          .map(({ name }) => (
            <Badge key={name}>{name}</Badge>
          ))}
      </div>
      <RadioGroup
        label="When a row lacks a value"
        orientation="horizontal"
        options={[
          { value: 'set-aside', label: 'Set the row aside' },
          { value: 'leave-empty', label: 'Leave the place empty' },
        ]}
        value={mapping.missing}
        onChange={(missing) => onChange({ ...mapping, missing })}
      />
      {roleColumn && text && (
        <Button
          size="compact"
          variant="quiet"
          onPress={() =>
            onChange({
              ...mapping,
              transcript: { conversation: null, role: roleColumn.name, text: text.name, roles: {} },
            })
          }
        >
          One turn a row instead…
        </Button>
      )}
    </div>
  );
}
