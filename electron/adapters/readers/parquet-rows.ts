import { open, type FileHandle, stat } from 'node:fs/promises';
import { type AsyncBuffer, type FileMetaData, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import type { JsonObject } from '../../../shared/features/datasets/read-line.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { SourceBatches, SourceRow } from '../../core/source-rows.ts';
import { openSpool } from '../../core/spool-cipher.ts';
import type { Listen } from './byte-stream.ts';
import { requireSanePages } from './parquet-pages.ts';
import { reasonOf, unreadable } from './read-failures.ts';
import type { StoredFile } from './unpack.ts';

const maxGroupBytes = 2 * 1024 ** 3;
const maxGroupRows = 50_000_000;
const maxFooterBytes = 64 * 1024 * 1024;
const batchRows = 2000;
const sliceBytes = 128 * 1024 * 1024;
const sliceRows = 500_000;
const readable = new Set(['UNCOMPRESSED', ...Object.keys(compressors)]);

/** Opens a Parquet file: its columns, and its rows group by group. Throws FILE_UNREADABLE with what is wrong. */
export async function openParquet(
  file: StoredFile,
): Promise<{ columns: string[]; rows(listen?: Listen): SourceBatches }> {
  const { buffer, close } = await fileBuffer(file);
  try {
    const metadata = await readFooter(file, buffer);
    const columns = metadata.schema.slice(1).map(({ name }) => name);
    const top = topColumns(metadata) ?? columns;
    return { columns: top, rows: (listen) => rowsOf(file, metadata, listen) };
  } finally {
    await close();
  }
}

async function fileBuffer(file: StoredFile): Promise<{ buffer: AsyncBuffer; close: () => Promise<void> }> {
  let handle: FileHandle;
  try {
    handle = await open(file.path, 'r');
  } catch (error) {
    throw damaged(file.name, error);
  }
  const { size } = await handle.stat();
  const buffer: AsyncBuffer = {
    byteLength: size,
    async slice(start, end = size) {
      const length = Math.max(0, Math.min(end, size) - start);
      const bytes = new Uint8Array(length);
      let at = 0;
      while (at < length) {
        const { bytesRead } = await handle.read(bytes, at, length - at, start + at);
        if (bytesRead === 0) throw new Error(`the file ends at byte ${start + at}`);
        at += bytesRead;
      }
      return file.key === undefined ? bytes.buffer : plainBytes(bytes, { key: file.key, start });
    },
  };
  return { buffer, close: () => handle.close() };
}

/** What lies encrypted from an offset on, as a buffer of its own. */
function plainBytes(bytes: Uint8Array, { key, start }: { key: string; start: number }): ArrayBuffer {
  const plain = openSpool(key, start).update(bytes);
  return plain.buffer.slice(plain.byteOffset, plain.byteOffset + plain.length) as ArrayBuffer;
}

async function readFooter(file: StoredFile, buffer: AsyncBuffer): Promise<FileMetaData> {
  const size = buffer.byteLength;
  const tail = new DataView(await buffer.slice(Math.max(0, size - 8), size));
  const magic = tail.byteLength === 8 ? String.fromCharCode(...new Uint8Array(tail.buffer, 4)) : '';
  if (magic === 'PARE') {
    throw unreadable(file.name, {
      what: 'The Parquet file is encrypted.',
      todo: 'Save it without encryption, then import that.',
    });
  }
  if (magic !== 'PAR1') {
    throw unreadable(file.name, {
      what: `The Parquet file is cut off: its last 4 bytes (at byte ${Math.max(0, size - 4)}) are not “PAR1”, so its table of contents is missing.`,
      todo: 'Fetch or write it anew, then import it again.',
    });
  }
  const footerBytes = tail.getUint32(0, true);
  if (footerBytes > Math.min(size - 8, maxFooterBytes)) {
    throw unreadable(file.name, {
      what: `The Parquet file is damaged: at byte ${size - 8} it claims a table of contents of ${footerBytes} bytes.`,
      todo: 'Fetch or write it anew, then import it again.',
    });
  }
  try {
    const metadata = await parquetMetadataAsync(buffer);
    requireReadable(file, metadata, size);
    return metadata;
  } catch (error) {
    throw damaged(file.name, error);
  }
}

function requireReadable(file: StoredFile, metadata: FileMetaData, size: number): void {
  const inGroups = metadata.row_groups.reduce((sum, { num_rows: rows }) => sum + Number(rows), 0);
  if (inGroups !== Number(metadata.num_rows)) {
    throw new Error(`its table of contents claims ${metadata.num_rows} rows, its row groups ${inGroups}`);
  }
  for (const [index, group] of metadata.row_groups.entries()) {
    for (const { meta_data: column } of group.columns) {
      if (!column) throw new Error(`row group ${index + 1} has a column without a description`);
      const path = column.path_in_schema.join('.');
      if (!readable.has(column.codec)) {
        throw unreadable(file.name, {
          what: `The column “${path}” is packed with ${column.codec}, which Lapidary does not unpack.`,
          field: path,
          todo: `Write the file with one of ${[...readable].join(', ')}, or as CSV or JSONL.`,
        });
      }
      if (column.num_values < 0 || column.num_values > maxGroupRows * 8) {
        throw new Error(`the column “${path}” claims ${column.num_values} values`);
      }
      const start = Number(column.dictionary_page_offset ?? column.data_page_offset);
      if (start < 0 || start + Number(column.total_compressed_size) > size) {
        throw new Error(`the column “${path}” of row group ${index + 1} lies beyond the end of the file`);
      }
    }
    if (group.num_rows < 0 || group.num_rows > maxGroupRows) {
      throw new Error(`row group ${index + 1} claims ${group.num_rows} rows`);
    }
    if (Number(group.total_byte_size) > maxGroupBytes) {
      throw unreadable(file.name, {
        what: `Row group ${index + 1} unpacks to ${group.total_byte_size} bytes; at most 2 GiB are taken at once.`,
        todo: 'Write the file with smaller row groups (for example 100,000 rows), then import it again.',
      });
    }
  }
}

function topColumns(metadata: FileMetaData): string[] | null {
  const [group] = metadata.row_groups;
  if (!group) return null;
  const names = group.columns.map(({ meta_data: column }) => column?.path_in_schema[0] ?? '');
  return [...new Set(names)].filter((name) => name !== '');
}

async function* rowsOf(
  file: StoredFile,
  metadata: FileMetaData,
  listen: Listen = {},
): AsyncGenerator<readonly SourceRow[], void, void> {
  const before = await stat(file.path);
  const { buffer, close } = await fileBuffer(file);
  try {
    let start = 0;
    for (const group of metadata.row_groups) {
      listen.signal?.throwIfAborted();
      const count = Number(group.num_rows);
      const column = group.columns[0]?.meta_data;
      const byteOffset = Number(column?.dictionary_page_offset ?? column?.data_page_offset ?? 0);
      for (const { meta_data: one } of group.columns) if (one) await requireSanePages(buffer, one);
      const step = rowsAtOnce(count, Number(group.total_byte_size));
      for (let first = start; first < start + count; first += step) {
        const end = Math.min(first + step, start + count);
        const values = await readGroup(file, { buffer, metadata, start: first, end });
        yield* batchesOf(values, { first, byteOffset });
      }
      start += count;
      listen.onBytes?.(Math.min(before.size, byteOffset + Number(group.total_byte_size)));
    }
    const after = await stat(file.path);
    if (after.size !== before.size || after.mtimeMs !== before.mtimeMs)
      throw new Error('it was changed while it was read');
  } catch (error) {
    throw listen.signal?.aborted ? error : damaged(file.name, error);
  } finally {
    await close();
  }
}

/** Rows that are unpacked together: few where they are large. */
function rowsAtOnce(rows: number, groupBytes: number): number {
  const byBytes = Math.floor((rows * sliceBytes) / Math.max(1, groupBytes));
  return Math.max(batchRows, Math.min(sliceRows, byBytes));
}

function* batchesOf(
  values: readonly Record<string, unknown>[],
  { first, byteOffset }: { first: number; byteOffset: number },
): Generator<readonly SourceRow[], void, void> {
  for (let at = 0; at < values.length; at += batchRows) {
    yield values.slice(at, at + batchRows).map((value, index): SourceRow => {
      const number = first + at + index + 1;
      return { kind: 'row', number, byteOffset, value: plainRow(value), text: null };
    });
  }
}

type Group = { buffer: AsyncBuffer; metadata: FileMetaData; start: number; end: number };

async function readGroup(file: StoredFile, group: Group): Promise<Record<string, unknown>[]> {
  const { buffer, metadata, start, end } = group;
  try {
    const options = { file: buffer, metadata, rowStart: start, rowEnd: end, compressors };
    const rows = await parquetReadObjects(options);
    if (rows.length !== end - start) throw new Error(`${rows.length} of them are there`);
    return rows;
  } catch (error) {
    throw unreadable(file.name, {
      what: `Rows ${start + 1} to ${end} of the Parquet file cannot be unpacked: ${reasonOf(error)}.`,
      line: start + 1,
      todo: 'Fetch or write the file anew, then import it again.',
    });
  }
}

function damaged(file: string, error: unknown): unknown {
  if (error instanceof AppFailure) return error;
  return unreadable(file, {
    what: `The Parquet file cannot be read: ${reasonOf(error)}.`,
    todo: 'Fetch or write it anew, then import it again.',
  });
}

function plainRow(row: Record<string, unknown>): JsonObject {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]));
}

/** A value as JSON has it: whole numbers beyond 2^53 as text, times as ISO 8601, pictures as data: URLs, other bytes as base64. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Uint8Array) return pictureUrl(value) ?? Buffer.from(value).toString('base64');
  if (ArrayBuffer.isView(value)) return Array.from(value as Float32Array, plain);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  }
  return value ?? null;
}

const pictures: readonly { type: string; start: string }[] = [
  { type: 'image/png', start: '\x89PNG' },
  { type: 'image/jpeg', start: '\xff\xd8\xff' },
  { type: 'image/gif', start: 'GIF8' },
  { type: 'image/webp', start: 'RIFF' },
];

/** A picture's bytes as a `data:` URL; null for bytes of anything else. */
export function pictureUrl(bytes: Uint8Array): string | null {
  const start = Buffer.from(bytes.subarray(0, 4)).toString('latin1');
  const found = pictures.find((one) => start.startsWith(one.start));
  return found ? `data:${found.type};base64,${Buffer.from(bytes).toString('base64')}` : null;
}
