import type { Encoding } from '../../../shared/tokens/encodings.ts';
import { sketchSize } from '../../../shared/tokens/text-sketch.ts';
import { type WasmExports, type WasmModule, webAssembly } from './web-assembly.ts';

/** One kernel with one vocabulary. It holds one text at a time: what is written last. */
export type TokenKernel = {
  /** Writes a text as UTF-8, lone surrogates as U+FFFD; answers its size. */
  writeText(text: string): number;
  writeBytes(bytes: Uint8Array, start: number, end: number): number;
  /** Tokens of the text of this size. */
  count(size: number): number;
  /** The low half of the hash of the text of this size, and then the high half. */
  hash(size: number): number;
  hashHigh(): number;
  beginSketch(): void;
  addToSketch(size: number): void;
  endSketch(into: Uint32Array, at: number): number;
};

/** What electron/kernel/kernel.ts exports. */
type KernelExports = WasmExports & {
  reserve(size: number): number;
  openTables(): void;
  countO200k(size: number): number;
  countCl100k(size: number): number;
  hashText(size: number): number;
  hashHigh(): number;
  beginSketch(): void;
  addToSketch(size: number): void;
  endSketch(): number;
  sketchPlace(): number;
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
  return {
    hash: (size) => kernel.hashText(size),
    hashHigh: () => kernel.hashHigh(),
    beginSketch: () => kernel.beginSketch(),
    addToSketch: (size) => kernel.addToSketch(size),
    endSketch(into, at) {
      const shingles = kernel.endSketch();
      const place = kernel.sketchPlace();
      if (shingles > 0) into.set(new Uint32Array(kernel.memory.buffer, place, sketchSize), at);
      return shingles;
    },
    writeText(text) {
      const most = text.length * 3;
      return roomFor(most <= roomBytes ? most : Buffer.byteLength(text)).write(text, 0, 'utf8');
    },
    writeBytes(bytes, start, end) {
      roomFor(end - start).set(bytes.subarray(start, end));
      return end - start;
    },
    count:
      parts.encoding === 'o200k_base'
        ? (size) => kernel.countO200k(size)
        : (size) => kernel.countCl100k(size),
  };
}
