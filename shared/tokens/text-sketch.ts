import { characterClass } from './character-classes.ts';
import { spread } from './text-hash.ts';

/** Values of a sketch. Two texts share about as large a part of them as of their shingles (Jaccard). */
export const sketchSize = 128;
const shingleWords = 5;
const empty = 0xffff_ffff;
const copied = 0x8000_0000;
const noWord = 0x811c_9dc5;
const triesAtMost = 4000;

/**
 * One-permutation MinHash over shingles of five words, gathered from any number of texts: each shingle falls into one of
 * 128 boxes and the smallest value stays; empty boxes copy from others as their number says (optimal densification), so
 * that equal sets have equal sketches. Words are runs of letters, marks, numbers and _, small letters being as good as
 * capitals in ASCII; each Chinese, Japanese or Korean character is a word. The twin of electron/kernel/sketch.ts.
 */
export class TextSketch {
  private readonly classes: Uint8Array;
  private readonly boxes = new Uint32Array(sketchSize);
  /** Hashes of the words met last, the newest last. */
  private readonly last = new Int32Array(shingleWords);
  private words = 0;
  private shingles = 0;
  private word = noWord;
  private isInWord = false;

  /** `classes` is the class of every code point (character-classes.ts). */
  constructor(classes: Uint8Array) {
    this.classes = classes;
    this.begin();
  }

  begin(): void {
    this.boxes.fill(empty);
    this.last.fill(0);
    this.words = 0;
    this.shingles = 0;
  }

  /** Adds the words of well-formed UTF-8; a word ends with the text, a shingle does not. */
  add(bytes: Uint8Array, start: number, end: number): void {
    for (let at = start; at < end; ) {
      const first = bytes[at] as number;
      const size = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
      this.take(size === 1 ? first : pointAt(bytes, at, size));
      at += size;
    }
    this.endWord();
  }

  /** Writes the sketch to `into` from `at`; answers the number of shingles, and writes nothing when that is 0. */
  end(into: Uint32Array, at: number): number {
    if (this.words === 0) return 0;
    if (this.shingles === 0) this.addShingle(1, 31);
    for (let box = 0; box < sketchSize; box += 1) if (this.boxes[box] === empty) this.fill(box);
    for (let box = 0; box < sketchSize; box += 1) into[at + box] = (this.boxes[box] as number) & ~copied;
    return this.shingles;
  }

  private take(point: number): void {
    if (isWordAlone(point)) {
      this.endWord();
      this.addWord(Math.imul(point, 0x9e37_79b1));
      return;
    }
    const letter = point < 0x80 ? asciiInWord(point) : this.isInWords(point) ? point : 0;
    if (letter === 0) {
      this.endWord();
      return;
    }
    this.word = Math.imul(this.word ^ letter, 0x0100_0193);
    this.isInWord = true;
  }

  private isInWords(point: number): boolean {
    const kind = this.classes[point] as number;
    return kind >= characterClass.upper && kind <= characterClass.number;
  }

  private endWord(): void {
    if (!this.isInWord) return;
    this.addWord(this.word);
    this.word = noWord;
    this.isInWord = false;
  }

  private addWord(hash: number): void {
    this.last.copyWithin(0, 1);
    this.last[shingleWords - 1] = hash;
    this.words += 1;
    if (this.words >= shingleWords) this.addShingle(0, 0x5bd1_e995);
  }

  /** One shingle of the words from `from` on; fewer than five words are one shingle too. */
  private addShingle(from: number, factor: number): void {
    let mixed = this.last[from] as number;
    for (let word = from + 1; word < shingleWords; word += 1) {
      mixed = (Math.imul(mixed, factor) + (this.last[word] as number)) | 0;
    }
    const hash = spread(mixed);
    const value = Math.imul(hash, 0x9e37_79b1) >>> 1;
    const box = hash >>> 25;
    if (value < (this.boxes[box] as number)) this.boxes[box] = value;
    this.shingles += 1;
  }

  private fill(box: number): void {
    for (let attempt = 1; attempt <= triesAtMost; attempt += 1) {
      const other = spread(Math.imul(box + 1, 0x9e37_79b1) ^ Math.imul(attempt, 0x85eb_ca6b)) >>> 25;
      const value = this.boxes[other] as number;
      if (value >= copied) continue;
      this.boxes[box] = value + copied;
      return;
    }
    this.boxes[box] = copied;
  }
}

/** The letter, capitals as small ones; 0 for what is not part of a word. */
function asciiInWord(byte: number): number {
  const isDigit = byte >= 0x30 && byte <= 0x39;
  const isSmall = byte >= 0x61 && byte <= 0x7a;
  if (isDigit || isSmall || byte === 0x5f) return byte;
  return byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : 0;
}

function isWordAlone(point: number): boolean {
  if (point < 0x3040) return false;
  return (
    point <= 0x30ff ||
    (point >= 0x3400 && point <= 0x9fff) ||
    (point >= 0xac00 && point <= 0xd7af) ||
    (point >= 0x2_0000 && point <= 0x3_23af)
  );
}

function pointAt(bytes: Uint8Array, at: number, size: number): number {
  let point = (bytes[at] as number) & (0xff >> (size + 1));
  for (let place = 1; place < size; place += 1) point = (point << 6) | ((bytes[at + place] as number) & 0x3f);
  return point;
}
