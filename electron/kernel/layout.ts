// Where things are in the kernel's memory. Empty slots are zero, as fresh memory is, so nothing has to be filled.

/** Slots of the table of pairs (8 bytes each) and of the table of pieces (16 bytes each). */
export const pairSlotBits: u32 = 20;
export const pieceSlotBits: u32 = 20;
/** Pieces met last, looked up before the big table (16 bytes each). */
export const recentBits: u32 = 14;
/** Bits of the filter that says at once that two tokens make no pair. */
export const filterBits: u32 = 22;
/** Bytes for pieces longer than 8; shorter ones are their own key. */
export const arenaBytes: u32 = 16 << 20;
/** From this many bytes on, pairs are merged by a heap. */
export const heapFrom: u32 = 300;
/** The SIMD loops read and write up to this many bytes beyond what they are about. */
export const slack: usize = 64;

/** The class of every code point, a byte each. */
export const classes: usize = 0x10000;
/** Token of every byte, a u32 each. */
export const byteTokens: usize = classes + 0x110000;
/** Rank of every pair of bytes, a u32 each. */
export const bytePairs: usize = byteTokens + 256 * 4;
/** Tokens and ranks of a short piece while its pairs are merged. */
export const scanIds: usize = bytePairs + 65536 * 4;
export const scanRanks: usize = scanIds + ((heapFrom as usize) * 4 + slack);
/** The 128 minima of a sketch, as they are met and with the empty ones filled. */
export const minima: usize = scanRanks + ((heapFrom as usize) * 4 + slack);
export const filled: usize = minima + 128 * 4;
/** Class and lower case of every UTF-16 unit for sketches, a u32 each. */
export const units: usize = filled + 128 * 4;
/** Pieces of canonical lines. */
export const lines: usize = units + 0x10000 * 4;
/** Which bins a bin of a sketch borrows from. */
export const borrowing: usize = lines + 8 * 64;
export const filter: usize = borrowing + 128 * 32;
export const recent: usize = filter + (1 << (filterBits - 3));
export const pairs: usize = recent + (16 << recentBits);
export const pieces: usize = pairs + (8 << pairSlotBits);
export const arena: usize = pieces + (16 << pieceSlotBits);
/** The text, and after it what the heap needs. */
export const input: usize = arena + arenaBytes + slack;

/** Grows the memory until everything below `end` is there. */
export function reserveUpTo(end: usize): void {
  const missing = ((((end + slack + 0xffff) >> 16) as i32) - memory.size()) as i32;
  if (missing > 0) memory.grow(missing);
}
