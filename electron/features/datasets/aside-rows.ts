import { createReadStream } from 'node:fs';
import { createLineSplitter } from '../../../shared/features/datasets/line-splitter.ts';
import { openSpool } from '../../core/spool-cipher.ts';

/** A row of a source that an import set aside before it could become a line. */
export type AsideRow = { line: number; byteOffset: number; code: string; message: string; raw: string };

/** The rows that an import set aside, those of one piece of their file at a time. */
export async function* asideRows(path: string, key: string): AsyncGenerator<AsideRow[], void, void> {
  let rows: AsideRow[] = [];
  const splitter = createLineSplitter(({ bytes }) => {
    rows.push(JSON.parse(Buffer.from(bytes).toString('utf8')) as AsideRow);
  });
  const opening = openSpool(key);
  for await (const piece of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    splitter.push(opening.update(piece as Buffer));
    const full = rows;
    rows = [];
    if (full.length > 0) yield full;
  }
  splitter.end();
  if (rows.length > 0) yield rows;
}
