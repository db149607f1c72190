import { expandClasses } from './character-classes.ts';
import type { CountBytes, Encoding } from './encodings.ts';
import { PairMerger } from './pair-merger.ts';
import { PieceScanner } from './piece-scanner.ts';
import type { TokenTables } from './token-tables.ts';

const slotBits = 20;
const slotMask = (1 << slotBits) - 1;
const slotsUsedAtMost = Math.floor(0.7 * (1 << slotBits));
const arenaBytes = 8 << 20;
/** Longer pieces are merged each time: they hardly ever come again. */
const longestKept = 64;

/**
 * Counts tokens in plain TypeScript: exact, linear in the number of bytes, the twin of the kernel (electron/kernel) and
 * what counts where the kernel cannot be compiled. Learns the pieces it meets, within about 40 MB.
 */
export function createByteCounter(tables: TokenTables, encoding: Encoding): CountBytes {
  const pieceEnd = new PieceScanner(expandClasses(tables.classRuns)).pieceEnd(encoding);
  const pieces = new PieceTable(tables);
  return (bytes, start, end) => {
    let [at, count] = [start, 0];
    while (at < end) {
      const stop = pieceEnd(bytes, at, end);
      count += stop - at === 1 ? 1 : pieces.count(bytes, at, stop);
      at = stop;
    }
    return count;
  };
}

/** How many tokens a piece has: the vocabulary and the pieces met so far, by open addressing. */
class PieceTable {
  private readonly merger: PairMerger;
  private readonly hashes = new Int32Array(1 << slotBits);
  /** Where a piece's bytes are in the arena. */
  private readonly offsets = new Int32Array(1 << slotBits);
  /** Length × 256 + tokens; 0 for an empty slot. */
  private readonly facts = new Uint16Array(1 << slotBits);
  private readonly arena = new Uint8Array(arenaBytes);
  private arenaUsed = 0;
  private slotsUsed = 0;

  constructor(tables: TokenTables) {
    this.merger = new PairMerger(tables);
    let offset = 0;
    for (const length of tables.tokenLengths) {
      if (length > 1 && length <= longestKept) {
        const end = offset + length;
        this.add(tables.tokenBytes, { start: offset, end, hash: hashOf(tables.tokenBytes, offset, end) }, 1);
      }
      offset += length;
    }
  }

  count(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    if (length > longestKept) return this.merger.count(bytes, start, end);
    const hash = hashOf(bytes, start, end);
    for (let slot = hash & slotMask; this.facts[slot] !== 0; slot = (slot + 1) & slotMask) {
      const facts = this.facts[slot] as number;
      if (this.hashes[slot] === hash && facts >>> 8 === length && this.isAt(slot, bytes, start))
        return facts & 0xff;
    }
    const count = this.merger.count(bytes, start, end);
    this.add(bytes, { start, end, hash }, count);
    return count;
  }

  private isAt(slot: number, bytes: Uint8Array, start: number): boolean {
    const { arena } = this;
    const offset = this.offsets[slot] as number;
    const length = (this.facts[slot] as number) >>> 8;
    for (let at = 0; at < length; at += 1) if (arena[offset + at] !== bytes[start + at]) return false;
    return true;
  }

  private add(bytes: Uint8Array, piece: { start: number; end: number; hash: number }, count: number): void {
    const length = piece.end - piece.start;
    if (this.slotsUsed >= slotsUsedAtMost || this.arenaUsed + length > arenaBytes) return;
    let slot = piece.hash & slotMask;
    while (this.facts[slot] !== 0) slot = (slot + 1) & slotMask;
    for (let at = 0; at < length; at += 1)
      this.arena[this.arenaUsed + at] = bytes[piece.start + at] as number;
    this.hashes[slot] = piece.hash;
    this.offsets[slot] = this.arenaUsed;
    this.facts[slot] = length * 256 + count;
    this.arenaUsed += length;
    this.slotsUsed += 1;
  }
}

/** FNV-1a with a finish that spreads it over the lower bits. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c_9dc5;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] as number), 0x0100_0193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b_3c6d);
  return hash ^ (hash >>> 13);
}
