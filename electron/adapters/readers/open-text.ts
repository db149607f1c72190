import type { Container, EncodingFacts, ReadChoices, Source } from '../../core/source-rows.ts';
import { type Bytes, headOf, type Listen } from './byte-stream.ts';
import { csvRows, sniffCsv } from './csv-rows.ts';
import { plainTextRows } from './plain-text-rows.ts';
import { asUtf8, bomLength, encodedLength, sniffEncoding } from './text-encoding.ts';
import { after, jsonlRows, jsonRows } from './text-rows.ts';
import { unreadable } from './read-failures.ts';

/** A file whose bytes can be had, unpacked, as often as wanted. */
export type Unpacked = { readonly name: string; bytes(listen?: Listen): Bytes };

const headBytes = 256 * 1024;

type TextSource = Omit<Source, 'packing' | 'parts' | 'notes' | 'close'>;
type Sniffed = {
  readonly head: Buffer;
  readonly isWhole: boolean;
  readonly encoding: EncodingFacts;
  readonly bom: number /** Of the file as it lies, in its own encoding. */;
  readonly rawBom: number;
};

/** Opens a file of text: JSONL, JSON, CSV or prose. Throws FILE_UNREADABLE for what is no text, and unless UTF-8 is chosen otherwise. */
export async function openText(file: Unpacked, choices: ReadChoices): Promise<TextSource> {
  const sniffed = await sniff(file, choices);
  const container = choices.container ?? containerOf(file.name, sniffed.head);
  const { name } = file;
  const text = (listen?: Listen): Bytes =>
    after(asUtf8(file.bytes(listen), name, sniffed.encoding.name), sniffed.bom);
  const common = {
    name,
    container,
    encoding: sniffed.encoding,
    delimiter: null,
    hasHeader: null,
    columns: null,
  };
  if (container === 'jsonl') {
    return {
      ...common,
      rows: (listen) => jsonlRows(asUtf8(file.bytes(listen), name, sniffed.encoding.name)),
    };
  }
  if (container === 'json') {
    const inner = arrayStart(sniffed.head);
    const offset = sniffed.bom + inner;
    const start = { inArray: inner > 0, offset };
    return { ...common, rows: (listen) => jsonRows(after(text(listen), inner), start) };
  }
  if (container === 'csv') {
    const shape = sniffCsv(sniffed.head, { ...choices, isWhole: sniffed.isWhole });
    const places = { start: sniffed.rawBom, measure: encodedLength(sniffed.encoding.name) };
    const { delimiter, hasHeader, columns } = shape;
    return {
      ...common,
      delimiter,
      hasHeader,
      columns,
      rows: (listen) => csvRows(text(listen), shape, places),
    };
  }
  return { ...common, container: 'text', columns: ['text'], rows: (listen) => plainTextRows(text(listen)) };
}

/** Reads the head as UTF-8, in the chosen encoding or the one its byte order mark names. */
async function sniff(file: Unpacked, choices: ReadChoices): Promise<Sniffed> {
  const raw = await headOf(file.bytes(), headBytes);
  const facts = sniffEncoding(raw.head, raw.isWhole);
  const encoding = choices.encoding === null ? facts : { ...facts, name: choices.encoding.toLowerCase() };
  const isUtf16 = facts.name.startsWith('utf-16') || facts.name.startsWith('utf-32');
  if (raw.head.includes(0) && !isUtf16 && choices.encoding === null && isBinary(raw.head)) {
    throw unreadable(file.name, {
      what: `This is no text file (byte ${raw.head.indexOf(0)} is zero), and of no kind that Lapidary reads.`,
      todo: 'Import JSONL, JSON, CSV, TSV, Parquet, XLSX, PDF, plain text, or a .gz or .zip of these.',
    });
  }
  const { head } = await headOf(asUtf8(once(raw.head), file.name, encoding.name), headBytes * 2);
  const bom = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  return { head: head.subarray(bom), isWhole: raw.isWhole, encoding, bom, rawBom: bomLength(raw.head) };
}

async function* once(bytes: Uint8Array): Bytes {
  yield bytes;
}

/** Many control characters are no text in any encoding; a single NUL in a line of JSON is only a bad line. */
function isBinary(head: Uint8Array): boolean {
  let odd = 0;
  for (const byte of head) if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) odd += 1;
  return odd > head.length * 0.02;
}

const byEnding: Readonly<Record<string, Container>> = {
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  csv: 'csv',
  tsv: 'csv',
  tab: 'csv',
  md: 'text',
};

/** What a text holds: by its first character and its first line; the file name only decides where the text leaves it open. */
export function containerOf(name: string, head: Uint8Array): Container {
  const text = Buffer.from(head).toString('utf8').trimStart();
  const ending = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  if (text.startsWith('[') && ending !== 'jsonl' && ending !== 'ndjson' && /^\[\s*(?:[{["\]]|$)/.test(text))
    return 'json';
  if (text.startsWith('{') && byEnding[ending] !== 'csv') {
    if (ending === 'jsonl' || ending === 'ndjson') return 'jsonl';
    return isWholeObject(text.split('\n', 1)[0] ?? '') && arrayStart(head) === 0 ? 'jsonl' : 'json';
  }
  return byEnding[ending] ?? (looksTabular(text) ? 'csv' : 'text');
}

function isWholeObject(line: string): boolean {
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    // A line longer than the head cannot be judged; a pretty-printed object has a short first line.
    return line.length > 4096;
  }
}

/** Lists of an example itself: an object that begins with one is a row, not a wrapping of rows. */
const listsOfExamples =
  /^(?:messages|conversations?|turns|tools|functions|prompt|input|chosen|rejected|preferred(?:_output)?|(?:non_preferred|rejected)_output|contents|completions?|history)$/i;

/** Offset after the bracket of a list that stands first in an object, e.g. `{"data": [`; 0 when there is none. */
function arrayStart(head: Uint8Array): number {
  const text = Buffer.from(head.subarray(0, 64 * 1024)).toString('latin1');
  const found = /^\s*\{\s*"([^"\\]{1,80})"\s*:\s*\[(?=\s*\{)/.exec(text);
  return found === null || listsOfExamples.test(found[1] ?? '') ? 0 : found[0].length;
}

/** Three lines or more of which nearly all have the same number of tabs, semicolons or commas, at least one. */
function looksTabular(text: string): boolean {
  const lines = text
    .split(/\r\n|\n|\r/)
    .slice(0, 50)
    .filter((line) => line.trim() !== '');
  if (lines.length < 2) return false;
  return ['\t', ';', ',', '|'].some((delimiter) => {
    const counts = lines.map((line) => line.split(delimiter).length);
    const [first = 1] = counts;
    return first > 1 && first < 60 && counts.filter((count) => count === first).length >= lines.length * 0.8;
  });
}
