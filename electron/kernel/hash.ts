// The twin of shared/tokens/text-hash.ts; both must give the same on every text.

const first: u32 = 0x9543c7d3;
const second: u32 = 0xa2e719b5;
const third: u32 = 0x38b34ae5;
let highHalf: u32 = 0;

/** The low half of the hash of the `size` bytes at `text`, after which 8 zeros must stand; `lastHigh` is the other. */
export function hashAt(text: usize, size: u32): u32 {
  let low: u32 = size;
  let high: u32 = size ^ third;
  const end = text + size;
  for (let at = text; at < end; at += 8) {
    low ^= rotl<u32>(load<u32>(at) * first, 15) * second;
    low = (rotl<u32>(low, 19) + high) * 5 + 0x561ccd1b;
    high ^= rotl<u32>(load<u32>(at, 4) * second, 16) * third;
    high = (rotl<u32>(high, 17) + low) * 5 + 0x0bcaa747;
  }
  low = spread(low + high);
  high = spread(high + low);
  highHalf = high;
  return low + high;
}

/** The high half of the hash computed last. */
export function lastHigh(): u32 {
  return highHalf;
}

/** MurmurHash3's 32-bit finish. */
export function spread(value: u32): u32 {
  let mixed = value ^ (value >> 16);
  mixed *= 0x85ebca6b;
  mixed ^= mixed >> 13;
  mixed *= 0xc2b2ae35;
  return mixed ^ (mixed >> 16);
}
