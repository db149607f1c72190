import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { type Surroundings, Unusable } from './command.ts';

/** Runs `read` on a file that exists and is one; whatever the system says against reading it becomes Unusable. */
export function readingFile<T>(file: string, read: () => T): T {
  try {
    const found = statSync(file);
    if (found.isDirectory()) throw new Unusable(`${file} is a folder, not a file`);
    if (!found.isFile()) throw new Unusable(`${file} is no regular file; save what it yields to one first`);
    return read();
  } catch (error) {
    throw unreadable(file, error);
  }
}

const signatures = [
  { bytes: [0x1f, 0x8b], kind: 'a gzip archive' },
  { bytes: [0x50, 0x4b, 0x03, 0x04], kind: 'a zip archive or an Excel file' },
  { bytes: [0x50, 0x41, 0x52, 0x31], kind: 'a Parquet file' },
  { bytes: [0x25, 0x50, 0x44, 0x46], kind: 'a PDF file' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], kind: 'a picture' },
  { bytes: [0xff, 0xd8, 0xff], kind: 'a picture' },
  { bytes: [0xff, 0xfe], kind: 'text in UTF-16' },
  { bytes: [0xfe, 0xff], kind: 'text in UTF-16' },
] as const;

/**
 * Unusable for a file whose first bytes say that it holds no lines of UTF-8 text: looking through it as if it did would
 * find nothing and say nothing.
 */
export function refuseOtherKinds(file: string): void {
  const note = readingFile(file, () => kindNote(file));
  if (note !== null) throw new Unusable(note);
}

/** What to say of a file whose first bytes say that it holds no lines of UTF-8 text; null of others. */
export function kindNote(file: string): string | null {
  const start = firstBytes(file, 4);
  const known = signatures.find(({ bytes }) => bytes.every((byte, at) => start[at] === byte));
  if (known === undefined) return null;
  return `${file} is ${known.kind}, not lines of JSON; make it so first: lapidary convert ${file} --to FORMAT OUT.jsonl`;
}

/** What to say of a file that begins as a JSON list, of which every line is one value; null of others. */
export function listNote(file: string): string | null {
  const start = firstBytes(file, 64).toString('utf8');
  if (!/^\uFEFF?\s*\[/.test(start)) return null;
  return `${file} begins like a JSON list. This reads it line by line; for its entries: lapidary convert ${file} --to FORMAT OUT.jsonl`;
}

function firstBytes(file: string, count: number): Buffer {
  const handle = openSync(file, 'r');
  try {
    const start = Buffer.alloc(count);
    return start.subarray(0, readSync(handle, start, 0, count, 0));
  } finally {
    closeSync(handle);
  }
}

/** What the system says against reading a file as Unusable; any other error as it is. */
export function unreadable(file: string, error: unknown): unknown {
  return error instanceof Error && 'code' in error && 'syscall' in error
    ? new Unusable(reasonFor(file, String(error.code)))
    : error;
}

/** The JSON of a grader file; Unusable when it is none. */
export function readGrader(file: string): unknown {
  const text = readingFile(file, () => readFileSync(file, 'utf8'));
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    throw new Unusable(`${file} is no JSON: ${error instanceof Error ? error.message : 'it cannot be read'}`);
  }
}

function reasonFor(file: string, code: string): string {
  if (code === 'ENOENT' && file === '-') return 'Standard input is not read; save it to a file first';
  if (code === 'ENOENT') return `There is no file ${file}`;
  if (code === 'EACCES' || code === 'EPERM') return `${file} may not be read by this user`;
  if (code === 'ELOOP') return `${file} is a link that leads back to itself`;
  return `${file} cannot be read (${code})`;
}

/** Shows how much of a file was read, in whole percents. */
export function showReading(
  { terminal }: Surroundings,
  file: string,
  bytes: { read: number; total: number },
): void {
  const percent = bytes.total === 0 ? 100 : Math.floor((100 * bytes.read) / bytes.total);
  terminal.progress(`Reading ${file}: ${percent} %`);
}
