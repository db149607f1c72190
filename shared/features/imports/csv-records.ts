import { keptOfLongLineBytes, maxLineBytes } from '../datasets/line-splitter.ts';

/** A record of a CSV text: its fields, unquoted, and the place of its first character. */
export type CsvRecord = {
  readonly kind: 'record';
  readonly line: number;
  readonly offset: number;
  readonly fields: readonly string[];
  /** The text of the record as it stands, without the line end. */
  readonly raw: string;
};
export type CsvProblem = {
  readonly kind: 'problem';
  readonly line: number;
  readonly offset: number;
  readonly code: 'csv_unclosed_quote' | 'csv_record_too_long';
  readonly message: string;
  readonly raw: string;
};
export type CsvOptions = {
  readonly delimiter: string;
  /** `\n` (which takes `\r\n` too) or a lone `\r`. */
  readonly newline: '\n' | '\r';
};

const quote = '"';
/** A record over several lines is read anew, line by line, only up to this size: else hostile input is quadratic. */
const maxRereadCharacters = 64 * 1024;

/**
 * Cuts CSV into records (RFC 4180, taken leniently): a quote inside an unquoted field is text, a quote in a quoted field
 * that is not followed by a delimiter is text, an opened quote that is never closed costs its own line and no other.
 * Feed it pieces of text; time is linear in the input whatever it holds, memory bounded by the longest record allowed.
 */
export class CsvRecords {
  readonly #delimiter: string;
  readonly #newline: string;
  readonly #emit: (found: CsvRecord | CsvProblem) => void;
  #text = '';
  #waiting: string[] = [];
  #waitingLength = 0;
  /** Place of `#text[0]` in the whole input. */
  #base = 0;
  #line = 1;
  #start = 0;
  #isFinal = false;
  #isSkipping = false;
  /** Number of fields of the first record: what a record over several lines is measured by. */
  #width: number | null = null;
  /** No quote closes a field between these places (of `#text`), which spares searching; the last lone one, or -1. */
  #noCloser = { from: 0, to: 0, lastStray: -1 };

  constructor(options: CsvOptions, emit: (found: CsvRecord | CsvProblem) => void) {
    this.#delimiter = options.delimiter;
    this.#newline = options.newline;
    this.#emit = emit;
  }

  push(piece: string): void {
    this.#waiting.push(piece);
    this.#waitingLength += piece.length;
    // A record that is not whole is read from its start again: only when it has grown by half, so time stays linear.
    if (this.#waitingLength * 2 >= this.#text.length) this.#run();
  }

  end(): void {
    this.#isFinal = true;
    this.#run();
  }

  #run(): void {
    this.#text += this.#waiting.join('');
    this.#waiting = [];
    this.#waitingLength = 0;
    if (this.#isSkipping && !this.#skipLine()) return;
    while (this.#start < this.#text.length) {
      const found = this.#record();
      if (found === null) break;
      this.#take(found);
    }
    this.#base += this.#start;
    this.#noCloser = {
      from: Math.max(0, this.#noCloser.from - this.#start),
      to: Math.max(0, this.#noCloser.to - this.#start),
      lastStray: Math.max(-1, this.#noCloser.lastStray - this.#start),
    };
    this.#text = this.#text.slice(this.#start);
    this.#start = 0;
  }

  /** Drops the rest of a too long line; false while its end has not come. */
  #skipLine(): boolean {
    const end = this.#text.indexOf(this.#newline, this.#start);
    if (end < 0) {
      this.#start = this.#text.length;
      this.#base += this.#start;
      this.#text = '';
      this.#start = 0;
      return false;
    }
    this.#start = end + 1;
    this.#line += 1;
    this.#isSkipping = false;
    return true;
  }

  /** Reads the record at `#start`; null when more text is needed. */
  #record(): Scanned | null {
    const fields: string[] = [];
    let at = this.#start;
    let hasBreak = false;
    let isBent = false;
    for (;;) {
      const opened = this.#openingQuote(at);
      if (opened === 'more') return this.#wait(at);
      const field = opened === null ? this.#plain(at) : this.#quoted(opened + 1);
      if (field === null) return this.#wait(at);
      if (field === 'unclosed') return { kind: 'unclosed' };
      fields.push(field.text);
      hasBreak ||= field.hasBreak;
      isBent ||= field.hasBreak && field.hasStray;
      if (field.end >= this.#text.length && !this.#isFinal) return this.#wait(at);
      if (this.#text[field.end] === this.#delimiter) {
        at = field.end + 1;
        continue;
      }
      return { kind: 'record', fields, end: field.end, hasBreak, isBent };
    }
  }

  /** Not enough text yet: fine, unless the record is too long already. */
  #wait(at: number): Scanned | null {
    if (this.#text.length - this.#start <= maxLineBytes) return null;
    return this.#openingQuote(at) === null ? { kind: 'too-long' } : { kind: 'unclosed' };
  }

  /** Where a field's opening quote stands (spaces before it are ignored); null when it has none. */
  #openingQuote(from: number): number | null | 'more' {
    let at = from;
    while (this.#text[at] === ' ') at += 1;
    if (at >= this.#text.length) return this.#isFinal ? null : 'more';
    return this.#text[at] === quote ? at : null;
  }

  #plain(from: number): Field | null {
    const text = this.#text;
    const { length } = text;
    const delimiter = this.#delimiter.charCodeAt(0);
    const newline = this.#newline.charCodeAt(0);
    let end = from;
    for (; end < length; end += 1) {
      const code = text.charCodeAt(end);
      if (code === delimiter || code === newline) break;
    }
    if (end >= length && !this.#isFinal) return null;
    const field = withoutReturn(text.slice(from, end), this.#endsLine(end));
    return { text: field, end, hasBreak: false, hasStray: false };
  }

  #endsLine(at: number): boolean {
    return this.#newline === '\n' && (at >= this.#text.length || this.#text[at] === '\n');
  }

  /** Reads up to the quote that closes: the last of an odd run before a delimiter, a line end or the end. */
  #quoted(from: number): Field | null | 'unclosed' {
    const { from: low, to: high, lastStray } = this.#noCloser;
    let stray = -1;
    const isKnown = from >= low && from < high;
    // A run of quotes right here counts from here, so it is looked at even where the search can be spared.
    let at = from;
    if (isKnown && this.#text[from] !== quote) {
      if (lastStray >= from) stray = lastStray;
      at = high;
    }
    for (;;) {
      const first = this.#text.indexOf(quote, at);
      if (first < 0) return this.#noCloserTo(from, this.#text.length, stray);
      let after = first + 1;
      while (this.#text[after] === quote) after += 1;
      if (after >= this.#text.length && !this.#isFinal) return this.#noCloserTo(from, first, stray);
      const end = this.#closes(after);
      if ((after - first) % 2 === 1 && end !== null) {
        const inner = this.#text.slice(from, after - 1);
        return {
          text: inner.replaceAll('""', quote),
          end,
          hasBreak: inner.includes(this.#newline),
          hasStray: stray >= 0,
        };
      }
      if ((after - first) % 2 === 1) stray = first;
      at = after;
      if (isKnown && after < high) {
        if (lastStray >= after) stray = lastStray;
        at = high;
      }
    }
  }

  #noCloserTo(from: number, to: number, stray: number): null | 'unclosed' {
    const known = this.#noCloser;
    const isLonger = known.to >= from && known.from <= from;
    this.#noCloser = {
      from: isLonger ? known.from : from,
      to,
      lastStray: Math.max(stray, isLonger ? known.lastStray : -1),
    };
    return this.#isFinal ? 'unclosed' : null;
  }

  /** Where the field ends when a quote before `after` closes it; null when more text follows on the line. */
  #closes(after: number): number | null {
    if (after >= this.#text.length) return after;
    const next = this.#text[after];
    if (next === this.#delimiter || next === this.#newline) return after;
    if (next === '\r' && this.#endsLine(after + 1)) return after + 1;
    return null;
  }

  #take(found: Scanned): void {
    const { length } = this.#text;
    if (found.kind === 'too-long') {
      this.#problem('csv_record_too_long', length);
      this.#isSkipping = true;
      this.#start = length;
      this.#skipLine();
      return;
    }
    if (found.kind === 'unclosed') {
      this.#refuseLine();
      return;
    }
    const hasOtherWidth = found.hasBreak && this.#width !== null && found.fields.length !== this.#width;
    // A lone quote after a line break in a field: most likely the field began by a quote meant as text.
    if ((hasOtherWidth || found.isBent) && found.end - this.#start <= maxRereadCharacters) {
      this.#refuseLine();
      return;
    }
    const raw = this.#text.slice(this.#start, found.end);
    if (raw.length > maxLineBytes) this.#problem('csv_record_too_long', found.end);
    else this.#emitRecord(found.fields, raw);
    this.#line += 1 + (found.hasBreak ? countOf(raw, this.#newline) : 0);
    this.#start = found.end + 1;
  }

  #emitRecord(fields: readonly string[], raw: string): void {
    if (fields.length === 1 && fields[0] === '' && !raw.includes(quote)) return;
    this.#width ??= fields.length;
    const offset = this.#base + this.#start;
    this.#emit({ kind: 'record', line: this.#line, offset, fields, raw: raw.replace(/\r$/, '') });
  }

  /** Sets the physical line at `#start` aside and goes on with the next. */
  #refuseLine(): void {
    const end = this.#text.indexOf(this.#newline, this.#start);
    const stop = end < 0 ? this.#text.length : end;
    this.#problem('csv_unclosed_quote', stop);
    this.#line += 1;
    this.#start = stop + 1;
  }

  #problem(code: CsvProblem['code'], end: number): void {
    const message =
      code === 'csv_unclosed_quote'
        ? 'A quote opens a field in this line and does not close it, so the columns cannot be told apart. Close it, or double it ("") where it is meant as text.'
        : `The record is longer than ${maxLineBytes} bytes (16 MiB); its line was passed over.`;
    const raw = this.#text.slice(this.#start, Math.min(end, this.#start + keptOfLongLineBytes));
    this.#emit({ kind: 'problem', line: this.#line, offset: this.#base + this.#start, code, message, raw });
  }
}

type Field = {
  readonly text: string;
  readonly end: number;
  readonly hasBreak: boolean;
  /** A quote inside that is neither doubled nor closing. */
  readonly hasStray: boolean;
};
type Scanned =
  | {
      readonly kind: 'record';
      readonly fields: readonly string[];
      readonly end: number;
      readonly hasBreak: boolean;
      readonly isBent: boolean;
    }
  | { readonly kind: 'unclosed' }
  | { readonly kind: 'too-long' };

function withoutReturn(text: string, isLineEnd: boolean): string {
  return isLineEnd && text.endsWith('\r') ? text.slice(0, -1) : text;
}

function countOf(text: string, piece: string): number {
  let count = 0;
  for (let at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + 1)) count += 1;
  return count;
}
