import { stat } from 'node:fs/promises';
import type { Container, OpenSource, ReadChoices, Source, SourceBatches } from '../../core/source-rows.ts';
import { openContained } from './contained-rows.ts';
import { fileBytes, gunzipped, headOf, type Listen } from './byte-stream.ts';
import { openFolder, openZip } from './file-set.ts';
import { openSet } from './open-set.ts';
import { openText, type Unpacked } from './open-text.ts';
import { unpackTo } from './unpack.ts';
import { unreadable } from './read-failures.ts';

type File = { readonly path: string; readonly name: string };

/** What the first bytes of a file say it is; `text` when they say nothing. */
export type Kind = 'gz' | 'zip' | 'parquet' | 'pdf' | 'text';

const magics: readonly { kind: Exclude<Kind, 'text'>; bytes: string }[] = [
  { kind: 'gz', bytes: '\x1f\x8b' },
  { kind: 'zip', bytes: 'PK\x03\x04' },
  { kind: 'zip', bytes: 'PK\x05\x06' },
  { kind: 'parquet', bytes: 'PAR1' },
  { kind: 'pdf', bytes: '%PDF-' },
];
const refused: readonly { what: string; bytes: string }[] = [
  { what: 'a bzip2 archive', bytes: 'BZh' },
  { what: 'an xz archive', bytes: '\xfd7zXZ' },
  { what: 'a zstd archive', bytes: '\x28\xb5\x2f\xfd' },
  { what: 'a 7-Zip archive', bytes: '7z\xbc\xaf' },
  { what: 'a RAR archive', bytes: 'Rar!' },
  { what: 'an old Excel file (.xls) or another OLE document', bytes: '\xd0\xcf\x11\xe0' },
  { what: 'a SQLite database', bytes: 'SQLite format 3' },
  { what: 'an Arrow file', bytes: 'ARROW1' },
];

/** What a file is by its first bytes. Throws FILE_UNREADABLE for what is known and not read. */
export function kindOf(head: Uint8Array, name: string): Kind {
  const start = Buffer.from(head.subarray(0, 16)).toString('latin1');
  const known = refused.find(({ bytes }) => start.startsWith(bytes));
  if (known) {
    throw unreadable(name, {
      what: `This is ${known.what}, which Lapidary does not read.`,
      todo: 'Unpack or convert it to JSONL, CSV, XLSX or Parquet, then import that.',
    });
  }
  return magics.find(({ bytes }) => start.startsWith(bytes))?.kind ?? 'text';
}

/** Opens a file of any kind Lapidary reads, or a folder of them. */
export const openSource: OpenSource = async (file, choices) => {
  if (await isFolder(file)) return openSet(await openFolder(file), choices, false);
  const { head } = await headOf(fileBytes(file), 4096);
  if (head.length === 0) {
    throw unreadable(file.name, { what: 'The file is empty.', todo: 'Choose another file.' });
  }
  switch (kindOf(head, file.name)) {
    case 'gz':
      return openGzip(file, choices);
    case 'zip':
      return openSet(await openZip(file), choices, true);
    case 'parquet':
      return binary(file, 'parquet', await openContained(file, 'parquet'));
    case 'pdf':
      return binary(file, 'pdf', await openContained(file, `pdf-${choices.pdfAs ?? 'text'}`));
    case 'text': {
      const text = await openText({ name: file.name, bytes: (listen) => fileBytes(file, listen) }, choices);
      return { ...text, packing: 'none', parts: [], notes: [], close: async () => {} };
    }
  }
};

async function isFolder(file: File): Promise<boolean> {
  return (await stat(file.path).catch(() => null))?.isDirectory() ?? false;
}

function binary(
  file: File,
  container: Container,
  opened: { columns: string[]; rows(listen?: Listen): SourceBatches },
): Source {
  return {
    name: file.name,
    container,
    packing: 'none',
    encoding: null,
    delimiter: null,
    hasHeader: null,
    parts: [],
    notes: [],
    close: async () => {},
    ...opened,
  };
}

async function openGzip(file: File, choices: ReadChoices): Promise<Source> {
  const name = file.name.replace(/\.gz$/i, '');
  const unpacked: Unpacked = { name, bytes: (listen?: Listen) => gunzipped(file, listen) };
  const { head } = await headOf(unpacked.bytes(), 4096);
  const kind = kindOf(head, file.name);
  if (kind === 'text') {
    const text = await openText(unpacked, choices);
    return { ...text, packing: 'gz', parts: [], notes: [], close: async () => {} };
  }
  if (kind !== 'parquet' && !/\.xlsx$/i.test(name)) throw nested(file.name);
  const entry = await unpackTo(unpacked);
  try {
    const source =
      kind === 'parquet'
        ? binary(entry.file, 'parquet', await openContained(entry.file, 'parquet'))
        : await openSet(await openZip(entry.file), choices, true);
    const close = async (): Promise<void> => {
      await source.close();
      await entry.remove();
    };
    return { ...source, packing: 'gz', close };
  } catch (error) {
    await entry.remove();
    throw error;
  }
}

function nested(name: string): Error {
  return unreadable(name, {
    what: 'This is an archive inside an archive, which is not opened: that is how zip bombs are built.',
    todo: 'Unpack the outer one yourself and import what is inside.',
  });
}
