import type { PlainLines } from '../../../shared/features/datasets/plain-lines.ts';
import type { Encoding } from '../../../shared/tokens/encodings.ts';
import { createPlainLines, type PlainExports } from './plain-kernel.ts';
import { type WasmModule, webAssembly } from './web-assembly.ts';

/** One kernel with one vocabulary. It holds one text at a time: what is written last. */
export type TokenKernel = {
  /** Writes a text as UTF-8, lone surrogates as U+FFFD; answers its size. */
  writeText(text: string): number;
  writeBytes(bytes: Uint8Array, start: number, end: number): number;
  /** Tokens of the text of this size. */
  count(size: number): number;
  /** Reads plain lines; they take the place of the text. */
  readonly plain: PlainLines;
};

/** What electron/kernel/kernel.ts exports. */
type KernelExports = PlainExports & {
  reserve(size: number): number;
  openTables(): void;
  countO200k(size: number): number;
  countCl100k(size: number): number;
};

/** Longer texts are measured before they are written; shorter ones get room for the most they can be. */
const roomBytes = 3 << 20;

/** Starts a kernel and gives it the tables of its vocabulary. */
export function openKernel(parts: {
  module: WasmModule;
  encoding: Encoding;
  tables: Uint8Array;
}): TokenKernel {
  const { exports: kernel } = new webAssembly.Instance<KernelExports>(parts.module);
  const place = kernel.reserve(Math.max(roomBytes, parts.tables.length));
  let room = Buffer.from(kernel.memory.buffer, place);
  /** The room for a text: the view is new whenever the memory has grown, here or while a long piece was merged. */
  const roomFor = (size: number): Buffer => {
    if (room.length < size) kernel.reserve(size);
    if (room.buffer !== kernel.memory.buffer) room = Buffer.from(kernel.memory.buffer, place);
    return room;
  };
  roomFor(parts.tables.length).set(parts.tables);
  kernel.openTables();
  const isO200k = parts.encoding === 'o200k_base';
  return {
    plain: createPlainLines({ kernel, isO200k, roomFor }),
    writeText(text) {
      const most = text.length * 3;
      return roomFor(most <= roomBytes ? most : Buffer.byteLength(text)).write(text, 0, 'utf8');
    },
    writeBytes(bytes, start, end) {
      roomFor(end - start).set(bytes.subarray(start, end));
      return end - start;
    },
    count: isO200k ? (size) => kernel.countO200k(size) : (size) => kernel.countCl100k(size),
  };
}
