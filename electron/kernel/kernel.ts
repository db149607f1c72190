import { hashAt, lastHigh } from './hash.ts';
import { setTextEnd } from './heap.ts';
import { byteTokens, classes, input, reserveUpTo, sketch } from './layout.ts';
import { addPair, fillBytePairs } from './merge.ts';
import { addPiece, longestKept, tokensOf } from './pieces.ts';
import { endCl100k, endO200k } from './scanner.ts';
import { add, begin, finish, openWordBytes } from './sketch.ts';

// The token kernel: TypeScript that AssemblyScript compiles to WebAssembly when the program is built. The host writes a
// text at `reserve(size)` and asks about it. Its plain twins are in shared/tokens; tests compare them.

/** Makes room for a text of `size` bytes; answers where to write it. Views on the memory may be detached by this. */
export function reserve(size: u32): usize {
  reserveUpTo(input + size);
  return input;
}

/** Tokens of the text of `size` bytes in o200k_base; its tables must be open. */
export function countO200k(size: u32): u32 {
  const end = input + size;
  closeText(end);
  let tokens: u32 = 0;
  for (let at = input; at < end; ) {
    const stop = endO200k(at, end);
    tokens += tokensOf(at, (stop - at) as u32);
    at = stop;
  }
  return tokens;
}

/** Tokens of the text of `size` bytes in cl100k_base; its tables must be open. */
export function countCl100k(size: u32): u32 {
  const end = input + size;
  closeText(end);
  let tokens: u32 = 0;
  for (let at = input; at < end; ) {
    const stop = endCl100k(at, end);
    tokens += tokensOf(at, (stop - at) as u32);
    at = stop;
  }
  return tokens;
}

/** The low half of the 64-bit hash of the text of `size` bytes. */
export function hashText(size: u32): u32 {
  closeText(input + size);
  return hashAt(input, size);
}

/** The high half of the hash computed last. */
export function hashHigh(): u32 {
  return lastHigh();
}

/** Begins a sketch. */
export function beginSketch(): void {
  begin();
}

/** Adds the words of the text of `size` bytes. */
export function addToSketch(size: u32): void {
  add(input, size);
}

/** Ends the sketch; answers the number of its shingles. */
export function endSketch(): u32 {
  return finish();
}

/** Where the 128 values of a sketch are. */
export function sketchPlace(): usize {
  return sketch;
}

function closeText(end: usize): void {
  v128.store(end, i64x2.splat(0));
  setTextEnd(end);
}

/** Reads the packed tables (shared/tokens/token-tables.ts) that were written as a text; once in the life of a kernel. */
export function openTables(): void {
  const lefts = input + 32;
  const rights = lefts + lengthOf(0) * 4;
  const runs = rights + lengthOf(1) * 4;
  const lengths = runs + lengthOf(2) * 4;
  const counts = lengths + aligned(lengthOf(3));
  const bytes = counts + aligned(lengthOf(4));
  openClasses(runs, lengthOf(2));
  openTokens(lengths, bytes);
  openPairs(lefts, rights, counts);
  fillBytePairs();
  openWordBytes();
}

function lengthOf(section: usize): usize {
  return load<u32>(input + 4 + (section << 2)) as usize;
}

function aligned(size: usize): usize {
  return (size + 3) & ~(3 as usize);
}

function openClasses(runs: usize, count: usize): void {
  for (let index: usize = 0; index < count; index++) {
    const run = load<u32>(runs + (index << 2));
    const next: u32 = index + 1 < count ? load<u32>(runs + (index << 2), 4) >> 3 : 0x110000;
    memory.fill(classes + (run >> 3), (run & 7) as u8, next - (run >> 3));
  }
}

function openTokens(lengths: usize, bytes: usize): void {
  const count = lengthOf(3);
  let at = bytes;
  for (let id: usize = 0; id < count; id++) {
    const size = load<u8>(lengths + id) as u32;
    if (size === 1) store<u32>(byteTokens + ((load<u8>(at) as usize) << 2), id as u32);
    else if (size > 1 && size <= longestKept) addPiece(at, size, 1);
    at += size;
  }
}

function openPairs(lefts: usize, rights: usize, counts: usize): void {
  const count = lengthOf(4);
  let pair: usize = 0;
  for (let id: usize = 0; id < count; id++) {
    for (let more = load<u8>(counts + id); more > 0; more--) {
      addPair(load<u32>(lefts + pair), load<u32>(rights + pair), id as u32);
      pair += 4;
    }
  }
}
