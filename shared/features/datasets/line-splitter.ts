/** Longest line that can become an example; a longer one is quarantined without being held in memory. */
export const maxLineBytes = 16 * 1024 * 1024;

/** How much of a too long line is kept, to show where it is. */
export const keptOfLongLineBytes = 64 * 1024;

/**
 * A physical line without its LF or CRLF. `number` is 1-based, `byteOffset` that of its first byte (after a BOM).
 * `bytes` may be a view into a buffer that is used again: copy what must outlive the call.
 */
export type Line = {
  readonly number: number;
  readonly byteOffset: number;
  readonly bytes: Uint8Array;
  /** Bytes of the whole line, more than `bytes` holds when it is too long. */
  readonly sizeBytes: number;
  readonly isTooLong: boolean;
};

export type LineSplitter = {
  push(chunk: Uint8Array): void;
  /** Ends the input; a last line without a line feed is a line like any other. */
  end(): void;
};

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Cuts a stream of bytes into lines in constant memory: LF and CRLF end a line, a UTF-8 BOM at offset 0 is skipped.
 * `startOffset` is where the stream begins in its file.
 */
export function createLineSplitter(onLine: (line: Line) => void, startOffset = 0): LineSplitter {
  let pieces: Uint8Array[] = [];
  let heldBytes = 0;
  let number = 0;
  let offset = startOffset;
  let skippedBytes = 0;

  const emit = (last: Uint8Array, hasLineFeed: boolean): void => {
    number += 1;
    const sizeBytes = heldBytes + skippedBytes + last.length;
    const isTooLong = sizeBytes > maxLineBytes;
    const whole = isTooLong
      ? joined([...pieces, last]).subarray(0, keptOfLongLineBytes)
      : joined([...pieces, last]);
    const bom = offset === 0 && startsWithBom(whole) ? 3 : 0;
    const end =
      !isTooLong && hasLineFeed && whole.at(-1) === carriageReturn ? whole.length - 1 : whole.length;
    const bytes = whole.subarray(bom, Math.max(bom, end));
    onLine({ number, byteOffset: offset + bom, bytes, sizeBytes, isTooLong });
    offset += sizeBytes + (hasLineFeed ? 1 : 0);
    pieces = [];
    heldBytes = 0;
    skippedBytes = 0;
  };

  const hold = (rest: Uint8Array): void => {
    if (heldBytes > maxLineBytes) skippedBytes += rest.length;
    else {
      pieces.push(rest.slice());
      heldBytes += rest.length;
    }
  };

  return {
    push(chunk) {
      let from = 0;
      for (let at = chunk.indexOf(lineFeed); at >= 0; at = chunk.indexOf(lineFeed, from)) {
        emit(chunk.subarray(from, at), true);
        from = at + 1;
      }
      if (from < chunk.length) hold(chunk.subarray(from));
    },
    end() {
      if (heldBytes > 0) emit(new Uint8Array(0), false);
    },
  };
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [only] = pieces;
  if (only && pieces.length === 1) return only;
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function startsWithBom(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
