import { keptOfLongLineBytes, maxLineBytes } from '../datasets/line-splitter.ts';

/** The bytes of one value of a JSON text, with the place of its first byte and its 1-based physical line. */
export type JsonItem = {
  readonly kind: 'item';
  readonly offset: number;
  readonly physicalLine: number;
  readonly bytes: Uint8Array;
};
export type JsonItemProblem = {
  readonly kind: 'problem';
  readonly offset: number;
  readonly physicalLine: number;
  readonly code: 'json_item_too_long' | 'json_cut_off' | 'json_trailing';
  readonly message: string;
  readonly raw: Uint8Array;
};

const [lineFeed, space, quote, comma, backslash] = [0x0a, 0x20, 0x22, 0x2c, 0x5c];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Cuts a JSON text into the elements of its outermost array, or into its values when they stand one after the other
 * (pretty-printed JSON, JSON text sequences). Only brackets and strings are looked at: an element that is not valid JSON
 * costs itself. One pass, memory bounded by the longest element.
 */
export class JsonItems {
  readonly #isPartOfMore: boolean;
  readonly #emit: (found: JsonItem | JsonItemProblem) => void;
  /** Depth at which items stand: 1 in an array, 0 for values in a row; null before the first character. */
  #itemDepth: 0 | 1 | null;
  #depth = 0;
  #inString = false;
  #isEscaped = false;
  #isEnded = false;
  #line = 1;
  #offset = 0;
  #item: { offset: number; line: number; pieces: Uint8Array[]; size: number } | null = null;

  /** With `inArray` the text begins inside a list that is part of something: what follows the list is not looked at. */
  constructor(
    emit: (found: JsonItem | JsonItemProblem) => void,
    start: { inArray: boolean } = { inArray: false },
  ) {
    this.#emit = emit;
    this.#itemDepth = start.inArray ? 1 : null;
    this.#depth = start.inArray ? 1 : 0;
    this.#isPartOfMore = start.inArray;
  }

  push(chunk: Uint8Array): void {
    let from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const code = chunk[at] ?? 0;
      if (code === lineFeed) this.#line += 1;
      if (this.#inString) {
        at = this.#stringEnd(chunk, at);
        continue;
      }
      if (this.#isEnded) {
        if (code > space) this.#trailing(chunk, at);
        continue;
      }
      if (this.#item === null) {
        if (this.#begins(code)) {
          this.#item = { offset: this.#offset + at, line: this.#line, pieces: [], size: 0 };
          from = at;
        } else continue;
      }
      if (this.#endsBefore(code)) {
        this.#finish(chunk.subarray(from, at));
        this.#between(code);
        continue;
      }
      this.#step(code);
      if (this.#endsAfter(code)) this.#finish(chunk.subarray(from, at + 1));
    }
    if (this.#item) this.#hold(chunk.subarray(from));
    this.#offset += chunk.length;
  }

  end(): void {
    const isWhole = this.#itemDepth === 0 && this.#depth === 0 && !this.#inString;
    if (this.#item && isWhole) this.#finish(new Uint8Array(0));
    else if (this.#item || (this.#itemDepth === 1 && !this.#isEnded)) this.#cutOff();
  }

  /** Place of the quote that ends the string, or of the last byte of the piece; most of a text is inside strings. */
  #stringEnd(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at += 1) {
      const code = chunk[at] ?? 0;
      if (code === lineFeed && at > from) this.#line += 1;
      if (this.#isEscaped) this.#isEscaped = false;
      else if (code === backslash) this.#isEscaped = true;
      else if (code === quote) {
        this.#inString = false;
        return at;
      }
    }
    return chunk.length - 1;
  }

  /** True for the first byte of an item; takes in what stands between items. */
  #begins(code: number): boolean {
    if (code <= space) return false;
    if (this.#itemDepth === null) {
      if (code === openList) {
        this.#itemDepth = 1;
        this.#depth = 1;
        return false;
      }
      this.#itemDepth = 0;
    }
    if (code === comma || code === 0x1e) return false;
    if (code === closeList && this.#itemDepth === 1) {
      this.#isEnded = true;
      return false;
    }
    return true;
  }

  /** A bare item (number, word) ends before a comma, a bracket that closes the array, or white space between values. */
  #endsBefore(code: number): boolean {
    if (this.#depth !== this.#itemDepth) return false;
    if (this.#itemDepth === 0) return code <= space;
    return code === comma || code === closeList;
  }

  #between(code: number): void {
    if (code === closeList && this.#itemDepth === 1) this.#isEnded = true;
  }

  #step(code: number): void {
    if (code === quote) this.#inString = true;
    else if (code === openList || code === openObject) this.#depth += 1;
    else if (code === closeList || code === closeObject) this.#depth -= 1;
  }

  /** Values in a row end with their closing bracket; in an array the comma is waited for, so that rubbish stays with its item. */
  #endsAfter(code: number): boolean {
    if (this.#itemDepth !== 0) {
      if (this.#depth < 1) this.#depth = 1;
      return false;
    }
    if (this.#depth < 0) this.#depth = 0;
    return this.#depth === 0 && (code === closeObject || code === closeList);
  }

  #hold(piece: Uint8Array): void {
    const item = this.#item;
    if (!item) return;
    if (item.size <= maxLineBytes) item.pieces.push(piece.slice());
    item.size += piece.length;
  }

  #finish(last: Uint8Array): void {
    const item = this.#item;
    if (!item) return;
    this.#item = null;
    const size = item.size + last.length;
    const place = { offset: item.offset, physicalLine: item.line };
    if (size > maxLineBytes) {
      const message = `The item has ${size} bytes; at most ${maxLineBytes} (16 MiB) are taken.`;
      this.#emit({
        kind: 'problem',
        ...place,
        code: 'json_item_too_long',
        message,
        raw: start(item.pieces, last),
      });
      return;
    }
    this.#emit({ kind: 'item', ...place, bytes: trimmed(joined([...item.pieces, last])) });
  }

  #cutOff(): void {
    const item = this.#item;
    this.#item = null;
    const message = item
      ? 'The file ends in the middle of this item: it is not whole.'
      : 'The file ends before the list is closed with ]: it may not be whole.';
    this.#emit({
      kind: 'problem',
      offset: item?.offset ?? this.#offset,
      physicalLine: item?.line ?? this.#line,
      code: 'json_cut_off',
      message,
      raw: start(item?.pieces ?? [], new Uint8Array(0)),
    });
  }

  #trailing(chunk: Uint8Array, at: number): void {
    // Told once: what follows a whole list is one thing, however long it is.
    if (this.#itemDepth === null || this.#isPartOfMore) return;
    this.#itemDepth = null;
    this.#emit({
      kind: 'problem',
      offset: this.#offset + at,
      physicalLine: this.#line,
      code: 'json_trailing',
      message: 'There is more text after the end of the list; it was not read.',
      raw: chunk.slice(at, at + keptOfLongLineBytes),
    });
  }
}

function start(pieces: readonly Uint8Array[], last: Uint8Array): Uint8Array {
  return joined([...pieces, last]).slice(0, keptOfLongLineBytes);
}

/** White space before the comma that ended an item is not the item's. */
function trimmed(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] ?? 0) <= space) end -= 1;
  return bytes.subarray(0, end);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
