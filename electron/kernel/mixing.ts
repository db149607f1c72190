// Odd 64-bit numbers that spread a key when multiplied with it, written in halves: linters read numbers as doubles.

/** 2^64 divided by the golden ratio. */
export const golden: u64 = ((0x9e3779b9 as u64) << 32) | (0x7f4a7c15 as u64);
/** From MurmurHash3's finish. */
export const murmur: u64 = ((0xff51afd7 as u64) << 32) | (0xed558ccd as u64);
