import { classes } from './layout.ts';

// The numbers of shared/tokens/character-classes.ts.
export const other: u32 = 0;
export const upper: u32 = 1;
export const lower: u32 = 2;
export const letter: u32 = 3;
export const mark: u32 = 4;
export const number: u32 = 5;
export const space: u32 = 6;
export const newline: u32 = 7;

/** Class and size of the character at `at`, as size × 8 + class: two answers without a global between the calls. */
export function characterAt(at: usize): u32 {
  const first = load<u8>(at) as u32;
  if (first < 0x80) return 8 | (load<u8>(classes + first) as u32);
  return wideCharacterAt(at, first);
}

function wideCharacterAt(at: usize, first: u32): u32 {
  const second = (load<u8>(at, 1) & 63) as u32;
  if (first < 0xe0) return 16 | (load<u8>(classes + (((first & 31) << 6) | second)) as u32);
  const third = (load<u8>(at, 2) & 63) as u32;
  if (first < 0xf0) return 24 | (load<u8>(classes + (((first & 15) << 12) | (second << 6) | third)) as u32);
  const fourth = (load<u8>(at, 3) & 63) as u32;
  return 32 | (load<u8>(classes + (((first & 7) << 18) | (second << 12) | (third << 6) | fourth)) as u32);
}

/** The end of the run of a–z from `at`, sixteen at a time; a zero must stand after the text. */
export function smallLettersEnd(at: usize): usize {
  let ahead = at;
  while (true) {
    const small = i8x16.lt_u(i8x16.sub(v128.load(ahead), i8x16.splat(97)), i8x16.splat(26));
    const mask = i8x16.bitmask(small);
    if (mask !== 0xffff) return ahead + (ctz(~mask) as usize);
    ahead += 16;
  }
}

/** The end of the run of a–z and A–Z from `at`; a zero must stand after the text. */
export function asciiLettersEnd(at: usize): usize {
  let ahead = at;
  while (true) {
    const folded = v128.or(v128.load(ahead), i8x16.splat(32));
    const mask = i8x16.bitmask(i8x16.lt_u(i8x16.sub(folded, i8x16.splat(97)), i8x16.splat(26)));
    if (mask !== 0xffff) return ahead + (ctz(~mask) as usize);
    ahead += 16;
  }
}
