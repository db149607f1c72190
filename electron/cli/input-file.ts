import { readFileSync, statSync } from 'node:fs';
import { type Surroundings, Unusable } from './command.ts';

/** Runs `read` on a file that exists and is one; whatever the system says against reading it becomes Unusable. */
export function readingFile<T>(file: string, read: () => T): T {
  try {
    const found = statSync(file);
    if (found.isDirectory()) throw new Unusable(`${file} is a folder, not a JSONL file`);
    if (!found.isFile()) throw new Unusable(`${file} is no regular file; save what it yields to one first`);
    return read();
  } catch (error) {
    throw unreadable(file, error);
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
  if (code === 'ENOENT') return `There is no file ${file}`;
  if (code === 'EACCES' || code === 'EPERM') return `${file} may not be read by this user`;
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
