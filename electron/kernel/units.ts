// Characters of UTF-8 as the UTF-16 units that JavaScript's strings have for them.

/** The unit of the character at `at`, or its two: the first in the lower 16 bits, the second, if any, in the upper. */
export function unitsAt(at: usize): u32 {
  const first = load<u8>(at) as u32;
  if (first < 0x80) return first;
  const second = (load<u8>(at, 1) & 63) as u32;
  if (first < 0xe0) return ((first & 31) << 6) | second;
  const third = (load<u8>(at, 2) & 63) as u32;
  if (first < 0xf0) return ((first & 15) << 12) | (second << 6) | third;
  const point = ((first & 7) << 18) | (second << 12) | (third << 6) | ((load<u8>(at, 3) & 63) as u32);
  return (0xd800 + ((point - 0x10000) >> 10)) | ((0xdc00 | (point & 0x3ff)) << 16);
}

/** Bytes of the character that begins with this byte. */
export function unitsSize(first: u32): usize {
  if (first < 0x80) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}
