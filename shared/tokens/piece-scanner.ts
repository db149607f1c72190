import { characterClass } from './character-classes.ts';
import type { Encoding } from './encodings.ts';

const { other, upper, lower, letter, mark, number, space, newline } = characterClass;
const apostrophe = 0x27;
const blank = 0x20;
const slash = 0x2f;

/**
 * Cuts UTF-8 bytes where the encodings' patterns cut (tiktoken's `pat_str`), by hand instead of by a regular expression:
 * every byte is looked at a bounded number of times, so that no text is quadratic.
 */
export class PieceScanner {
  private readonly classes: Uint8Array;
  /** Where the character that was looked at last ends. */
  private next = 0;

  constructor(classes: Uint8Array) {
    this.classes = classes;
  }

  /** The end of the piece that begins at `at`; `at` is before `end` and a character begins there. */
  pieceEnd(encoding: Encoding): (bytes: Uint8Array, at: number, end: number) => number {
    return encoding === 'o200k_base'
      ? (bytes, at, end) => this.endO200k(bytes, at, end)
      : (bytes, at, end) => this.endCl100k(bytes, at, end);
  }

  private endO200k(bytes: Uint8Array, at: number, end: number): number {
    const kind = this.classAt(bytes, at);
    const after = this.next;
    if (kind === upper || kind === lower || kind === letter) {
      return this.suffixEnd(bytes, Math.abs(this.wordEnd(bytes, at, end)), end);
    }
    if (kind === number) return this.digitsEnd(bytes, after, end);
    if (kind !== newline && after < end) {
      const word = this.wordEnd(bytes, after, end);
      if (word > 0) return this.suffixEnd(bytes, word, end);
      if (word < 0 && kind !== mark) return this.suffixEnd(bytes, -word, end);
    }
    if (kind === mark) return this.suffixEnd(bytes, after, end);
    const signs = this.signsStart(bytes, at, end);
    if (signs < 0) return this.spacesEnd(bytes, at, end);
    let ahead = this.signsEnd(bytes, signs, end);
    while (ahead < end && (isNewline(bytes[ahead]) || bytes[ahead] === slash)) ahead += 1;
    return ahead;
  }

  private endCl100k(bytes: Uint8Array, at: number, end: number): number {
    const suffix = this.suffixEnd(bytes, at, end);
    if (suffix > at) return suffix;
    const kind = this.classAt(bytes, at);
    const after = this.next;
    if (kind === number) return this.digitsEnd(bytes, after, end);
    if (kind !== newline) {
      const letters = this.lettersEnd(bytes, after, end);
      if (letters > after || isLetter(kind)) return letters;
    }
    const signs = this.signsStart(bytes, at, end);
    if (signs < 0) return this.spacesEnd(bytes, at, end);
    let ahead = this.signsEnd(bytes, signs, end);
    while (ahead < end && isNewline(bytes[ahead])) ahead += 1;
    return ahead;
  }

  /**
   * `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+` from `at`: its end; where only the pattern's second
   * form fits (capitals alone), minus its end; 0 where neither does.
   */
  private wordEnd(bytes: Uint8Array, at: number, end: number): number {
    let ahead = at;
    let lastCaseless = 0;
    while (ahead < end) {
      const kind = this.classAt(bytes, ahead);
      if (kind === lower) return this.lowerEnd(bytes, this.next, end);
      if (kind === letter || kind === mark) lastCaseless = this.next;
      else if (kind !== upper) break;
      ahead = this.next;
    }
    if (lastCaseless > 0) return lastCaseless;
    return ahead > at ? -ahead : 0;
  }

  private lowerEnd(bytes: Uint8Array, at: number, end: number): number {
    let ahead = at;
    while (ahead < end) {
      const kind = this.classAt(bytes, ahead);
      if (kind !== lower && kind !== letter && kind !== mark) break;
      ahead = this.next;
    }
    return ahead;
  }

  private lettersEnd(bytes: Uint8Array, at: number, end: number): number {
    let ahead = at;
    while (ahead < end && isLetter(this.classAt(bytes, ahead))) ahead = this.next;
    return ahead;
  }

  /** `\p{N}{1,3}`, after its first. */
  private digitsEnd(bytes: Uint8Array, at: number, end: number): number {
    let ahead = at;
    for (let more = 0; more < 2 && ahead < end; more += 1) {
      if (this.classAt(bytes, ahead) !== number) break;
      ahead = this.next;
    }
    return ahead;
  }

  /** Where the signs of ` ?[^\s\p{L}\p{N}]+` begin; -1 where the pattern does not fit. */
  private signsStart(bytes: Uint8Array, at: number, end: number): number {
    const kind = this.classAt(bytes, at);
    if (kind === other || kind === mark) return at;
    if (bytes[at] !== blank || at + 1 >= end) return -1;
    const following = this.classAt(bytes, at + 1);
    return following === other || following === mark ? at + 1 : -1;
  }

  private signsEnd(bytes: Uint8Array, at: number, end: number): number {
    let ahead = at;
    while (ahead < end) {
      const kind = this.classAt(bytes, ahead);
      if (kind !== other && kind !== mark) break;
      ahead = this.next;
    }
    return ahead;
  }

  /** `\s*[\r\n]+|\s+(?!\S)|\s+`: up to the last line end, or all but the last space where something follows. */
  private spacesEnd(bytes: Uint8Array, at: number, end: number): number {
    let [ahead, last, lineEnd] = [at, at, 0];
    while (ahead < end) {
      const kind = this.classAt(bytes, ahead);
      if (kind !== space && kind !== newline) break;
      last = ahead;
      ahead = this.next;
      if (kind === newline) lineEnd = ahead;
    }
    if (lineEnd > 0) return lineEnd;
    return ahead >= end || last === at ? ahead : last;
  }

  /** `(?i:'s|'t|'re|'ve|'m|'ll|'d)?`: its end, or `at`. Folding makes the long s (U+017F) an s. */
  private suffixEnd(bytes: Uint8Array, at: number, end: number): number {
    if (bytes[at] !== apostrophe || at + 1 >= end) return at;
    const [first, second] = [bytes[at + 1] as number, at + 2 < end ? (bytes[at + 2] as number) : 0];
    switch (first | 0x20) {
      case 0x73: // s
      case 0x74: // t
      case 0x6d: // m
      case 0x64: // d
        return at + 2;
      case 0x72: // re
      case 0x76: // ve
        return (second | 0x20) === 0x65 ? at + 3 : at;
      case 0x6c: // ll
        return (second | 0x20) === 0x6c ? at + 3 : at;
      default:
        return first === 0xc5 && second === 0xbf ? at + 3 : at;
    }
  }

  /** The class of the character that begins at `at`; `next` is where it ends. */
  private classAt(bytes: Uint8Array, at: number): number {
    const first = bytes[at] as number;
    if (first < 0x80) {
      this.next = at + 1;
      return this.classes[first] as number;
    }
    const second = (bytes[at + 1] as number) & 0x3f;
    if (first < 0xe0) {
      this.next = at + 2;
      return this.classes[((first & 0x1f) << 6) | second] as number;
    }
    const third = (bytes[at + 2] as number) & 0x3f;
    if (first < 0xf0) {
      this.next = at + 3;
      return this.classes[((first & 0x0f) << 12) | (second << 6) | third] as number;
    }
    this.next = at + 4;
    const fourth = (bytes[at + 3] as number) & 0x3f;
    return this.classes[((first & 0x07) << 18) | (second << 12) | (third << 6) | fourth] as number;
  }
}

function isLetter(kind: number): boolean {
  return kind === lower || kind === upper || kind === letter;
}

function isNewline(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d;
}
