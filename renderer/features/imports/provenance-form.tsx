import { type Provenance, unknown } from '../../../shared/features/imports/provenance.model.ts';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { DayField } from './day-field.tsx';
import { lawfulBases, miningReservations, sourceKinds } from './import-words.ts';

type TextName =
  | 'source'
  | 'sourceUri'
  | 'origin'
  | 'obtainedHow'
  | 'rights'
  | 'agreement'
  | 'authority'
  | 'consent'
  | 'purpose';

const more: readonly { name: TextName; label: string; placeholder: string }[] = [
  { name: 'source', label: 'Name of the source', placeholder: 'Unknown' },
  { name: 'sourceUri', label: 'Where it can be found', placeholder: 'Unknown' },
  { name: 'origin', label: 'Organisation it comes from', placeholder: 'Unknown' },
  { name: 'obtainedHow', label: 'How it was obtained', placeholder: 'Unknown' },
  { name: 'agreement', label: 'Agreement or contract', placeholder: 'Unknown' },
  { name: 'consent', label: 'Record of consent', placeholder: 'Unknown' },
];

const days = [
  { name: 'collectedFrom', label: 'Collected from' },
  { name: 'collectedTo', label: 'Collected until' },
  { name: 'retainUntil', label: 'To be gone after' },
] as const;

/** Where rows come from and what may be done with them; what is left empty is written down as unknown. */
export function ProvenanceForm(props: { value: Provenance; onChange: (value: Provenance) => void }) {
  const { value, onChange } = props;
  const text = (name: TextName): string => (value[name] === unknown ? '' : value[name]);
  const setText = (name: TextName) => (typed: string) => onChange({ ...value, [name]: typed || unknown });
  const field = (name: TextName, label: string, placeholder: string) => (
    <TextField
      key={name}
      label={label}
      value={text(name)}
      onChange={setText(name)}
      placeholder={placeholder}
    />
  );
  return (
    <div className="space-y-3">
      <div className="grid grid-cols-2 gap-3">
        <Select
          label="Source"
          options={sourceKinds}
          value={value.sourceKind}
          onChange={(sourceKind) => onChange({ ...value, sourceKind })}
        />
        {field('rights', 'Rights or licence', 'Unknown, e.g. CC-BY-4.0')}
        {field('authority', 'Who may decide about it', 'Unknown, e.g. head of support')}
        <Select
          label="Lawful basis"
          options={lawfulBases}
          value={value.lawfulBasis}
          onChange={(lawfulBasis) => onChange({ ...value, lawfulBasis })}
        />
      </div>
      {field('purpose', 'Purpose', 'Unknown, e.g. draft answers to support mails')}
      <details className="group">
        <summary className="cursor-default rounded-sm text-sm text-muted hover:text-ink">
          More about it
        </summary>
        <div className="mt-3 grid grid-cols-2 gap-3">
          {more.map(({ name, label, placeholder }) => field(name, label, placeholder))}
          <Select
            label="Personal data in it"
            options={[
              { value: 'unknown', label: 'Unknown' },
              { value: 'yes', label: 'Yes' },
              { value: 'no', label: 'No' },
            ]}
            value={value.personalData}
            onChange={(personalData) => onChange({ ...value, personalData })}
          />
          <Select
            label="Reservation against mining"
            options={miningReservations}
            value={value.miningReservation}
            onChange={(miningReservation) => onChange({ ...value, miningReservation })}
          />
          {days.map(({ name, label }) => (
            <DayField
              key={name}
              label={label}
              value={value[name]}
              onChange={(day) => onChange({ ...value, [name]: day })}
            />
          ))}
        </div>
      </details>
    </div>
  );
}
