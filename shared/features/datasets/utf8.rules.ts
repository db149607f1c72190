/** Index of the first byte that is not valid UTF-8 (RFC 3629: no overlong forms, no surrogates); -1 when all are. */
export function firstInvalidUtf8(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const first = bytes[at] ?? 0;
    if (first < 0x80) {
      at += 1;
      continue;
    }
    const length = sequenceLength(first);
    if (length === 0 || !isSequence(bytes, at, length)) return at;
    at += length;
  }
  return -1;
}

function sequenceLength(first: number): number {
  if (first >= 0xc2 && first <= 0xdf) return 2;
  if (first >= 0xe0 && first <= 0xef) return 3;
  if (first >= 0xf0 && first <= 0xf4) return 4;
  return 0;
}

function isSequence(bytes: Uint8Array, at: number, length: number): boolean {
  if (at + length > bytes.length) return false;
  const [first = 0, second = 0] = [bytes[at], bytes[at + 1]];
  if (first === 0xe0 && second < 0xa0) return false;
  if (first === 0xed && second > 0x9f) return false;
  if (first === 0xf0 && second < 0x90) return false;
  if (first === 0xf4 && second > 0x8f) return false;
  for (let index = 1; index < length; index += 1) {
    if (((bytes[at + index] ?? 0) & 0xc0) !== 0x80) return false;
  }
  return true;
}

/** Bytes that a text takes in UTF-8; a lone surrogate counts as the three bytes of the replacement character. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
  }
  return bytes;
}
