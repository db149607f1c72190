import { setTextEnd } from './heap.ts';
import { byteTokens, classes, input, reserveUpTo, units } from './layout.ts';
import { addPair, fillBytePairs } from './merge.ts';
import { addPiece, longestKept, tokensOf } from './pieces.ts';
import { endCl100k, endO200k } from './scanner.ts';
import { canonical, facts, messages, plainEnd, sizeAt, textAt } from './plain-layout.ts';
import { canonicalSize, openPieces, readLine } from './plain-line.ts';
import { hashParts } from './plain-hash.ts';
import { openBorrowing, sketchMessages } from './sketch.ts';

// The token kernel: TypeScript that AssemblyScript compiles to WebAssembly when the program is built. The host writes a
// text at `reserve(size)` and asks about it. Its plain twins are in shared/tokens; tests compare them.

/** Makes room for a text of `size` bytes; answers where to write it. Views on the memory may be detached by this. */
export function reserve(size: u32): usize {
  reserveUpTo(input + size);
  return input;
}

function tokensO200k(from: usize, end: usize): u32 {
  let tokens: u32 = 0;
  for (let at = from; at < end; ) {
    const stop = endO200k(at, end);
    tokens += tokensOf(at, (stop - at) as u32);
    at = stop;
  }
  return tokens;
}

function tokensCl100k(from: usize, end: usize): u32 {
  let tokens: u32 = 0;
  for (let at = from; at < end; ) {
    const stop = endCl100k(at, end);
    tokens += tokensOf(at, (stop - at) as u32);
    at = stop;
  }
  return tokens;
}

/** Tokens of the text of `size` bytes in o200k_base; its tables must be open. */
export function countO200k(size: u32): u32 {
  closeText(input + size);
  return tokensO200k(input, input + size);
}

/** Tokens of the text of `size` bytes in cl100k_base; its tables must be open. */
export function countCl100k(size: u32): u32 {
  closeText(input + size);
  return tokensCl100k(input, input + size);
}

/** Messages of the line of `size` bytes that was written as a text; 0 unless it is surely plain. */
export function readPlain(size: u32): u32 {
  closeText(input + size);
  return readLine(size);
}

function countMessages(count: u32, isO200k: bool): u32 {
  setTextEnd(plainEnd);
  let sum: u32 = 0;
  for (let message: u32 = 0; message < count; message++) {
    const text = textAt(message);
    const end = text + sizeAt(message);
    const tokens = isO200k ? tokensO200k(text, end) : tokensCl100k(text, end);
    store<u32>(messages + ((message as usize) << 4), tokens, 12);
    sum += tokens;
  }
  return sum;
}

/** Tokens of the texts of `count` messages, by o200k_base; each is noted with its message. */
export function countPlainO200k(count: u32): u32 {
  return countMessages(count, true);
}

/** The same by cl100k_base. */
export function countPlainCl100k(count: u32): u32 {
  return countMessages(count, false);
}

/** Hashes what the plain line read last asks and answers. */
export function hashPlain(count: u32): void {
  hashParts(count);
}

/** Sketches what the plain line read last says; the units must be open. */
export function sketchPlain(count: u32): void {
  sketchMessages(count);
}

/** Bytes of the RFC 8785 form of the plain line read last. */
export function canonicalPlain(): u32 {
  return canonicalSize();
}

export function canonicalPlace(): usize {
  return canonical;
}

/** Where the messages of a plain line are, 16 bytes each: role, place, size and tokens of the text. */
export function messagesPlace(): usize {
  return messages;
}

/** Where the hashes of a plain line are, the length of what it says, and its sketch. */
export function factsPlace(): usize {
  return facts;
}

/** Reads the classes and lower cases of all UTF-16 units, written as a text. */
export function openUnits(): void {
  memory.copy(units, input, 0x10000 * 4);
  openBorrowing();
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
  openPieces();
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
