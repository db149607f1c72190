import { filter, filterBits, pairs, pairSlotBits } from './layout.ts';
import { golden } from './mixing.ts';

/** The rank of two tokens that make none. */
export const noPair: u32 = 0x7fffffff;

/** Two tokens below 2^18 in one number. */
export function pairKey(left: u32, right: u32): u64 {
  return ((left as u64) << 18) | (right as u64);
}

/** Spreads a key; the upper bits are the slot. */
export function pairProduct(key: u64): u64 {
  return key * golden;
}

/** The token two tokens make, which is its rank; `noPair` when they make none. */
export function rankOf(left: u32, right: u32): u32 {
  const key = pairKey(left, right);
  const product = pairProduct(key);
  const bit = (product >> (64 - filterBits)) as u32;
  if (((load<u8>(filter + (bit >> 3)) >> ((bit & 7) as u8)) & 1) === 0) return noPair;
  let slot = (product >> (64 - pairSlotBits)) as u32;
  const mask: u32 = (1 << pairSlotBits) - 1;
  while (true) {
    const entry = load<u64>(pairs + ((slot as usize) << 3));
    if (entry >> 18 === key) return (entry & 0x3ffff) as u32;
    if (entry === 0) return noPair;
    slot = (slot + 1) & mask;
  }
}
