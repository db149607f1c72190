import type { Inspection, Recipe } from '../../../shared/features/imports/imports.model.ts';
import { ToneIcon } from '../../ui/badge.tsx';
import { RadioGroup } from '../../ui/choice.tsx';
import { Section } from '../../ui/page-head.tsx';
import { Select } from '../../ui/select.tsx';
import { fileWords } from './import-words.ts';

type Read = Recipe['read'];
type Props = { inspection: Inspection; read: Read; onChange: (read: Read) => void };

const delimiterOptions = [
  { value: ',', label: 'Commas' },
  { value: ';', label: 'Semicolons' },
  { value: '\t', label: 'Tabs' },
  { value: '|', label: 'Bars' },
] as const;

/** Which encoding a text has must be said by a person when it is not UTF-8: a wrong one looks fine until it is trained on. */
function EncodingChoice({ inspection, read, onChange }: Props) {
  const file = inspection.files.find(({ encoding }) => encoding !== null && !encoding.isUtf8);
  const encoding = file?.encoding;
  if (!file || !encoding) return null;
  const bad = encoding.firstBadByte;
  return (
    <div className="rounded-md border border-amber-line bg-amber-soft p-3">
      <RadioGroup
        label={`${file.name} is not UTF-8`}
        description={
          bad
            ? `The byte at ${bad.offset.toLocaleString()} (0x${bad.value.toString(16).toUpperCase()}) does not fit. Choose the reading that looks right.`
            : 'Choose the reading that looks right.'
        }
        options={encoding.others.slice(0, 5).map(({ name, preview }) => ({
          value: name,
          label: name,
          description: preview.replaceAll(/\s+/g, ' ').slice(0, 110),
        }))}
        value={read.encoding ?? ''}
        onChange={(name) => onChange({ ...read, encoding: name })}
      />
    </div>
  );
}

/** What the files were found to be, with what a person may decide otherwise. */
export function Reading(props: Props) {
  const { inspection, read, onChange } = props;
  const [first] = inspection.files;
  const notes = inspection.files.flatMap((file) => file.notes);
  return (
    <Section title="What it is">
      <ul className="space-y-1.5">
        {inspection.files.map((file) => (
          <li key={file.fileId} className="flex min-w-0 items-start gap-2 text-sm">
            <ToneIcon
              tone={file.encoding && !file.encoding.isUtf8 ? 'amber' : 'emerald'}
              className="mt-0.5"
            />
            <span className="min-w-0">
              <span className="block truncate font-medium" title={file.name}>
                {file.name}
              </span>
              <span className="text-muted">{fileWords(file)}</span>
            </span>
          </li>
        ))}
      </ul>
      {notes.map((note) => (
        <p key={note} className="mt-2 text-sm text-muted">
          {note}
        </p>
      ))}
      <div className="mt-3 space-y-3 empty:hidden">
        <EncodingChoice {...props} />
        {first && (first.container === 'csv' || first.parts.length > 1 || first.container === 'pdf') && (
          <div className="flex flex-wrap gap-3">
            {first.delimiter !== null && (
              <Select
                label="Cells are cut at"
                options={delimiterOptions}
                value={delimiterOptions.find(({ value }) => value === first.delimiter)?.value ?? ','}
                onChange={(delimiter) => onChange({ ...read, delimiter })}
                size="compact"
                className="w-36"
              />
            )}
            {first.hasHeader !== null && (
              <Select
                label="First row"
                options={[
                  { value: 'names', label: 'Column names' },
                  { value: 'data', label: 'Is data' },
                ]}
                value={first.hasHeader ? 'names' : 'data'}
                onChange={(value) => onChange({ ...read, hasHeader: value === 'names' })}
                size="compact"
                className="w-36"
              />
            )}
            {first.parts.length > 1 && (
              <Select
                label={first.container === 'xlsx' ? 'Sheet' : 'File inside'}
                options={first.parts.slice(0, 200).map((part) => ({ value: part, label: part }))}
                value={read.part ?? null}
                placeholder={first.container === 'xlsx' ? (first.parts[0] ?? '') : 'All of one kind'}
                onChange={(part) => onChange({ ...read, part })}
                size="compact"
                className="w-48"
              />
            )}
            {first.container === 'pdf' && (
              <Select
                label="Pages as"
                options={[
                  { value: 'text', label: 'Text' },
                  { value: 'images', label: 'Pictures' },
                ]}
                value={read.pdfAs ?? 'text'}
                onChange={(pdfAs) => onChange({ ...read, pdfAs })}
                size="compact"
                className="w-36"
              />
            )}
          </div>
        )}
      </div>
    </Section>
  );
}
