import type { Column, Mapping } from '../../../shared/features/imports/imports.model.ts';
import { roleNamed } from '../../../shared/features/imports/suggest-mapping.rules.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';

type Role = 'system' | 'user' | 'assistant' | 'leave-out';

const roles: readonly { value: Role; label: string }[] = [
  { value: 'user', label: 'User' },
  { value: 'assistant', label: 'Assistant' },
  { value: 'system', label: 'System' },
  { value: 'leave-out', label: 'Leave out' },
];
const none = '(none)';

/** One turn a row: which columns say the conversation, who speaks and what. */
export function TranscriptForm(props: {
  mapping: Mapping;
  columns: readonly Column[];
  onChange: (mapping: Mapping) => void;
}) {
  const { mapping, columns, onChange } = props;
  const { transcript } = mapping;
  if (!transcript) return null;
  const change = (part: Partial<typeof transcript>): void =>
    onChange({ ...mapping, transcript: { ...transcript, ...part } });
  const options = columns.map(({ name }) => ({ value: name, label: name }));
  const speakers = columns.find(({ name }) => name === transcript.role)?.samples ?? [];
  const named = [...new Set([...Object.keys(transcript.roles), ...speakers])];
  return (
    <div className="space-y-4">
      <div className="grid grid-cols-2 gap-3">
        <Select
          label="Who speaks"
          options={options}
          value={transcript.role}
          onChange={(role) => change({ role, roles: {} })}
        />
        <Select
          label="What is said"
          options={options}
          value={transcript.text}
          onChange={(text) => change({ text })}
        />
        <Select
          label="Conversation"
          description="Rows with the same value belong together."
          options={[{ value: none, label: 'All rows are one' }, ...options]}
          value={transcript.conversation ?? none}
          onChange={(name) => change({ conversation: name === none ? null : name })}
        />
      </div>
      <div className="grid grid-cols-2 gap-3">
        {named.map((speaker) => (
          <Select
            key={speaker}
            label={`“${speaker}” is`}
            options={roles}
            value={transcript.roles[speaker] ?? roleNamed(speaker)}
            placeholder="Not said yet"
            onChange={(role) => change({ roles: { ...transcript.roles, [speaker]: role } })}
            size="compact"
          />
        ))}
      </div>
      <Button size="compact" variant="quiet" onPress={() => onChange({ ...mapping, transcript: null })}>
        One example a row instead…
      </Button>
    </div>
  );
}
