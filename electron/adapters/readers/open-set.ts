import type { ReadChoices, Source, SourceBatches, SourceRow } from '../../core/source-rows.ts';
import type { Listen } from './byte-stream.ts';
import { type FileSet, openZip } from './file-set.ts';
import { picturesIn, withPictures } from './image-rows.ts';
import { openText } from './open-text.ts';
import { openContained } from './contained-rows.ts';
import { unreadable } from './read-failures.ts';
import { type StoredFile, unpackTo } from './unpack.ts';
import { openXlsx } from './xlsx-rows.ts';

const tables = /\.(?:jsonl|ndjson|json|csv|tsv|tab|txt|md|parquet|xlsx)$/i;

/** The part of a source that is one entry of a set. */
type Opened = Omit<Source, 'packing' | 'parts' | 'notes'>;

/**
 * Opens what lies together in a zip or folder: the tables of one kind one after the other as one source, or a table with
 * the pictures it names. `isZip` only changes the words.
 */
export async function openSet(set: FileSet, choices: ReadChoices, isZip: boolean): Promise<Source> {
  if (set.entries.some(({ name }) => name === 'xl/workbook.xml')) return openWorkbook(set, choices);
  const pictures = picturesIn(set);
  const named = set.entries.map(({ name }) => name).filter((name) => tables.test(name));
  const chosen = choices.part === null ? sameKind(set, named) : named.filter((name) => name === choices.part);
  const packing = isZip ? ('zip' as const) : ('none' as const);
  const left = set.entries.length - chosen.length - pictures.size;
  const notes = left > 0 ? [`${left} of ${set.entries.length} files in it are not read.`] : [];
  if (chosen.length === 0 && pictures.size === 0) {
    throw unreadable(set.name, {
      what: `${isZip ? 'The zip' : 'The folder'} holds nothing that Lapidary reads (${set.entries.length} files).`,
      todo: 'Import JSONL, JSON, CSV, TSV, Parquet, XLSX or pictures with a table that names them.',
    });
  }
  const parts = named.length > 1 ? named : [];
  if (chosen.length === 0) return { ...pictureSource(set, pictures), packing, parts, notes };
  const opened = await openAll(set, chosen, choices);
  const [first] = opened;
  if (!first) throw new Error('nothing was opened');
  const close = async (): Promise<void> => {
    for (const one of opened) await one.close();
    await set.close();
  };
  const rows = (listen?: Listen): SourceBatches => oneAfterTheOther(opened, listen);
  const source: Source = { ...first, name: set.name, packing, parts, notes, rows, close };
  return pictures.size > 0 ? withPictures(source, set, pictures) : source;
}

/** Tables with the ending of the largest one: others are most likely notes. */
function sameKind(set: FileSet, names: readonly string[]): string[] {
  const sizes = new Map(set.entries.map(({ name, sizeBytes }) => [name, sizeBytes]));
  const [largest] = [...names].sort((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0));
  const ending = largest?.split('.').at(-1);
  return names.filter((name) => name.split('.').at(-1) === ending);
}

async function openAll(set: FileSet, names: readonly string[], choices: ReadChoices): Promise<Opened[]> {
  const opened: Opened[] = [];
  try {
    for (const name of names) opened.push(await openEntry(set, name, choices));
    return opened;
  } catch (error) {
    for (const one of opened) await one.close();
    await set.close();
    throw error;
  }
}

async function openEntry(set: FileSet, name: string, choices: ReadChoices): Promise<Opened> {
  const label = `${set.name}: ${name}`;
  if (/\.(?:parquet|xlsx)$/i.test(name)) {
    const unpacked = await unpackTo({ name: label, bytes: (listen) => set.bytes(name, listen) });
    try {
      const source = await openBinary(unpacked.file, choices);
      const close = async (): Promise<void> => {
        await source.close();
        await unpacked.remove();
      };
      return { ...source, close };
    } catch (error) {
      await unpacked.remove();
      throw error;
    }
  }
  const text = await openText({ name: label, bytes: (listen) => set.bytes(name, listen) }, choices);
  return { ...text, close: async () => {} };
}

async function openBinary(file: StoredFile, choices: ReadChoices): Promise<Opened> {
  if (/\.xlsx$/i.test(file.name)) return openWorkbook(await openZip(file), { ...choices, part: null });
  const parquet = await openContained(file, 'parquet');
  return {
    name: file.name,
    container: 'parquet',
    encoding: null,
    delimiter: null,
    hasHeader: null,
    close: async () => {},
    ...parquet,
  };
}

async function* oneAfterTheOther(
  sources: readonly Opened[],
  listen?: Listen,
): AsyncGenerator<readonly SourceRow[], void, void> {
  let base = 0;
  for (const source of sources) {
    let last = 0;
    for await (const batch of source.rows(listen)) {
      const before = base;
      last = batch.at(-1)?.number ?? last;
      yield sources.length === 1 ? batch : batch.map((row) => movedBy(before, row, source.name));
    }
    base += last;
  }
}

/** Lines count on over the files of a set; what was set aside says which file it is from. */
function movedBy(base: number, row: SourceRow, file: string): SourceRow {
  const number = row.number + base;
  if (row.kind === 'row') return { ...row, number };
  return { ...row, number, message: `${file}, line ${row.number}: ${row.message}` };
}

async function openWorkbook(set: FileSet, choices: ReadChoices): Promise<Source> {
  try {
    const opened = await openXlsx(set, choices);
    const { columns, sheets, hasHeader } = opened;
    return {
      name: set.name,
      container: 'xlsx',
      packing: 'none',
      encoding: null,
      delimiter: null,
      hasHeader,
      columns,
      parts: sheets.length > 1 ? sheets : [],
      notes: [],
      rows: (listen) => opened.rows(listen),
      close: () => set.close(),
    };
  } catch (error) {
    await set.close();
    throw error;
  }
}

function pictureSource(set: FileSet, pictures: ReadonlySet<string>): Opened {
  const source: Source = {
    name: set.name,
    container: 'images',
    packing: 'none',
    encoding: null,
    delimiter: null,
    hasHeader: null,
    columns: ['file'],
    parts: [],
    notes: [],
    async *rows() {
      let number = 0;
      for (const file of pictures) {
        number += 1;
        yield [{ kind: 'row', number, byteOffset: null, value: { file }, text: null }];
      }
    },
    close: () => set.close(),
  };
  return withPictures(source, set, pictures);
}
