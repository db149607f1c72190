import { input, lines } from './layout.ts';

// Where the parts of a plain line are: all of them in the room for a text, which is larger than their sum.

/** The longest line that is read as a plain one, in bytes. */
export const longestPlain: u32 = 32 * 1024;

/** The texts of the messages, one after the other, at least 16 zeros after each. */
export const texts: usize = input + 0x10000;
/** The line in its RFC 8785 form; never longer than the line. */
export const canonical: usize = input + 0x20000;
/** A message has 16 bytes: role, place of its text, size of its text, tokens of its text. */
export const messages: usize = input + 0x30000;
/** Two 64-bit hashes (what is asked, the answer), the UTF-16 length of what can be compared, then the sketch. */
export const facts: usize = input + 0x38000;
export const comparedLength: usize = facts + 16;
export const sketchWords: usize = facts + 20;
/** Hashes of the words, a u32 each: a word takes two bytes at least, and a text ends after the last. */
export const words: usize = input + 0x40000;
/** Nothing of the line is beyond this. */
export const plainEnd: usize = input + 0x60000;

/** What openPieces makes, 64 bytes each. */
export const pieces: usize = lines;

export const systemRole: u32 = 1;
export const userRole: u32 = 2;
export const assistantRole: u32 = 3;

/** A role as it is written. */
export function nameOf(role: u32): string {
  if (role === systemRole) return 'system';
  return role === userRole ? 'user' : 'assistant';
}

export function roleAt(message: u32): u32 {
  return load<u32>(messages + ((message as usize) << 4));
}

export function textAt(message: u32): usize {
  return load<u32>(messages + ((message as usize) << 4), 4) as usize;
}

/** Bytes of the text of a message. */
export function sizeAt(message: u32): u32 {
  return load<u32>(messages + ((message as usize) << 4), 8);
}
