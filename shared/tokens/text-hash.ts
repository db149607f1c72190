const first = 0x9543_c7d3;
const second = 0xa2e7_19b5;
const third = 0x38b3_4ae5;

/**
 * A 64-bit hash of the bytes from `start` up to `end`, written to `into[at]` (low half) and `into[at + 1]`: two lanes of
 * MurmurHash3's steps that feed each other. For equality of texts, not against somebody who looks for collisions.
 */
export function hashBytes(
  bytes: Uint8Array,
  range: { readonly start: number; readonly end: number },
  result: { readonly into: Uint32Array; readonly at: number },
): void {
  const size = range.end - range.start;
  let [low, high] = [size, size ^ third];
  for (let at = range.start; at < range.end; at += 8) {
    low ^= Math.imul(rotated(Math.imul(wordAt(bytes, at, range.end), first), 15), second);
    low = (Math.imul((rotated(low, 19) + high) | 0, 5) + 0x561c_cd1b) | 0;
    high ^= Math.imul(rotated(Math.imul(wordAt(bytes, at + 4, range.end), second), 16), third);
    high = (Math.imul((rotated(high, 17) + low) | 0, 5) + 0x0bca_a747) | 0;
  }
  low = spread((low + high) | 0);
  high = spread((high + low) | 0);
  result.into[result.at] = low + high;
  result.into[result.at + 1] = high;
}

/** Four bytes, the lowest first; zero beyond the end. */
function wordAt(bytes: Uint8Array, at: number, end: number): number {
  let word = 0;
  for (let place = 0; place < 4 && at + place < end; place += 1) {
    word |= (bytes[at + place] as number) << (8 * place);
  }
  return word;
}

function rotated(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}

/** MurmurHash3's 32-bit finish: every bit of the input changes half of the output. */
export function spread(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85eb_ca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2_ae35);
  return mixed ^ (mixed >>> 16);
}
