import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, describe, expect, test } from 'vitest';
import { createTempFolder } from '../../../tests/helpers/test-kit.ts';
import type { SourceRow } from '../../core/source-rows.ts';
import { openContained } from './contained-rows.ts';
import { openParquet } from './parquet-rows.ts';

const temp = createTempFolder();
afterAll(() => temp.remove());

type Codec = 'SNAPPY' | 'UNCOMPRESSED' | 'BROTLI' | 'LZ4' | 'LZO';

const asIs = (input: Uint8Array): Uint8Array => input;
const packers = Object.fromEntries([
  ['BROTLI', (input: Uint8Array) => new Uint8Array(brotliCompressSync(input))],
  ['LZ4', asIs],
  ['LZO', asIs],
]);

function parquet(codec: Codec, rows = 40): Buffer {
  const numbers = Array.from({ length: rows }, (_, index) => index);
  const bytes = parquetWriteBuffer({
    columnData: [
      { name: 'q', data: numbers.map((index) => `text ${index % 5}`), type: 'STRING' },
      { name: 'n', data: numbers.map(BigInt), type: 'INT64' },
      { name: 'm', data: numbers.map((n) => (n % 3 ? { a: [n] } : null)), type: 'JSON' },
    ],
    rowGroupSize: Math.ceil(rows / 2),
    codec,
    compressors: packers,
  });
  return Buffer.from(bytes);
}

function put(content: Uint8Array) {
  const path = join(temp.folder, 'a.parquet');
  writeFileSync(path, content);
  return { path, name: 'a.parquet' };
}

async function read(content: Uint8Array): Promise<SourceRow[]> {
  const opened = await openParquet(put(content));
  const all: SourceRow[] = [];
  for await (const batch of opened.rows()) all.push(...batch);
  return all;
}

const failure = (what: RegExp) => ({ code: 'FILE_UNREADABLE', message: expect.stringMatching(what) });

describe('Parquet', () => {
  test.each(['SNAPPY', 'UNCOMPRESSED'] as const)(
    'a flipped byte anywhere is read or refused in words, and never without end (%s)',
    async (codec) => {
      const whole = parquet(codec);
      const outcomes = new Set<string>();
      for (let at = 0; at < whole.length; at += 1) {
        const flipped = Buffer.from(whole);
        flipped[at] = (flipped[at] ?? 0) ^ (at % 2 === 0 ? 0x80 : 0x55);
        const outcome = await read(flipped).then(
          (rows) => `${rows.length} rows`,
          (error: { code?: string }) => error.code ?? 'no code',
        );
        outcomes.add(outcome);
      }
      expect([...outcomes].sort()).toEqual(['40 rows', 'FILE_UNREADABLE']);
    },
  );

  test('brotli is unpacked; a codec nobody knows, and encryption, are refused by name', async () => {
    expect(await read(parquet('BROTLI'))).toHaveLength(40);
    await expect(read(parquet('LZO'))).rejects.toMatchObject(failure(/“q” is packed with LZO/));
    // Bytes that claim to be LZ4 and are none.
    await expect(read(parquet('LZ4'))).rejects.toMatchObject(failure(/Rows 1 to 20/));
    const locked = parquet('SNAPPY');
    locked.write('PARE', locked.length - 4);
    await expect(read(locked)).rejects.toMatchObject(failure(/encrypted/));
  });

  test('a page that claims more than there is, is told with its byte', async () => {
    const whole = parquet('UNCOMPRESSED');
    whole[9] = 0x7f;
    await expect(read(whole)).rejects.toMatchObject(failure(/column “q” at byte 4 claims/));
  });

  test('comes batch by batch out of a thread of its own, which a reader may leave', async () => {
    const opened = await openContained(put(parquet('SNAPPY', 5000)), 'parquet');
    expect(opened.columns).toEqual(['q', 'n', 'm']);
    const sizes: number[] = [];
    for await (const batch of opened.rows()) {
      sizes.push(batch.length);
      if (sizes.length === 2) break;
    }
    expect(sizes).toEqual([2000, 500]);
    await expect(openContained(put(Buffer.from('PAR1xxxxPAR1')), 'parquet')).rejects.toMatchObject(
      failure(/Parquet file/),
    );
  });
});
