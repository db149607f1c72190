import type { AsyncBuffer, ColumnMetaData } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { reasonOf } from './read-failures.ts';

const headBytes = 16 * 1024;
/** A header may hold the smallest and greatest value of its page, which may be long. */
const maxHeadBytes = 16 * 1024 * 1024;
export const maxPageBytes = 1024 ** 3;

/**
 * Walks over the pages of a column of a row group without unpacking them. Throws an Error with the byte of the first page
 * that leads backwards, out of the column, or claims more than the table of contents says: reading on from there would
 * never end, or end in all the memory there is.
 */
export async function requireSanePages(file: AsyncBuffer, column: ColumnMetaData): Promise<void> {
  const start = Number(column.dictionary_page_offset ?? column.data_page_offset);
  const end = start + Number(column.total_compressed_size);
  const path = column.path_in_schema.join('.');
  const wanted = Number(column.num_values);
  let values = 0;
  let at = start;
  while (at < end && values < wanted) {
    const fail = (why: string): Error => new Error(`the page of column “${path}” at byte ${at} ${why}`);
    const { page, length } = await headerAt(file, { at, end }).catch((error: unknown) => {
      throw fail(`has a damaged header (${reasonOf(error)})`);
    });
    const packed = page.compressed_page_size;
    const count = valuesIn(page);
    if (count === null) throw fail('has a damaged header');
    if (!isCount(packed) || at + length + packed > end) {
      throw fail(`claims ${packed} bytes, which lie outside of the column`);
    }
    if (!isCount(page.uncompressed_page_size) || page.uncompressed_page_size > maxPageBytes) {
      throw fail(`claims to unpack to ${page.uncompressed_page_size} bytes`);
    }
    const isDictionary = page.type === 'DICTIONARY_PAGE';
    // Each value of a dictionary takes room in its page.
    const most = isDictionary ? page.uncompressed_page_size : wanted - values;
    if (count > most) throw fail(`claims ${count} values; there can be ${most}`);
    if (!isDictionary) values += count;
    at += length + packed;
  }
  if (values < wanted) throw new Error(`column “${path}” has ${values} values instead of ${wanted}`);
}

type PageHeader = ReturnType<typeof parquetHeader>;

/** How many values a page says it has; null when its header lacks what the reading of its kind relies on. */
function valuesIn(page: PageHeader): number | null {
  const head = headOf(page);
  if (head === null || !isCount(head.num_values) || head.encoding === undefined) return null;
  if (!('num_rows' in head)) return head.num_values;
  const { definition_levels_byte_length: defined, repetition_levels_byte_length: repeated } = head;
  const isSane =
    isCount(defined) &&
    isCount(repeated) &&
    defined + repeated <= page.compressed_page_size &&
    isCount(head.num_nulls) &&
    head.num_nulls <= head.num_values &&
    isCount(head.num_rows) &&
    head.num_rows <= head.num_values;
  return isSane ? head.num_values : null;
}

function headOf(page: PageHeader) {
  if (page.type === 'DATA_PAGE') return page.data_page_header ?? null;
  if (page.type === 'DATA_PAGE_V2') return page.data_page_header_v2 ?? null;
  return page.type === 'DICTIONARY_PAGE' ? (page.dictionary_page_header ?? null) : null;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

async function headerAt(file: AsyncBuffer, { at, end }: { at: number; end: number }) {
  for (let size = headBytes; ; size *= 16) {
    const bytes = await file.slice(at, Math.min(end, at + size));
    const reader = { view: new DataView(bytes), offset: 0 };
    try {
      return { page: parquetHeader(reader), length: reader.offset };
    } catch (error) {
      if (bytes.byteLength < size || size >= maxHeadBytes) throw error;
    }
  }
}
