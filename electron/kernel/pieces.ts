import { arena, arenaBytes, pieces, pieceSlotBits, recent, recentBits } from './layout.ts';
import { countMerged } from './merge.ts';
import { golden, murmur } from './mixing.ts';

// Pieces and their counts: a slot is the piece itself or a hash (u64), its place in the arena (u32), its length (u8) and
// its tokens (u8). Pieces up to 8 bytes are their own key and need no comparing.

/** Longer pieces are merged each time: they hardly ever come again. */
export const longestKept: u32 = 120;
const slotsUsedAtMost: u32 = 800_000;
let arenaUsed: u32 = 0;
let slotsUsed: u32 = 0;

/** Enters a piece of 2 to 120 bytes with its count. */
export function addPiece(piece: usize, size: u32, tokens: u32): void {
  insert(piece, size <= 8 ? shortKey(piece, size) : longKey(piece, size), (size << 8) | tokens);
}

/** Tokens of the piece of `size` bytes at `piece`. */
export function tokensOf(piece: usize, size: u32): u32 {
  if (size === 1) return 1;
  if (size <= 8) return tokensOfShort(piece, size);
  if (size > longestKept) return countMerged(piece, size);
  const key = longKey(piece, size);
  let slot = slotOf(key, size);
  const mask: u32 = (1 << pieceSlotBits) - 1;
  while (true) {
    const place = pieces + ((slot as usize) << 4);
    const length = load<u8>(place, 12) as u32;
    if (length === 0) break;
    if (length === size && load<u64>(place) === key && isSame(arena + load<u32>(place, 8), piece, size))
      return load<u8>(place, 13) as u32;
    slot = (slot + 1) & mask;
  }
  const tokens = countMerged(piece, size);
  insert(piece, key, (size << 8) | tokens);
  return tokens;
}

function tokensOfShort(piece: usize, size: u32): u32 {
  const key = shortKey(piece, size);
  const spread = spreadOf(key, size);
  const place = recent + (((spread & ((1 << recentBits) - 1)) as usize) << 4);
  if (load<u64>(place) === key && (load<u8>(place, 8) as u32) === size) return load<u8>(place, 9) as u32;
  const tokens = lookUpShort(piece, size, key);
  store<u64>(place, key);
  store<u8>(place, size as u8, 8);
  store<u8>(place, tokens as u8, 9);
  return tokens;
}

function lookUpShort(piece: usize, size: u32, key: u64): u32 {
  let slot = slotOf(key, size);
  const mask: u32 = (1 << pieceSlotBits) - 1;
  while (true) {
    const place = pieces + ((slot as usize) << 4);
    const length = load<u8>(place, 12) as u32;
    if (length === 0) break;
    if (length === size && load<u64>(place) === key) return load<u8>(place, 13) as u32;
    slot = (slot + 1) & mask;
  }
  const tokens = countMerged(piece, size);
  insert(piece, key, (size << 8) | tokens);
  return tokens;
}

function insert(piece: usize, key: u64, sizeAndTokens: u32): void {
  const size = sizeAndTokens >> 8;
  if (slotsUsed >= slotsUsedAtMost || arenaUsed + size > arenaBytes) return;
  let slot = slotOf(key, size);
  const mask: u32 = (1 << pieceSlotBits) - 1;
  while (load<u8>(pieces + ((slot as usize) << 4), 12) !== 0) slot = (slot + 1) & mask;
  const place = pieces + ((slot as usize) << 4);
  store<u64>(place, key);
  store<u32>(place, arenaUsed, 8);
  store<u8>(place, size as u8, 12);
  store<u8>(place, sizeAndTokens as u8, 13);
  if (size > 8) {
    memory.copy(arena + arenaUsed, piece, size);
    arenaUsed += size;
  }
  slotsUsed += 1;
}

function slotOf(key: u64, size: u32): u32 {
  return spreadOf(key, size) & ((1 << pieceSlotBits) - 1);
}

function spreadOf(key: u64, size: u32): u32 {
  return (((key ^ (size as u64)) * golden) >> 40) as u32;
}

function shortKey(piece: usize, size: u32): u64 {
  return load<u64>(piece) & (u64.MAX_VALUE >> (64 - ((size as u64) << 3)));
}

function longKey(piece: usize, size: u32): u64 {
  let hash: u64 = golden ^ (size as u64);
  for (let at: u32 = 0; at + 8 <= size; at += 8) hash = mixIn(hash, load<u64>(piece + at));
  hash = mixIn(hash, load<u64>(piece + size - 8));
  return hash ^ (hash >> 32);
}

function mixIn(hash: u64, word: u64): u64 {
  return rotl<u64>(hash ^ word, 23) * murmur;
}

function isSame(first: usize, second: usize, size: u32): bool {
  for (let at: u32 = 0; at + 8 <= size; at += 8) {
    if (load<u64>(first + at) !== load<u64>(second + at)) return false;
  }
  return load<u64>(first + size - 8) === load<u64>(second + size - 8);
}
