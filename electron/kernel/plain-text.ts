// A text in quotes, read as UTF-8 without its escapes, so long as it is plain: JSON, and nothing in it that the rules
// for texts (shared/features/datasets/sft/texts.rules.ts, isSuspicious) would want to look at.

let textEnd: usize = 0;
let hasOddEscapes: bool = false;

/** Where the text read last ends. */
export function writtenTo(): usize {
  return textEnd;
}

/** Whether the text read last had escapes that its canonical form may not have: that is then not as it is written. */
export function wasOddlyEscaped(): bool {
  return hasOddEscapes;
}

/**
 * Reads the text whose first character is at `start` and writes it at `to`; answers what follows the closing quote, 0
 * unless the text is plain. The line must be well-formed UTF-8 with a zero after it, and a zero must stand before `to`.
 */
export function readText(start: usize, to: usize): usize {
  hasOddEscapes = false;
  let at = start;
  let into = to;
  while (true) {
    const bytes = v128.load(at);
    v128.store(into, bytes);
    const found = i8x16.bitmask(lookedAt(bytes));
    if (found === 0) {
      at += 16;
      into += 16;
      continue;
    }
    const plain = ctz(found) as usize;
    at += plain;
    into += plain;
    const byte = load<u8>(at) as u32;
    if (byte === 0x22) {
      textEnd = into;
      return at + 1;
    }
    if (byte === 0x5c) {
      at = readEscape(at, into);
      if (at === 0) return 0;
      into = textEnd;
    } else {
      if (isSuspicious(at, byte, load<u8>(into - 1))) return 0;
      at += 1;
      into += 1;
    }
  }
}

/** Quotes, backslashes, control characters, `|`, and the first bytes of characters that cannot be seen. */
function lookedAt(bytes: v128): v128 {
  const marks = v128.or(
    v128.or(i8x16.eq(bytes, i8x16.splat(0x22)), i8x16.eq(bytes, i8x16.splat(0x5c))),
    v128.or(i8x16.lt_u(bytes, i8x16.splat(0x20)), i8x16.eq(bytes, i8x16.splat(0x7c))),
  );
  const narrow = v128.or(
    v128.or(i8x16.eq(bytes, i8x16.splat(0x7f)), i8x16.eq(bytes, i8x16.splat(0xc2 as i8))),
    v128.or(i8x16.eq(bytes, i8x16.splat(0xd8 as i8)), i8x16.eq(bytes, i8x16.splat(0xe1 as i8))),
  );
  const wide = v128.or(
    v128.or(i8x16.eq(bytes, i8x16.splat(0xe2 as i8)), i8x16.eq(bytes, i8x16.splat(0xef as i8))),
    i8x16.eq(bytes, i8x16.splat(0xf3 as i8)),
  );
  return v128.or(marks, v128.or(narrow, wide));
}

/** `before` is the byte of the text before this one. */
function isSuspicious(at: usize, byte: u32, before: u32): bool {
  const second = load<u8>(at, 1) as u32;
  switch (byte) {
    case 0x7c:
      return before === 0x3c;
    case 0xc2:
    case 0xd8:
      return isHidden(((byte & 31) << 6) | (second & 63));
    case 0xe1:
    case 0xe2:
    case 0xef:
      return isHidden(((byte & 15) << 12) | ((second & 63) << 6) | ((load<u8>(at, 2) as u32) & 63));
    case 0xf3:
      return second === 0xa0;
    default:
      return true;
  }
}

/** Control characters but for tab, line feed and carriage return, and characters that cannot be seen. */
function isHidden(point: u32): bool {
  if (point < 0xa0) {
    return point < 0x20 ? point !== 0x09 && point !== 0x0a && point !== 0x0d : point >= 0x7f;
  }
  if (point < 0x2000) return point === 0xad || point === 0x61c || point === 0x180e;
  if (point < 0x2070) {
    return point - 0x200b <= 4 || point - 0x202a <= 4 || point - 0x2060 <= 9;
  }
  return point === 0xfeff || point - 0xe0000 <= 0xfff;
}

/** What follows the escape at `at`, 0 unless it is plain; `textEnd` is then where its character ends. */
function readEscape(at: usize, into: usize): usize {
  const kind = load<u8>(at, 1) as u32;
  if (kind === 0x75 || kind === 0x2f) hasOddEscapes = true;
  if (kind === 0x75) return readUnicode(at, into);
  let byte: u32 = 0;
  if (kind === 0x22 || kind === 0x5c || kind === 0x2f) byte = kind;
  else if (kind === 0x6e) byte = 0x0a;
  else if (kind === 0x74) byte = 0x09;
  else if (kind === 0x72) byte = 0x0d;
  else return 0;
  store<u8>(into, byte as u8);
  textEnd = into + 1;
  return at + 2;
}

function readUnicode(at: usize, into: usize): usize {
  let point = hexAt(at + 2);
  let size: usize = 6;
  if (point > 0xffff || point - 0xdc00 < 0x400) return 0;
  if (point - 0xd800 < 0x400) {
    if (load<u16>(at, 6) !== 0x755c) return 0;
    const low = hexAt(at + 8);
    if (low - 0xdc00 >= 0x400) return 0;
    point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
    size = 12;
  }
  if (isHidden(point) || (point === 0x7c && load<u8>(into - 1) === 0x3c)) return 0;
  textEnd = writePoint(into, point);
  return at + size;
}

/** Four hexadecimal digits as a number; more than 0xffff when one is not a digit. */
function hexAt(at: usize): u32 {
  let value: u32 = 0;
  for (let place: usize = 0; place < 4; place++) {
    const byte = load<u8>(at + place) as u32;
    const letter = (byte | 0x20) - 0x61;
    const digit = byte - 0x30 < 10 ? byte - 0x30 : letter < 6 ? letter + 10 : 0x10000;
    value = (value << 4) + digit;
    if (digit > 15) return 0x10000;
  }
  return value;
}

function writePoint(to: usize, point: u32): usize {
  if (point < 0x80) {
    store<u8>(to, point as u8);
    return to + 1;
  }
  if (point < 0x800) {
    store<u8>(to, (0xc0 | (point >> 6)) as u8);
    store<u8>(to, (0x80 | (point & 63)) as u8, 1);
    return to + 2;
  }
  if (point < 0x10000) {
    store<u8>(to, (0xe0 | (point >> 12)) as u8);
    store<u8>(to, (0x80 | ((point >> 6) & 63)) as u8, 1);
    store<u8>(to, (0x80 | (point & 63)) as u8, 2);
    return to + 3;
  }
  store<u8>(to, (0xf0 | (point >> 18)) as u8);
  store<u8>(to, (0x80 | ((point >> 12) & 63)) as u8, 1);
  store<u8>(to, (0x80 | ((point >> 6) & 63)) as u8, 2);
  store<u8>(to, (0x80 | (point & 63)) as u8, 3);
  return to + 4;
}
