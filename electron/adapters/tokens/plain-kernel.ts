import type { PlainLines } from '../../../shared/features/datasets/plain-lines.ts';
import { characterTable } from '../../../shared/features/quality/near-duplicates/characters.ts';
import { planSketches } from '../../../shared/features/quality/near-duplicates/sketch.ts';
import type { WasmExports } from './web-assembly.ts';

/** What the kernel exports about plain lines (electron/kernel/kernel.ts). */
export type PlainExports = WasmExports & {
  readPlain(size: number): number;
  countPlainO200k(messages: number): number;
  countPlainCl100k(messages: number): number;
  hashPlain(messages: number): void;
  canonicalPlain(): number;
  canonicalPlace(): number;
  messagesPlace(): number;
  factsPlace(): number;
  sketchPlain(messages: number): void;
  openUnits(): void;
};

export type PlainParts = {
  readonly kernel: PlainExports;
  readonly isO200k: boolean;
  /** Where a text of so many bytes is written. */
  readonly roomFor: (size: number) => Uint8Array;
};

/** Words of a message in the kernel's table: role, place, size, tokens. */
const words = 4;
/** Words of the two hashes, after which the length of the text and its sketch stand. */
const hashWords = 4;
const sketchWords = planSketches().words;
const brace = 0x7b;
/** Bytes of a text that has as many characters as a label may have at most, and as JSON with a label may have. */
const labelBytes = 40 * 3;
const labelJsonBytes = 2000 * 3;

/** The reader of plain lines that a kernel makes. */
export function createPlainLines({ kernel, isO200k, roomFor }: PlainParts): PlainLines {
  const places = {
    messages: kernel.messagesPlace() >>> 2,
    facts: kernel.factsPlace(),
    canonical: kernel.canonicalPlace(),
  };
  let bytes = Buffer.from(kernel.memory.buffer);
  let table = new Uint32Array(kernel.memory.buffer);
  let messages = 0;
  /** The views are new whenever the memory has grown. */
  const look = (): void => {
    if (bytes.buffer === kernel.memory.buffer) return;
    bytes = Buffer.from(kernel.memory.buffer);
    table = new Uint32Array(kernel.memory.buffer);
  };
  const wordOf = (message: number, word: number): number =>
    table[places.messages + message * words + word] ?? 0;
  const textOf = (message: number): string => {
    const start = wordOf(message, 1);
    return bytes.toString('utf8', start, start + wordOf(message, 2));
  };
  return {
    take(from, start, end) {
      roomFor(end - start).set(from.subarray(start, end));
      messages = kernel.readPlain(end - start);
      look();
      return messages;
    },
    countTexts() {
      const sum = isO200k ? kernel.countPlainO200k(messages) : kernel.countPlainCl100k(messages);
      look();
      return sum;
    },
    roleOf: (message) => wordOf(message, 0),
    tokensOf: (message) => wordOf(message, 3),
    textOf,
    labelText() {
      const start = wordOf(messages - 1, 1);
      return mayBeLabel(bytes, start, start + wordOf(messages - 1, 2)) ? textOf(messages - 1) : null;
    },
    canonical: () => bytes.subarray(places.canonical, places.canonical + kernel.canonicalPlain()),
    hash(into, at) {
      kernel.hashPlain(messages);
      for (let byte = 0; byte < 16; byte += 1) into[at + byte] = bytes[places.facts + byte] ?? 0;
    },
    openSketches() {
      const units = characterTable();
      roomFor(units.byteLength).set(new Uint8Array(units.buffer));
      kernel.openUnits();
    },
    sketch(into, at) {
      kernel.sketchPlain(messages);
      const from = (places.facts >>> 2) + hashWords;
      for (let word = 0; word < sketchWords; word += 1) into[at + word] = table[from + 1 + word] ?? 0;
      return table[from] ?? 0;
    },
  };
}

/** False for a text that is surely longer than a label, whatever blanks are around it. */
function mayBeLabel(bytes: Uint8Array, start: number, end: number): boolean {
  let [from, to] = [start, end];
  while (from < to && isBlank(bytes[from])) from += 1;
  while (from < to && isBlank(bytes[to - 1])) to -= 1;
  // There are blanks beyond ASCII too.
  if ((bytes[from] ?? 0) >= 0x80 || (bytes[to - 1] ?? 0) >= 0x80) return true;
  return to - from <= (bytes[from] === brace ? labelJsonBytes : labelBytes);
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || (byte !== undefined && byte >= 0x09 && byte <= 0x0d);
}
