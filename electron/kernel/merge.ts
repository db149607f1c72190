import {
  byteTokens,
  bytePairs,
  filter,
  filterBits,
  heapFrom,
  pairs,
  pairSlotBits,
  scanIds,
  scanRanks,
} from './layout.ts';
import { countByHeap } from './heap.ts';
import { noPair, pairKey, pairProduct, rankOf } from './pair-table.ts';

/** Enters a pair and its token. */
export function addPair(left: u32, right: u32, token: u32): void {
  const key = pairKey(left, right);
  const product = pairProduct(key);
  const bit = (product >> (64 - filterBits)) as u32;
  const place = filter + (bit >> 3);
  store<u8>(place, load<u8>(place) | ((1 as u8) << ((bit & 7) as u8)));
  let slot = (product >> (64 - pairSlotBits)) as u32;
  const mask: u32 = (1 << pairSlotBits) - 1;
  while (load<u64>(pairs + ((slot as usize) << 3)) !== 0) slot = (slot + 1) & mask;
  store<u64>(pairs + ((slot as usize) << 3), (key << 18) | (token as u64));
}

/** Fills the table of all pairs of bytes; pairs and byte tokens must be there. */
export function fillBytePairs(): void {
  for (let left: usize = 0; left < 256; left++) {
    for (let right: usize = 0; right < 256; right++) {
      const rank = rankOf(load<u32>(byteTokens + (left << 2)), load<u32>(byteTokens + (right << 2)));
      store<u32>(bytePairs + (((left << 8) | right) << 2), rank);
    }
  }
}

/** Tokens of the piece of `size` bytes at `piece`: pairs merged lowest rank first, the leftmost of equals. */
export function countMerged(piece: usize, size: u32): u32 {
  if (size >= heapFrom) return countByHeap(piece, size);
  startScan(piece, size);
  let left = size;
  while (true) {
    const rank = lowestRank(left);
    if (rank === noPair) return left;
    const at = placeOf(rank);
    store<u32>(scanIds + (at << 2), rank);
    left -= 1;
    closeGap(at, left);
    if (at + 1 < left) store<u32>(scanRanks + (at << 2), rankOf(rank, load<u32>(scanIds + (at << 2), 4)));
    if (at > 0) store<u32>(scanRanks + ((at - 1) << 2), rankOf(load<u32>(scanIds + ((at - 1) << 2)), rank));
  }
}

function startScan(piece: usize, size: u32): void {
  for (let at: usize = 0; at < size; at++) {
    store<u32>(scanIds + (at << 2), load<u32>(byteTokens + ((load<u8>(piece + at) as usize) << 2)));
  }
  for (let at: usize = 0; at + 1 < size; at++) {
    const both = ((load<u8>(piece + at) as usize) << 8) | (load<u8>(piece + at, 1) as usize);
    store<u32>(scanRanks + (at << 2), load<u32>(bytePairs + (both << 2)));
  }
  // The four ranks after the last are looked at with it.
  v128.store(scanRanks + ((size - 1) << 2), i32x4.splat(noPair));
}

function lowestRank(left: u32): u32 {
  let lowest = i32x4.splat(noPair);
  const end = scanRanks + ((left - 1) << 2);
  for (let at = scanRanks; at < end; at += 16) lowest = i32x4.min_u(lowest, v128.load(at));
  lowest = i32x4.min_u(
    lowest,
    i8x16.shuffle(lowest, lowest, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7),
  );
  lowest = i32x4.min_u(
    lowest,
    i8x16.shuffle(lowest, lowest, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11),
  );
  return i32x4.extract_lane(lowest, 0) as u32;
}

function placeOf(rank: u32): u32 {
  const wanted = i32x4.splat(rank);
  let at = scanRanks;
  while (true) {
    const found = i32x4.bitmask(i32x4.eq(v128.load(at), wanted));
    if (found !== 0) return (((at - scanRanks) >> 2) as u32) + (ctz(found) as u32);
    at += 16;
  }
}

/** Moves ids and ranks after the merged pair at `at` one place down; `left` is how many ids there are now. */
function closeGap(at: u32, left: u32): void {
  for (let place: usize = at + 1; place < left; place += 4) {
    const offset = place << 2;
    v128.store(scanIds + offset, v128.load(scanIds + offset, 4));
    v128.store(scanRanks + offset, v128.load(scanRanks + offset, 4));
  }
  v128.store(scanRanks + ((left - 1) << 2), i32x4.splat(noPair));
}
