import { unknown } from '../imports/provenance.model.ts';
import type { ImportRecord, Provenance } from '../imports/provenance.model.ts';

/** The fields of provenance that examples can be filtered by; `import` is the name of what was imported. */
export const provenanceKeys = [
  'import',
  'sourceKind',
  'rights',
  'authority',
  'lawfulBasis',
  'purpose',
] as const;
export type ProvenanceKey = (typeof provenanceKeys)[number];

const titles: Readonly<Record<ProvenanceKey, string>> = {
  import: 'import',
  sourceKind: 'source',
  rights: 'rights',
  authority: 'authority',
  lawfulBasis: 'lawful basis',
  purpose: 'purpose',
};

/** A value to filter by as it stands in a filter, e.g. `rights=CC0-1.0`. */
export function provenanceValue(key: ProvenanceKey, { sourceName, provenance }: ImportRecord): string {
  return `${key}=${key === 'import' ? sourceName : provenance[key]}`;
}

/** Such a value in words: `lawfulBasis=public_task` is “lawful basis public task”. */
export function provenanceValueWords(value: string): string {
  const [key = '', ...rest] = value.split('=');
  const title = provenanceKeys.find((one) => one === key);
  return title ? `${titles[title]} ${saidOf(title, rest.join('='))}` : value;
}

/** Names of the program's own lists are words with underscores; what a person wrote stays as it is. */
function saidOf(key: ProvenanceKey, text: string): string {
  return key === 'sourceKind' || key === 'lawfulBasis' ? text.replaceAll('_', ' ') : text;
}

/** What is known about rows in one line; what is unknown of the three that matter most is said. */
export function provenanceLine(provenance: Provenance): string {
  const parts = (['sourceKind', 'rights', 'lawfulBasis', 'purpose'] as const).flatMap((key) => {
    const isSaid = provenance[key] !== unknown;
    return isSaid || key !== 'purpose' ? [`${titles[key]} ${saidOf(key, provenance[key])}`] : [];
  });
  return parts.join(' · ');
}

/** Where a line of a data set came from: the import, its file and the line there; null for rows that were added by hand. */
export function originOfLine(
  records: readonly ImportRecord[],
  line: number,
): { record: ImportRecord; file: string; line: number } | null {
  const record = records.find(({ firstLine, lastLine }) => firstLine <= line && line <= lastLine);
  const file = record?.files.findLast(({ lineBase }) => lineBase < line);
  return record && file ? { record, file: file.name, line: line - file.lineBase } : null;
}
