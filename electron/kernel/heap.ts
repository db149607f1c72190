import { byteTokens, input, reserveUpTo, slack } from './layout.ts';
import { noPair, rankOf } from './pair-table.ts';

// Long pieces (unbroken letters, spaces, signs): a heap of pairs over a linked list of tokens, in the memory after the
// text. Time grows with n log n, memory with 28 bytes a byte.

const dead: u32 = 0xffffffff;
let ids: usize = 0;
let nexts: usize = 0;
let befores: usize = 0;
/** Keys are rank × 2^32 + place: the lowest rank first, then the leftmost. */
let keys: usize = 0;
let keyCount: u32 = 0;
let textEnd: usize = input;

/** Tells where the text ends, so that what is after it can be used. */
export function setTextEnd(end: usize): void {
  textEnd = end;
}

/** Tokens of the piece of `size` bytes at `piece`. */
export function countByHeap(piece: usize, size: u32): u32 {
  startList(piece, size);
  for (let at: u32 = 0; at + 1 < size; at++) offer(at);
  let left = size;
  while (keyCount > 0) {
    const key = takeLowest();
    if (merge((key >> 32) as u32, key as u32)) left -= 1;
  }
  return left;
}

function startList(piece: usize, size: u32): void {
  const words = (size as usize) << 2;
  ids = (textEnd + slack + 15) & ~(15 as usize);
  nexts = ids + words;
  befores = nexts + words;
  keys = (befores + words + 15) & ~(15 as usize);
  keyCount = 0;
  // Each merge takes one key out and puts at most two in, so there are never more than two a byte.
  reserveUpTo(keys + (((size as usize) * 2 + 2) << 3));
  for (let at: usize = 0; at < size; at++) {
    store<u32>(ids + (at << 2), load<u32>(byteTokens + ((load<u8>(piece + at) as usize) << 2)));
    store<u32>(nexts + (at << 2), at + 1 < size ? (at as u32) + 1 : dead);
    store<u32>(befores + (at << 2), (at as u32) - 1);
  }
}

/** Merges the pair at `at` if it still has this rank; pairs that another merge changed are passed over. */
function merge(rank: u32, at: u32): bool {
  const place = (at as usize) << 2;
  const id = load<u32>(ids + place);
  const next = load<u32>(nexts + place);
  if (id === dead || next === dead) return false;
  const nextPlace = (next as usize) << 2;
  if (rankOf(id, load<u32>(ids + nextPlace)) !== rank) return false;
  const beyond = load<u32>(nexts + nextPlace);
  store<u32>(ids + place, rank);
  store<u32>(ids + nextPlace, dead);
  store<u32>(nexts + place, beyond);
  if (beyond !== dead) store<u32>(befores + ((beyond as usize) << 2), at);
  offer(at);
  const before = load<u32>(befores + place);
  if (before !== dead) offer(before);
  return true;
}

/** Puts the pair that begins at `at` into the heap, if it is one. */
function offer(at: u32): void {
  const next = load<u32>(nexts + ((at as usize) << 2));
  if (next === dead) return;
  const rank = rankOf(load<u32>(ids + ((at as usize) << 2)), load<u32>(ids + ((next as usize) << 2)));
  if (rank === noPair) return;
  const key = ((rank as u64) << 32) | (at as u64);
  let hole = keyCount;
  keyCount += 1;
  while (hole > 0) {
    const parent = (hole - 1) >> 1;
    const above = load<u64>(keys + ((parent as usize) << 3));
    if (above <= key) break;
    store<u64>(keys + ((hole as usize) << 3), above);
    hole = parent;
  }
  store<u64>(keys + ((hole as usize) << 3), key);
}

function takeLowest(): u64 {
  const lowest = load<u64>(keys);
  keyCount -= 1;
  const key = load<u64>(keys + ((keyCount as usize) << 3));
  let hole: u32 = 0;
  for (let child: u32 = 1; child < keyCount; child = 2 * hole + 1) {
    let smaller = load<u64>(keys + ((child as usize) << 3));
    if (child + 1 < keyCount) {
      const right = load<u64>(keys + ((child as usize) << 3), 8);
      if (right < smaller) {
        smaller = right;
        child += 1;
      }
    }
    if (key <= smaller) break;
    store<u64>(keys + ((hole as usize) << 3), smaller);
    hole = child;
  }
  store<u64>(keys + ((hole as usize) << 3), key);
  return lowest;
}
