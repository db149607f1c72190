import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TextSpool } from '../../../shared/features/datasets/line-list.ts';

const pieceCharacters = 256 * 1024;
const chunkBytes = 1024 * 1024;
const lineFeed = 0x0a;

/** Spools in temporary files that only their owner can read; `free` deletes them. Throws what fs throws. */
export function createTextSpools() {
  const opened: (() => void)[] = [];
  return {
    open: (): TextSpool => {
      const folder = mkdtempSync(join(tmpdir(), 'lapidary-check-'));
      const file = openSync(join(folder, 'list'), 'w+', 0o600);
      opened.push(() => {
        closeSync(file);
        rmSync(folder, { recursive: true, force: true });
      });
      return openSpool(file);
    },
    free(): void {
      for (const free of opened.splice(0)) free();
    },
  };
}

/** One text of JSON a line. */
function openSpool(file: number): TextSpool {
  let waiting = '';
  let size = 0;
  const write = (): void => {
    const bytes = Buffer.from(waiting);
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at, size + at);
    size += bytes.length;
    waiting = '';
  };
  return {
    put(text) {
      waiting += `${text}\n`;
      if (waiting.length >= pieceCharacters) write();
    },
    *texts() {
      write();
      let rest = Buffer.alloc(0);
      for (let at = 0; at < size; ) {
        const chunk = Buffer.allocUnsafe(Math.min(chunkBytes, size - at));
        const read = readSync(file, chunk, 0, chunk.length, at);
        if (read === 0) return;
        at += read;
        const bytes = Buffer.concat([rest, chunk.subarray(0, read)]);
        let from = 0;
        for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, from)) {
          yield bytes.toString('utf8', from, end);
          from = end + 1;
        }
        rest = bytes.subarray(from);
      }
    },
  };
}
