import { createLineSplitter, type Line } from '../../../shared/features/datasets/line-splitter.ts';
import { type QuarantineCode, readLine } from '../../../shared/features/datasets/read-line.ts';
import {
  JsonItems,
  type JsonItem,
  type JsonItemProblem,
} from '../../../shared/features/imports/json-items.ts';
import { keptRawBytes, type SourceBatches, type SourceRow } from '../../core/source-rows.ts';
import type { Bytes } from './byte-stream.ts';
import { decodeUtf8 } from './decode-utf8.ts';

/** A parser that is fed bytes and hands over what became whole. */
type Parser = { push(bytes: Uint8Array): void; end(): void };

/** Runs a parser over a stream; each batch is what one piece of it completed. */
export async function* drive(
  bytes: Bytes,
  create: (emit: (item: SourceRow) => void) => Parser,
): AsyncGenerator<readonly SourceRow[], void, void> {
  let batch: SourceRow[] = [];
  const parser = create((item) => void batch.push(item));
  const taken = (): SourceRow[] => {
    const full = batch;
    batch = [];
    return full;
  };
  for await (const piece of bytes) {
    parser.push(piece);
    if (batch.length > 0) yield taken();
  }
  parser.end();
  if (batch.length > 0) yield taken();
}

/** Rows of a file with one JSON object a line. */
export function jsonlRows(bytes: Bytes): SourceBatches {
  return drive(bytes, (emit) =>
    createLineSplitter((line) => {
      const item = ofLine(line, line.number);
      if (item) emit(item);
    }),
  );
}

/** Reads bytes as one JSON object; null for blank ones. `number` is the row's number in its source. */
function ofLine(line: Line, number: number): SourceRow | null {
  const reading = readLine(line, decodeUtf8);
  if (reading.kind === 'blank') return null;
  const place = { number, byteOffset: line.byteOffset };
  if (reading.kind === 'example') return { kind: 'row', ...place, value: reading.value, text: reading.text };
  const { code, message }: { code: QuarantineCode; message: string } = reading;
  return { kind: 'quarantined', ...place, code, message, raw: shown(line.bytes) };
}

/** Rows of a JSON array or of JSON values in a row; a row's number is that of its item, the message has its line. */
export function jsonRows(bytes: Bytes, start?: { inArray: boolean; offset: number }): SourceBatches {
  return drive(bytes, (emit) => {
    let number = 0;
    const base = start?.offset ?? 0;
    return new JsonItems((found) => {
      number += 1;
      const item = ofJson(found, number, base);
      if (item) emit(item);
    }, start);
  });
}

function ofJson(found: JsonItem | JsonItemProblem, number: number, base: number): SourceRow | null {
  const byteOffset = found.offset + base;
  const place = `Item ${number} (line ${found.physicalLine} of the file): `;
  if (found.kind === 'problem') {
    const { code, raw } = found;
    return { kind: 'quarantined', number, byteOffset, code, message: place + found.message, raw: shown(raw) };
  }
  const { bytes } = found;
  const item = ofLine({ number, byteOffset, bytes, sizeBytes: bytes.length, isTooLong: false }, number);
  if (item?.kind === 'quarantined') return { ...item, message: place + item.message };
  // An item may stand over several lines: its text is no line.
  return item && { ...item, text: null };
}

/** What a person sees of bytes that did not become a row. */
export function shown(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, keptRawBytes)).toString('utf8');
}

/** Leaves out the first bytes of a stream. */
export async function* after(bytes: Bytes, count: number): AsyncGenerator<Uint8Array, void, void> {
  let left = count;
  for await (const piece of bytes) {
    const skipped = Math.min(left, piece.length);
    left -= skipped;
    if (skipped < piece.length) yield piece.subarray(skipped);
  }
}
