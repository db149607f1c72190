import { firstInvalidUtf8 } from '../../../shared/features/datasets/utf8.rules.ts';
import {
  CsvRecords,
  type CsvOptions,
  type CsvProblem,
  type CsvRecord,
} from '../../../shared/features/imports/csv-records.ts';
import { keptRawBytes, type SourceBatches, type SourceRow } from '../../core/source-rows.ts';
import type { Bytes } from './byte-stream.ts';
import { decodeUtf8 } from './decode-utf8.ts';
import { drive } from './text-rows.ts';

export type CsvShape = CsvOptions & {
  readonly hasHeader: boolean;
  readonly columns: readonly string[];
  /** Whether the first line is `sep=;`, by which spreadsheet programs tell each other the delimiter. */
  readonly isMarked: boolean;
};

/** Where the text begins in its file (after a byte order mark), and the length of a text there when it is not UTF-8. */
export type CsvPlaces = { readonly start: number; readonly measure: ((text: string) => number) | null };

const candidates = [',', ';', '\t', '|'] as const;

/**
 * Finds out delimiter, line end and columns from the first bytes of a text (UTF-8). A delimiter counts when it cuts most
 * records into the same number of fields, more than one; the comma when none does.
 */
export function sniffCsv(
  head: Uint8Array,
  choices: { delimiter: string | null; hasHeader: boolean | null; isWhole: boolean },
): CsvShape {
  const text = Buffer.from(head)
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '');
  const newline = text.includes('\n') || !text.includes('\r') ? '\n' : '\r';
  const scored = candidates.map((delimiter) => ({
    delimiter,
    ...score(text, { delimiter, newline }, choices.isWhole),
  }));
  const best = scored.reduce((one, other) => (other.score > one.score ? other : one));
  const mark = /^sep=([,;|\t])\r?(?:[\n\r]|$)/i.exec(text);
  const isMarked = mark !== null;
  const delimiter = choices.delimiter ?? mark?.[1] ?? best.delimiter;
  const [first] = records(text, { delimiter, newline }, choices.isWhole).slice(isMarked ? 1 : 0);
  const cells = (first ?? []).map((cell) => utf8(cell));
  const hasHeader = choices.hasHeader ?? looksLikeHeader(cells);
  return {
    delimiter,
    newline,
    hasHeader,
    columns: hasHeader ? named(cells) : named(cells.map(() => '')),
    isMarked,
  };
}

function records(text: string, options: CsvOptions, isWhole: boolean): string[][] {
  const found: string[][] = [];
  const reader = new CsvRecords(options, (one) => one.kind === 'record' && found.push([...one.fields]));
  reader.push(text);
  // The last record of a part may be cut: it only counts when nothing follows.
  if (isWhole || found.length === 0) reader.end();
  return found;
}

function score(text: string, options: CsvOptions, isWhole: boolean): { score: number } {
  const found = records(text, options, isWhole).slice(0, 200);
  const [first] = found;
  if (!first || first.length < 2) return { score: 0 };
  const same = found.filter((one) => one.length === first.length).length / found.length;
  return { score: same * same * Math.min(first.length, 50) };
}

/** A first row of short, non-numeric cells is a header. */
function looksLikeHeader(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '');
  if (filled.length === 0) return false;
  return filled.every(
    (cell) => cell.length <= 80 && !/^\s*[-+]?[\d.,]+\s*$/.test(cell) && !cell.includes('\n'),
  );
}

/** Column names that are there and different: `column 3` for an empty one, `name (2)` for a repeated one. */
export function named(cells: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return cells.map((cell, index) => {
    const name = cell.trim() || `column ${index + 1}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

/** Text kept as one character per byte, as text. */
function utf8(text: string): string {
  return isAscii(text) ? text : Buffer.from(text, 'latin1').toString('utf8');
}

function isAscii(text: string): boolean {
  return !/[\u0080-\u00ff]/.test(text);
}

/**
 * Rows of a CSV in UTF-8. The bytes are cut as one character each, so that every place is exact; a field is decoded when
 * its record is whole.
 */
export function csvRows(bytes: Bytes, shape: CsvShape, places: CsvPlaces): SourceBatches {
  let headRecords = (shape.isMarked ? 1 : 0) + (shape.hasHeader ? 1 : 0);
  const place = createPlaces(places);
  return drive(bytes, (emit) => {
    const reader = new CsvRecords(shape, (found) => {
      const byteOffset = place(found);
      if (headRecords > 0 && found.kind === 'record') {
        headRecords -= 1;
        return;
      }
      emit(
        found.kind === 'record' ? ofRecord(found, byteOffset, shape.columns) : ofProblem(found, byteOffset),
      );
    });
    return {
      push: (piece) =>
        reader.push(Buffer.from(piece.buffer, piece.byteOffset, piece.length).toString('latin1')),
      end: () => reader.end(),
    };
  });
}

function createPlaces({ start, measure }: CsvPlaces): (found: CsvRecord | CsvProblem) => number {
  if (!measure) return (found) => found.offset + start;
  let known = { utf8: 0, file: start };
  return (found) => {
    // What lies between two records (line ends, blank lines) is ASCII.
    const file = known.file + measure(' '.repeat(Math.max(0, found.offset - known.utf8)));
    known = { utf8: found.offset + found.raw.length, file: file + measure(utf8(found.raw)) };
    return file;
  };
}

function ofProblem(found: CsvProblem, byteOffset: number): SourceRow {
  const { line, code, message } = found;
  return { kind: 'quarantined', number: line, byteOffset, code, message, raw: utf8(found.raw) };
}

function ofRecord(found: CsvRecord, byteOffset: number, columns: readonly string[]): SourceRow {
  const { line: number, fields } = found;
  const isText = isAscii(found.raw);
  const raw = (): string => utf8(found.raw.slice(0, keptRawBytes));
  if (!isText && decodeUtf8(Buffer.from(found.raw, 'latin1')) === null) {
    const at = firstInvalidUtf8(Buffer.from(found.raw, 'latin1'));
    const byte = found.raw.charCodeAt(at).toString(16).toUpperCase().padStart(2, '0');
    const message = `Not valid UTF-8: byte 0x${byte} at byte ${byteOffset + at} of the file. Import it once more with another encoding, or mend the row.`;
    return { kind: 'quarantined', number, byteOffset, code: 'invalid_utf8', message, raw: raw() };
  }
  const extra = fields.slice(columns.length);
  if (extra.some((cell) => cell.trim() !== '')) {
    const message = `The row has ${fields.length} fields, the header ${columns.length}: the cells cannot be told apart. Put text that holds the delimiter in quotes.`;
    return { kind: 'quarantined', number, byteOffset, code: 'csv_too_many_fields', message, raw: raw() };
  }
  const cells: [string, string][] = [];
  for (const [index, name] of columns.entries()) {
    const cell = fields[index];
    if (cell !== undefined) cells.push([name, isText ? cell : utf8(cell)]);
  }
  return { kind: 'row', number, byteOffset, value: Object.fromEntries(cells), text: null };
}
