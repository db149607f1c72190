import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { type Line, maxLineBytes } from '../../../shared/features/datasets/line-splitter.ts';
import { comparableText } from '../../../shared/features/quality/near-duplicates/comparable-text.ts';
import { areEqualValues } from '../../../shared/features/quality/near-duplicates/equal-values.ts';
import { exactGroupsOf, findFirsts } from '../../../shared/features/quality/near-duplicates/exact-groups.ts';
import { findNearGroups } from '../../../shared/features/quality/near-duplicates/near-groups.ts';
import { createNumberList } from '../../../shared/features/quality/near-duplicates/number-list.ts';
import { createSketcher, type SketchPlan } from '../../../shared/features/quality/near-duplicates/sketch.ts';
import {
  createSketchTable,
  type SketchTable,
} from '../../../shared/features/quality/near-duplicates/sketch-table.ts';
import { hashValue, NestedTooDeep } from '../../../shared/features/quality/near-duplicates/value-hash.ts';

export type DuplicateGroups = {
  /** Lines that are the same JSON value, ascending. */
  readonly exactGroups: { lines: number[] }[];
  /** Lines whose texts are alike; `similarity` is the smallest exact Jaccard of a line with the group's first. */
  readonly nearGroups: { lines: number[]; similarity: number }[];
  /** Lines that are not JSON (or not UTF-8, too long, too deep) and were compared with nothing. */
  readonly skipped: { count: number; first: { line: number; why: string } | null };
};

export type FileReading = {
  readLines(
    part: { path: string; start: number; end: number },
    onLine: (line: Line) => void,
    onChunk: (read: number) => void,
  ): number;
  decode(bytes: Uint8Array): string | null;
};

export type DuplicateSearch = {
  readonly path: string;
  readonly plan: SketchPlan;
  /** `read` while the file is read (bytes), `compared` while pairs are looked for. May throw to stop. */
  onProgress?(step: 'read' | 'compared', done: number, total: number): void;
};

/**
 * Groups of equal and of nearly equal lines of a JSONL file of any shape. Holds about 220 bytes a line and no text;
 * what must be compared is read from the file again. Blocking; throws what the file system throws.
 */
export function findDuplicatesInFile(reading: FileReading, search: DuplicateSearch): DuplicateGroups {
  const rows = readRows(reading, search);
  const file = openSync(search.path, 'r');
  try {
    const lines = createLineReader(file, rows, reading);
    const firsts = findFirsts({
      rows: rows.table.rows,
      hashOf: (row) => [rows.lowHashes.at(row), rows.highHashes.at(row)],
      areEqual: (one, other) => lines.areEqual(one, other),
    });
    const near = findNearGroups({
      plan: search.plan,
      table: rows.table,
      firstOf: (row) => firsts[row] ?? row,
      textOf: (row) => lines.text(row),
      onProgress: (done, total) => search.onProgress?.('compared', done, total),
    });
    const toLines = (group: readonly number[]): number[] => group.map((row) => rows.numbers.at(row));
    return {
      exactGroups: exactGroupsOf(firsts).map((group) => ({ lines: toLines(group) })),
      nearGroups: near.map((group) => ({ lines: toLines(group.rows), similarity: group.similarity })),
      skipped: rows.skipped,
    };
  } finally {
    closeSync(file);
  }
}

type NumberList = ReturnType<typeof createNumberList>;
type Rows = {
  readonly table: SketchTable;
  readonly numbers: NumberList;
  readonly offsets: NumberList;
  readonly sizes: NumberList;
  readonly lowHashes: NumberList;
  readonly highHashes: NumberList;
  readonly skipped: DuplicateGroups['skipped'];
};

const words = (length: number): Uint32Array => new Uint32Array(length);

function readRows(reading: FileReading, search: DuplicateSearch): Rows {
  const skipped: DuplicateGroups['skipped'] = { count: 0, first: null };
  const rows: Rows = {
    table: createSketchTable(search.plan),
    numbers: createNumberList(words),
    offsets: createNumberList((length) => new Float64Array(length)),
    sizes: createNumberList(words),
    lowHashes: createNumberList(words),
    highHashes: createNumberList(words),
    skipped,
  };
  const sketcher = createSketcher(search.plan);
  const total = statSync(search.path).size;
  const add = (line: Line): void => {
    const parsed = parseLine(line, reading);
    if (parsed === null) return;
    if (typeof parsed === 'string') {
      skipped.count += 1;
      skipped.first ??= { line: line.number, why: parsed };
      return;
    }
    const { chunk, at } = rows.table.next();
    sketcher.sketch(comparableText(parsed.value), chunk, at);
    rows.numbers.push(line.number);
    rows.offsets.push(line.byteOffset);
    rows.sizes.push(line.bytes.length);
    rows.lowHashes.push(parsed.hash[0]);
    rows.highHashes.push(parsed.hash[1]);
  };
  reading.readLines({ path: search.path, start: 0, end: total }, add, (read) =>
    search.onProgress?.('read', read, total),
  );
  return rows;
}

type Parsed = { value: unknown; hash: readonly [number, number] };

/** A line's value; null for a blank line; the reason why it cannot be compared. */
function parseLine(line: Line, reading: FileReading): Parsed | string | null {
  if (line.isTooLong) return `it has ${line.sizeBytes} bytes; at most ${maxLineBytes} are read`;
  const text = reading.decode(line.bytes);
  if (text === null) return 'it is not valid UTF-8';
  if (/^[ \t\r]*$/.test(text)) return null;
  try {
    const value: unknown = JSON.parse(text);
    return { value, hash: hashValue(value) };
  } catch (error) {
    return error instanceof NestedTooDeep ? 'it is nested too deep' : 'it is not valid JSON';
  }
}

/** Reads lines again by their place in the file; a file that changed meanwhile gives values like nothing else. */
function createLineReader(file: number, rows: Rows, reading: FileReading) {
  let held: { row: number; bytes: Buffer<ArrayBufferLike> } = { row: -1, bytes: Buffer.alloc(0) };
  const bytesOf = (row: number): Buffer<ArrayBufferLike> => {
    if (held.row === row) return held.bytes;
    const bytes = Buffer.allocUnsafe(rows.sizes.at(row));
    const read = readSync(file, bytes, 0, bytes.length, rows.offsets.at(row));
    return bytes.subarray(0, read);
  };
  const readValue = (bytes: Buffer): unknown => {
    try {
      return JSON.parse(reading.decode(bytes) ?? '');
    } catch {
      return undefined;
    }
  };
  return {
    text: (row: number): string => comparableText(readValue(bytesOf(row))),
    areEqual(one: number, other: number): boolean {
      const [a, b] = [bytesOf(one), bytesOf(other)];
      // The first of many repeats is asked for again and again.
      held = { row: other, bytes: b };
      if (a.equals(b)) return true;
      const value = readValue(a);
      return value !== undefined && areEqualValues(value, readValue(b));
    },
  };
}
