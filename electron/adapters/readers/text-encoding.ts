import { isUtf8 } from 'node:buffer';
import { stat } from 'node:fs/promises';
import { analyse } from 'chardet';
import iconv from 'iconv-lite';
import { firstInvalidUtf8 } from '../../../shared/features/datasets/utf8.rules.ts';
import type { EncodingFacts } from '../../core/source-rows.ts';
import { type Bytes, fileBytes, gunzipped, headOf } from './byte-stream.ts';
import { unreadable } from './read-failures.ts';

const boms: readonly { name: string; bytes: readonly number[] }[] = [
  { name: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { name: 'utf-32le', bytes: [0xff, 0xfe, 0, 0] },
  { name: 'utf-32be', bytes: [0, 0, 0xfe, 0xff] },
  { name: 'utf-16le', bytes: [0xff, 0xfe] },
  { name: 'utf-16be', bytes: [0xfe, 0xff] },
];

/** What encoding the first bytes of a text speak for: byte order mark, strict UTF-8, then a guess that must be confirmed. */
export function sniffEncoding(head: Uint8Array, isWhole: boolean): EncodingFacts {
  const bom = boms.find((one) => one.bytes.every((byte, at) => head[at] === byte));
  if (bom && bom.name !== 'utf-8') return foreign(bom.name, head);
  const whole = isWhole ? head : withoutCutCharacter(head);
  const silent = zeroShare(whole);
  if (silent) return foreign(silent, head);
  if (isUtf8(whole)) return { name: 'utf-8', isUtf8: true, firstBadByte: null, others: [] };
  const guesses = analyse(whole)
    .map(({ name }) => name.toLowerCase())
    .filter((name) => name !== 'utf-8' && name !== 'ascii' && iconv.encodingExists(name))
    .map((name) => (name === 'iso-8859-1' ? 'windows-1252' : name));
  const others = [
    ...new Set([...guesses, 'windows-1252', 'iso-8859-15', 'utf-16le', 'shift_jis', 'gb18030']),
  ];
  return { name: 'utf-8', isUtf8: false, firstBadByte: badByte(whole), others: others.slice(0, 8) };
}

/** Bytes of the byte order mark a text begins with; 0 without one. */
export function bomLength(head: Uint8Array): number {
  return boms.find((one) => one.bytes.every((byte, at) => head[at] === byte))?.bytes.length ?? 0;
}

function foreign(name: string, head: Uint8Array): EncodingFacts {
  const others = ['utf-16le', 'utf-16be', 'windows-1252'].filter((one) => one !== name);
  return { name, isUtf8: false, firstBadByte: badByte(head), others: [name, ...others] };
}

function badByte(bytes: Uint8Array): EncodingFacts['firstBadByte'] {
  const offset = firstInvalidUtf8(bytes);
  return offset < 0 || offset >= bytes.length ? null : { offset, value: bytes[offset] ?? 0 };
}

/** UTF-16 without a byte order mark shows by a zero in nearly every second byte. */
function zeroShare(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const zeros = [0, 0];
  const length = Math.min(bytes.length, 4096);
  for (let at = 0; at < length; at += 1) if (bytes[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (length < 4 || Math.max(even, odd) < length * 0.3) return null;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

/** The head without a character that its end cuts in two. */
function withoutCutCharacter(head: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(4, head.length); back += 1) {
    const byte = head[head.length - back] ?? 0;
    if (byte < 0x80) return head;
    if (byte >= 0xc0) return head.subarray(0, head.length - back);
  }
  return head;
}

/** The bytes of a text as UTF-8: as they are when they are, else decoded from the chosen encoding. */
export async function* asUtf8(bytes: Bytes, file: string, encoding: string): AsyncGenerator<Uint8Array> {
  if (encoding === 'utf-8') {
    yield* bytes;
    return;
  }
  // The package's type claims that the name becomes one it knows, or never.
  const isKnown: boolean = iconv.encodingExists(encoding);
  if (!isKnown) {
    throw unreadable(file, {
      what: `Lapidary does not know the encoding ${encoding}.`,
      todo: 'Choose one of the list, or save the file as UTF-8.',
    });
  }
  const decoder = iconv.getDecoder(encoding);
  for await (const piece of bytes) yield Buffer.from(decoder.write(Buffer.from(piece)), 'utf8');
  const rest = decoder.end();
  if (rest) yield Buffer.from(rest, 'utf8');
}

/** How many bytes a text takes in an encoding: turns places in the UTF-8 form back into places in the file. */
export function encodedLength(encoding: string): ((text: string) => number) | null {
  if (encoding === 'utf-8') return null;
  return (text) => iconv.encode(text, encoding).length;
}

const previewBytes = 2048;
const previewCharacters = 400;

/** The beginning of a file as it reads in each of some encodings, for a person to choose by. */
export async function previewEncodings(
  file: { path: string; name: string },
  names: readonly string[],
): Promise<{ name: string; preview: string }[]> {
  // In a folder there is no one beginning to show.
  if (names.length === 0 || (await stat(file.path)).isDirectory()) return [];
  const packed = (await headOf(fileBytes(file), 2)).head;
  const isGzip = packed[0] === 0x1f && packed[1] === 0x8b;
  const { head } = await headOf(isGzip ? gunzipped(file) : fileBytes(file), previewBytes);
  return names.map((name) => ({
    name,
    preview: iconv.decode(head, name).slice(0, previewCharacters).toWellFormed(),
  }));
}
