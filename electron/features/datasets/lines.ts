import { Readable } from 'node:stream';
import type { SplitName } from '../../../shared/features/datasets/datasets.model.ts';
import type { Kit } from '../../core/kit.ts';
import type { Db } from '../../core/ports.ts';

const pageRows = 200;
const lineFeed = Buffer.from('\n');

export type ExampleBytes = { id: number; position: number; bytes: Uint8Array };

/** The examples of a split (or all) in file order, some at a time: bytes as imported, compact JSON where edited. */
export function* pagesOf(
  db: Db,
  key: number,
  split: SplitName | 'all',
): Generator<ExampleBytes[], void, void> {
  const isOne = split === 'all' ? '' : ' AND e.split = ?';
  const sql = `SELECT e.id, e.position, c.bytes FROM examples e JOIN contents c ON c.id = e.content_id
     WHERE e.dataset = ?${isOne} AND e.position > ? AND e.deleted_at IS NULL
     ORDER BY e.position LIMIT ${pageRows}`;
  let position = 0;
  for (;;) {
    const values = split === 'all' ? [key, position] : [key, split, position];
    const page = db.prepare<ExampleBytes>(sql).all(...values);
    if (page.length === 0) return;
    yield page;
    position = page.at(-1)?.position ?? position;
  }
}

export type LinesWanted = {
  db: Db;
  key: number;
  split: SplitName | 'all';
  file: string;
};

/** Writes examples as lines (LF, one after the last too), all or nothing; the same examples give the same bytes. */
export async function writeLines(
  kit: Pick<Kit, 'atomicFiles'>,
  wanted: LinesWanted,
): Promise<{ sha256: string; sizeBytes: number; examples: number }> {
  let examples = 0;
  function* lines(): Generator<Buffer, void, void> {
    for (const page of pagesOf(wanted.db, wanted.key, wanted.split)) {
      examples += page.length;
      yield Buffer.concat(page.flatMap(({ bytes }) => [bytes, lineFeed]));
    }
  }
  const written = await kit.atomicFiles.write(wanted.file, Readable.from(lines()));
  return { ...written, examples };
}
