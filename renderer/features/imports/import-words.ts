import type { InspectedFile } from '../../../shared/features/imports/imports.model.ts';
import type {
  LawfulBasis,
  Provenance,
  SourceKind,
} from '../../../shared/features/imports/provenance.model.ts';
import type { Option } from '../../ui/select.tsx';
import { formatBytes } from '../../ui/format.ts';

const containers: Readonly<Record<InspectedFile['container'], string>> = {
  jsonl: 'JSON lines',
  json: 'JSON',
  csv: 'Table (CSV)',
  parquet: 'Parquet table',
  xlsx: 'Excel sheet',
  pdf: 'PDF pages',
  text: 'Plain text',
  images: 'Pictures',
};

const delimiters: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
};

/** What a file was found to be, in one line. */
export function fileWords(file: InspectedFile): string {
  const packed = file.packing === 'none' ? '' : ` in a ${file.packing} archive`;
  const cut = file.delimiter === null ? '' : `, cut at ${delimiters[file.delimiter] ?? file.delimiter}`;
  const encoding =
    file.encoding === null || !file.encoding.isUtf8 ? '' : `, ${file.encoding.name.toUpperCase()}`;
  return `${containers[file.container]}${packed}${cut}${encoding} · ${formatBytes(file.sizeBytes)}`;
}

/** Kinds of sources as the EU template for training content names them. */
export const sourceKinds: readonly Option<SourceKind>[] = [
  { value: 'unknown', label: 'Unknown' },
  { value: 'own', label: 'Our own', detail: 'Written or recorded by this organisation' },
  { value: 'user_data', label: 'From our users', detail: 'Mails, chats, forms' },
  { value: 'licensed', label: 'Licensed', detail: 'Bought or agreed on with its owner' },
  { value: 'third_party_private', label: 'Private, of a third party', detail: 'Not public, no licence deal' },
  { value: 'public_dataset', label: 'Public data set' },
  { value: 'crawled', label: 'Crawled from the web' },
  { value: 'synthetic', label: 'Synthetic', detail: 'Made by a model' },
];

/** Reservations against text and data mining (Directive (EU) 2019/790, Article 4(3)). */
export const miningReservations: readonly Option<Provenance['miningReservation']>[] = [
  { value: 'unknown', label: 'Unknown' },
  { value: 'none', label: 'None found' },
  { value: 'robots', label: 'By robots.txt or a header' },
  { value: 'c2pa', label: 'By C2PA metadata' },
  { value: 'contract', label: 'By contract or terms' },
];

/** Lawful bases of GDPR, Article 6. */
export const lawfulBases: readonly Option<LawfulBasis>[] = [
  { value: 'unknown', label: 'Unknown' },
  { value: 'no_personal_data', label: 'No personal data in it' },
  { value: 'consent', label: 'Consent', detail: 'GDPR Art. 6(1)(a)' },
  { value: 'contract', label: 'Contract', detail: 'GDPR Art. 6(1)(b)' },
  { value: 'legal_obligation', label: 'Legal obligation', detail: 'GDPR Art. 6(1)(c)' },
  { value: 'vital_interests', label: 'Vital interests', detail: 'GDPR Art. 6(1)(d)' },
  { value: 'public_task', label: 'Public task', detail: 'GDPR Art. 6(1)(e)' },
  { value: 'legitimate_interests', label: 'Legitimate interests', detail: 'GDPR Art. 6(1)(f)' },
];
