import { readSync } from 'node:fs';
import { openSpool } from '../../core/spool-cipher.ts';
import {
  keptOfLongLineBytes,
  maxLineBytes,
  type Line,
} from '../../../shared/features/datasets/line-splitter.ts';
import type { TakeBuffer } from './buffer-pool.ts';

/** A file that is read in parts of one size; a line belongs to the part it begins in. */
export type PartedFile = {
  readonly handle: number;
  readonly sizeBytes: number;
  readonly partBytes: number;
  /** Where the memory for a part comes from; made anew when absent. */
  readonly takeBuffer?: TakeBuffer;
  /** What the file is encrypted with; see spool-cipher.ts. */
  readonly key?: string;
};

/** The lines that begin in one part; `bytes` of a line are views into `buffer`, its `number` counts from 1 in the part. */
export type PartLines = { readonly buffer: OwnBuffer; readonly lines: readonly Line[] };

/** A buffer over memory that it shares with no other, so that it can be moved to another thread. */
export type OwnBuffer = Buffer<ArrayBuffer>;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
/** Read beyond the part at once, because its last line usually ends soon after. */
const tailBytes = 32 * 1024;
const blockBytes = 1024 * 1024;

/** How many parts a file has. */
export function countParts(sizeBytes: number, partBytes: number): number {
  return Math.ceil(sizeBytes / partBytes);
}

/**
 * Reads the lines that begin in a part: LF and CRLF end a line, a UTF-8 BOM at the start of the file is skipped, a line
 * longer than `maxLineBytes` is told with its first bytes only and never held as a whole.
 */
export function readPart(file: PartedFile, index: number): PartLines {
  const start = index * file.partBytes;
  const end = Math.min(file.sizeBytes, start + file.partBytes);
  // The byte before the part tells whether a line begins with it.
  const base = start === 0 ? 0 : start - 1;
  const range = { from: base, to: Math.min(file.sizeBytes, end + tailBytes) };
  const window = { file, base, buffer: readAt(file, range, file.takeBuffer) };
  const lines: Line[] = [];
  let at = 0;
  if (start > 0) {
    const before = window.buffer.indexOf(lineFeed);
    at = before < 0 ? window.buffer.length : before + 1;
  }
  while (base + at < end && at < window.buffer.length) {
    const found = findLineEnd(window, at);
    lines.push(lineAt(window, { at, ...found, number: lines.length + 1 }));
    at = found.next;
  }
  return { buffer: window.buffer, lines };
}

type Window = { readonly file: PartedFile; readonly base: number; buffer: OwnBuffer };

type ByteRange = { readonly from: number; readonly to: number };

/** Bytes from `from` up to `to`; fewer when the file has become shorter. */
function readAt({ handle, key }: PartedFile, { from, to }: ByteRange, takeBuffer?: TakeBuffer): OwnBuffer {
  const length = Math.max(0, to - from);
  const buffer = takeBuffer ? Buffer.from(takeBuffer(length), 0, length) : Buffer.allocUnsafeSlow(length);
  let filled = 0;
  while (filled < buffer.length) {
    const read = readSync(handle, buffer, filled, buffer.length - filled, from + filled);
    if (read === 0) break;
    filled += read;
  }
  const all = filled === length ? buffer : buffer.subarray(0, filled);
  if (key !== undefined) all.set(openSpool(key, from).update(all));
  return all;
}

type LineEnd = { end: number; next: number; hasLineFeed: boolean };

/** Where the line that begins at `at` ends, reading on as far as needed. Indexes may lie beyond the window's buffer. */
function findLineEnd(window: Window, at: number): LineEnd {
  let searched = at;
  for (;;) {
    const found = window.buffer.indexOf(lineFeed, searched);
    if (found >= 0) return { end: found, next: found + 1, hasLineFeed: true };
    const { length } = window.buffer;
    const offset = window.base + length;
    if (offset >= window.file.sizeBytes) return { end: length, next: length, hasLineFeed: false };
    if (length - at > maxLineBytes) return skipLongLine(window, offset);
    const more = readAt(window.file, {
      from: offset,
      to: Math.min(window.file.sizeBytes, offset + Math.max(tailBytes, length)),
    });
    if (more.length === 0) return { end: length, next: length, hasLineFeed: false };
    searched = length;
    const longer = Buffer.allocUnsafeSlow(length + more.length);
    longer.set(window.buffer);
    longer.set(more, length);
    window.buffer = longer;
  }
}

function skipLongLine(window: Window, from: number): LineEnd {
  let offset = from;
  while (offset < window.file.sizeBytes) {
    const block = readAt(window.file, {
      from: offset,
      to: Math.min(window.file.sizeBytes, offset + blockBytes),
    });
    if (block.length === 0) break;
    const found = block.indexOf(lineFeed);
    if (found >= 0) {
      const end = offset + found - window.base;
      return { end, next: end + 1, hasLineFeed: true };
    }
    offset += block.length;
  }
  const end = offset - window.base;
  return { end, next: end, hasLineFeed: false };
}

function lineAt(window: Window, place: LineEnd & { at: number; number: number }): Line {
  const { buffer, base } = window;
  const { at, end, number } = place;
  const sizeBytes = end - at;
  const isTooLong = sizeBytes > maxLineBytes;
  const bom = base + at === 0 && buffer.length >= 3 && buffer.readUIntBE(0, 3) === 0xefbbbf ? 3 : 0;
  let stop = isTooLong ? at + keptOfLongLineBytes : end;
  if (!isTooLong && place.hasLineFeed && stop > at && buffer[stop - 1] === carriageReturn) stop -= 1;
  const from = Math.min(at + bom, stop);
  return { number, byteOffset: base + at + bom, bytes: buffer.subarray(from, stop), sizeBytes, isTooLong };
}
