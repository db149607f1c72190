import { isUtf8 } from 'node:buffer';
import type { Analysis } from '../../../shared/features/datasets/analyse-example.ts';
import type { Line } from '../../../shared/features/datasets/line-splitter.ts';
import { longestPlainLine } from '../../../shared/features/datasets/plain-lines.ts';
import { type PlainRows, rowHashBytes } from '../../../shared/features/datasets/plain-rows.ts';
import { type JsonObject, readLine } from '../../../shared/features/datasets/read-line.ts';
import type { ExampleFinding } from '../../../shared/features/datasets/sft/check-context.ts';
import type { TakeBuffer } from './buffer-pool.ts';
import type { PartLines } from './file-parts.ts';
import { decodeUtf8 } from './line-file.ts';

/**
 * Rows whose line is longer keep their previews, so that a page of a list need not parse them. Few are (of chats about one
 * in a hundred), so that this takes no room.
 */
export const longRowBytes = 4 * 1024;

/** A line that could not become an example; `line` counts from 1 within its part. */
export type RefusedLine = {
  line: number;
  byteOffset: number;
  code: string;
  message: string;
  raw: Uint8Array;
};

/** Numbers of a row in {@link ParsedPart.numbers}, in this order. */
export const rowNumbers = 10;

/**
 * What a reading thread hands to the writing one for a part of a file: the bytes as read and columns about the accepted
 * lines. The buffers are moved between the threads, not copied.
 */
export type ParsedPart = {
  readonly index: number;
  /** Physical lines that begin in the part, blank ones included. */
  readonly lines: number;
  readonly rows: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /**
   * Per row: start, end, line, tokens, messages, flags (1 tools, 2 pictures), errors, warnings, infos, UTF-16 length of
   * what can be compared (0 without sketches).
   */
  readonly numbers: Uint32Array<ArrayBuffer>;
  /** Per row: 32 bytes of identity, 8 of the prompt's hash, 8 of the answer's. */
  readonly hashes: Uint8Array<ArrayBuffer>;
  /**
   * Per row the sketch of comparableText by planSketches(), one after the other as SketchTable.append takes them, so that
   * the look for near duplicates after an import need not read the texts again; for exact repeats the first 8 bytes of the
   * identity will do. Empty unless asked for (ParseInput.areSketched). May hold more than `rows` rows.
   */
  readonly sketches: Uint32Array<ArrayBuffer>;
  readonly messageTokens: readonly string[];
  readonly labels: readonly (string | null)[];
  /** Of few rows only, by index of the row. */
  readonly images: ReadonlyMap<number, string>;
  readonly previews: ReadonlyMap<number, { prompt: string; answer: string }>;
  readonly findings: ReadonlyMap<number, readonly ExampleFinding[]>;
  readonly refused: readonly RefusedLine[];
};

export type PartTools = {
  readonly takeBuffer: TakeBuffer;
  /** Spares plain lines the careful way; null when no line can be plain. */
  readonly plain: PlainRows | null;
  analyse(value: JsonObject, line: string): Analysis;
  /** Sketches what is not plain; null when no sketches are wanted. */
  readonly sketcher: RowSketcher | null;
};

/** Writes the sketch of an example to `into[at]`; answers the UTF-16 length of what was sketched. */
export type RowSketcher = {
  /** Words of a sketch. */
  readonly words: number;
  sketch(value: JsonObject, into: Uint32Array, at: number): number;
};

/** Checks, counts and hashes the lines of a part. */
export function parsePart(read: PartLines & { readonly index: number }, tools: PartTools): ParsedPart {
  const { plain } = tools;
  const builder = createBuilder(read, tools);
  const isAllUtf8 = isUtf8(read.buffer);
  for (const line of read.lines) {
    const { bytes } = line;
    if (plain && bytes.length <= longestPlainLine && (isAllUtf8 || isUtf8(bytes))) {
      const messages = plain.take(bytes);
      if (messages > 0) {
        builder.acceptPlain(line, messages, plain);
        continue;
      }
    }
    const reading = readLine(line, decodeUtf8);
    if (reading.kind === 'blank') continue;
    if (reading.kind === 'example')
      builder.accept(line, reading.value, tools.analyse(reading.value, reading.text));
    else {
      const { code, message } = reading;
      builder.refuse({
        line: line.number,
        byteOffset: line.byteOffset,
        code,
        message,
        raw: line.bytes.slice(),
      });
    }
  }
  return { index: read.index, lines: read.lines.length, ...builder.finish() };
}

/** The buffers of a part that can be moved to another thread instead of being copied. */
export function buffersOf({ bytes, numbers, hashes, sketches }: ParsedPart): ArrayBuffer[] {
  return [bytes.buffer, numbers.buffer, hashes.buffer, sketches.buffer].filter(
    ({ byteLength }) => byteLength > 0,
  );
}

/** The columns of numbers of a part, with room for all of its lines; `set` writes those of a row. */
function createNumberColumns({ buffer, lines }: PartLines, { takeBuffer, sketcher }: PartTools) {
  const sketchWords = sketcher?.words ?? 0;
  const sketchBytes = lines.length * sketchWords * Uint32Array.BYTES_PER_ELEMENT;
  const numbers = new Uint32Array(takeBuffer(lines.length * rowNumbers * Uint32Array.BYTES_PER_ELEMENT));
  return {
    bytes: new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length),
    numbers,
    hashes: new Uint8Array(takeBuffer(lines.length * rowHashBytes)),
    sketches: new Uint32Array(sketchBytes === 0 ? new ArrayBuffer(0) : takeBuffer(sketchBytes)),
    sketchWords,
    set: (row: number, line: Line, rest: readonly number[]): void => {
      const at = row * rowNumbers;
      const start = line.bytes.byteOffset - buffer.byteOffset;
      numbers[at] = start;
      numbers[at + 1] = start + line.bytes.length;
      numbers[at + 2] = line.number;
      for (let index = 0; index < rest.length; index += 1) numbers[at + 3 + index] = rest[index] ?? 0;
    },
  };
}

function createBuilder(part: PartLines, tools: PartTools) {
  const { sketcher } = tools;
  const { set: setNumbers, sketchWords, ...columns } = createNumberColumns(part, tools);
  const { hashes, sketches } = columns;
  const messageTokens: string[] = [];
  const labels: (string | null)[] = [];
  const images = new Map<number, string>();
  const previews = new Map<number, { prompt: string; answer: string }>();
  const findings = new Map<number, readonly ExampleFinding[]>();
  const refused: RefusedLine[] = [];
  let rows = 0;

  return {
    refuse: (line: RefusedLine): void => void refused.push(line),
    accept(line: Line, value: JsonObject, analysis: Analysis): void {
      const { facts, tokens } = analysis;
      const flags = (facts.hasTools ? 1 : 0) + (facts.images.length > 0 ? 2 : 0);
      const severities = countSeverities(analysis.findings);
      const length = sketcher?.sketch(value, sketches, rows * sketchWords) ?? 0;
      setNumbers(rows, line, [tokens.withoutImages, facts.messageCount, flags, ...severities, length]);
      hashes.set(analysis.identity, rows * rowHashBytes);
      hashes.set(analysis.promptHash, rows * rowHashBytes + 32);
      hashes.set(analysis.answerHash, rows * rowHashBytes + 40);
      messageTokens.push(`[${tokens.perMessage.join(',')}]`);
      labels.push(facts.label);
      if (facts.images.length > 0) images.set(rows, JSON.stringify(facts.images));
      if (line.bytes.length > longRowBytes) previews.set(rows, facts.texts.previews());
      if (analysis.findings.length > 0) findings.set(rows, analysis.findings);
      rows += 1;
    },
    acceptPlain(line: Line, messages: number, plain: PlainRows): void {
      const length = sketcher ? plain.writeSketch(sketches, rows * sketchWords) : 0;
      setNumbers(rows, line, [plain.tokens(), messages, 0, 0, 0, 0, length]);
      plain.writeHashes(hashes, rows * rowHashBytes);
      messageTokens.push(plain.messageTokens());
      labels.push(plain.label());
      if (line.bytes.length > longRowBytes) previews.set(rows, plain.previews());
      rows += 1;
    },
    finish: () => ({ rows, ...columns, messageTokens, labels, images, previews, findings, refused }),
  };
}

/** How many findings there are of each severity: errors, warnings, infos. */
export function countSeverities(findings: readonly ExampleFinding[]): [number, number, number] {
  const counts: [number, number, number] = [0, 0, 0];
  for (const { severity } of findings) counts[severity === 'error' ? 0 : severity === 'warning' ? 1 : 2] += 1;
  return counts;
}
