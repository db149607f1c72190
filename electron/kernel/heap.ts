import { byteTokens, input, reserveUpTo, slack } from './layout.ts';
import { noPair, rankOf } from './pair-table.ts';

// Long pieces (unbroken letters, spaces, signs): a heap of pairs over a linked list of tokens, in the memory after the
// text. Time grows with n log n, memory with 32 bytes a byte.

/** A token of the list has 16 bytes: its id, the place of the next and of the one before, and the rank of it and the next. */
const nextAt: usize = 4;
const beforeAt: usize = 8;
const rankAt: usize = 12;
const nowhere: u32 = 0xffffffff;
let list: usize = 0;
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
  for (let at: u32 = 0; at < size; at++) offer(at);
  let left = size;
  while (keyCount > 0) {
    const key = takeLowest();
    if (merge((key >> 32) as u32, key as u32)) left -= 1;
  }
  return left;
}

function tokenAt(at: u32): usize {
  return list + ((at as usize) << 4);
}

function startList(piece: usize, size: u32): void {
  list = (textEnd + slack + 15) & ~(15 as usize);
  keys = list + ((size as usize) << 4);
  keyCount = 0;
  // Each merge takes one key out and puts at most two in, so there are never more than two a byte.
  reserveUpTo(keys + (((size as usize) * 2 + 2) << 3));
  for (let at: u32 = 0; at < size; at++) {
    const token = tokenAt(at);
    store<u32>(token, load<u32>(byteTokens + ((load<u8>(piece + at) as usize) << 2)));
    store<u32>(token, at + 1 < size ? at + 1 : nowhere, nextAt);
    store<u32>(token, at - 1, beforeAt);
  }
}

/** Merges the pair at `at` if it still has this rank; keys of pairs that another merge changed are passed over. */
function merge(rank: u32, at: u32): bool {
  const token = tokenAt(at);
  if (load<u32>(token, rankAt) !== rank) return false;
  const next = tokenAt(load<u32>(token, nextAt));
  const beyond = load<u32>(next, nextAt);
  store<u32>(token, rank);
  store<u32>(token, beyond, nextAt);
  store<u32>(next, noPair, rankAt);
  if (beyond !== nowhere) store<u32>(tokenAt(beyond), at, beforeAt);
  offer(at);
  const before = load<u32>(token, beforeAt);
  if (before !== nowhere) offer(before);
  return true;
}

/** Notes the rank of the pair that begins at `at`, and puts it into the heap if it is one. */
function offer(at: u32): void {
  const token = tokenAt(at);
  const next = load<u32>(token, nextAt);
  const rank = next === nowhere ? noPair : rankOf(load<u32>(token), load<u32>(tokenAt(next)));
  store<u32>(token, rank, rankAt);
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
