import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { tableColumns } from '../../../shared/features/formats/flat-table.codec.ts';
import { csvLine, safeCell } from '../../../shared/features/formats/table-cells.rules.ts';
import type { OpenRowFile, OutgoingRow, RowFile } from '../../core/row-files.ts';
import { syncFolder } from '../files/atomic-files.ts';
import type { Body } from './body.ts';
import { createParquetBody } from './parquet-body.ts';

/** Opens a file of rows: a temporary file in the same folder, fsync, rename and fsync of the folder. */
export const openRowFile: OpenRowFile = async (path, container, hasMark = false) => {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `.${basename(path)}.${randomUUID()}.tmp`);
  const plain = bodies[container]();
  const body = hasMark ? { ...plain, begin: () => Buffer.concat([byteOrderMark, plain.begin()]) } : plain;
  const handle = await open(temporary, 'wx', 0o600);
  return new AtomicRowFile({ path, temporary, handle, body });
};

class AtomicRowFile implements RowFile {
  readonly #at: { path: string; temporary: string; handle: FileHandle; body: Body };
  readonly #hash = createHash('sha256');
  #sizeBytes = 0;
  #isBegun = false;
  #isOpen = true;

  constructor(at: { path: string; temporary: string; handle: FileHandle; body: Body }) {
    this.#at = at;
  }

  async write(rows: readonly OutgoingRow[]): Promise<void> {
    await this.#begin();
    await this.#append(this.#at.body.rows(rows));
  }

  async commit(): Promise<{ sha256: string; sizeBytes: number }> {
    await this.#begin();
    await this.#append(this.#at.body.end());
    await this.#at.handle.sync();
    await this.#close();
    await rename(this.#at.temporary, this.#at.path);
    await syncFolder(dirname(this.#at.path));
    return { sha256: this.#hash.digest('hex'), sizeBytes: this.#sizeBytes };
  }

  async abandon(): Promise<void> {
    await this.#close();
    await rm(this.#at.temporary, { force: true });
  }

  async #begin(): Promise<void> {
    if (this.#isBegun) return;
    this.#isBegun = true;
    await this.#append(this.#at.body.begin());
  }

  async #append(bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0) return;
    const writing = this.#at.handle.writeFile(bytes);
    // While another thread writes.
    this.#hash.update(bytes);
    await writing;
    this.#sizeBytes += bytes.length;
  }

  async #close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#at.handle.close();
  }
}

const nothing = new Uint8Array(0);
const lineFeed = Buffer.from('\n');
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

const bodies: Readonly<Record<Parameters<OpenRowFile>[1], () => Body>> = {
  jsonl: () => ({ begin: () => nothing, rows: linesOf, end: () => nothing }),
  json: createListBody,
  csv: createCsvBody,
  parquet: createParquetBody,
};

function linesOf(rows: readonly OutgoingRow[]): Uint8Array {
  if (rows.every(({ bytes }) => bytes !== null)) {
    return Buffer.concat(rows.flatMap(({ bytes }) => [bytes ?? nothing, lineFeed]));
  }
  if (rows.every(({ bytes }) => bytes === null)) {
    return Buffer.from(rows.map(({ value }) => `${JSON.stringify(value)}\n`).join(''));
  }
  return Buffer.concat(rows.flatMap((row) => [jsonOf(row), lineFeed]));
}

function jsonOf(row: OutgoingRow): Uint8Array {
  return row.bytes ?? Buffer.from(JSON.stringify(row.value));
}

function createListBody(): Body {
  let written = 0;
  return {
    begin: () => Buffer.from('['),
    rows: (rows) =>
      Buffer.concat(
        rows.flatMap((row) => {
          written += 1;
          return [Buffer.from(written === 1 ? '\n' : ',\n'), jsonOf(row)];
        }),
      ),
    end: () => Buffer.from('\n]\n'),
  };
}

function createCsvBody(): Body {
  return {
    begin: () => Buffer.from(`${csvLine(tableColumns)}\r\n`),
    rows: (rows) => Buffer.from(rows.map((row) => `${csvLine(cellsOf(row))}\r\n`).join('')),
    end: () => nothing,
  };
}

function cellsOf({ value }: OutgoingRow): string[] {
  return tableColumns.map((column) => {
    if (column === 'formula_safe') return 'yes';
    const cell = value?.[column];
    return typeof cell === 'string' ? safeCell(cell) : '';
  });
}
