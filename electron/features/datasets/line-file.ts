import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import { createLineSplitter, type Line } from '../../../shared/features/datasets/line-splitter.ts';

const chunkBytes = 1024 * 1024;

/** Bytes of a file, from the line that begins at or after `start` to the last that begins before `end`. */
export type FilePart = { readonly path: string; readonly start: number; readonly end: number };

/** Decodes UTF-8, or null when a byte does not fit. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  return isUtf8(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8') : null;
}

/**
 * Reads the lines that begin inside a part of a file, in constant memory. Line numbers count from the part's first line;
 * answers how many physical lines the part has. `onChunk` gets the bytes read so far and may stop by throwing.
 */
export function readLines(
  part: FilePart,
  onLine: (line: Line) => void,
  onChunk: (readBytes: number) => void = () => {},
): number {
  const file = openSync(part.path, 'r');
  try {
    const start = part.start === 0 ? 0 : lineStart(file, part.start);
    let lines = 0;
    let isPast = false;
    const splitter = createLineSplitter((line) => {
      if (isPast || line.byteOffset >= part.end) {
        isPast = true;
        return;
      }
      lines += 1;
      onLine(line);
    }, start);
    const buffer = new Uint8Array(chunkBytes);
    let at = start;
    while (!isPast && start < part.end) {
      const read = readSync(file, buffer, 0, chunkBytes, at);
      if (read === 0) break;
      splitter.push(buffer.subarray(0, read));
      at += read;
      onChunk(Math.min(at, part.end) - part.start);
    }
    if (!isPast && start < part.end) splitter.end();
    return lines;
  } finally {
    closeSync(file);
  }
}

/** Offset of the first line that begins at or after `offset`. */
function lineStart(file: number, offset: number): number {
  const buffer = new Uint8Array(chunkBytes);
  let at = offset - 1;
  for (;;) {
    const read = readSync(file, buffer, 0, chunkBytes, at);
    if (read === 0) return at;
    const found = buffer.subarray(0, read).indexOf(0x0a);
    if (found >= 0) return at + found + 1;
    at += read;
  }
}
