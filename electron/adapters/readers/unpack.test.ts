import { createWriteStream, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { ZipFile } from 'yazl';
import { createTempFolder } from '../../../tests/helpers/test-kit.ts';
import { readAsFound } from '../../../shared/features/imports/read-choices.ts';
import { openSource } from './open-source.ts';

let temp: ReturnType<typeof createTempFolder>;
beforeEach(() => {
  temp = createTempFolder();
});
afterEach(() => {
  vi.unstubAllEnvs();
  temp.remove();
});

function put(name: string, content: Uint8Array) {
  const path = join(temp.folder, name);
  writeFileSync(path, content);
  return { path, name };
}

async function zipOf(name: string, entries: Readonly<Record<string, Buffer>>) {
  const zip = new ZipFile();
  for (const [entry, content] of Object.entries(entries)) zip.addBuffer(content, entry);
  zip.end();
  const path = join(temp.folder, name);
  const out = createWriteStream(path);
  zip.outputStream.pipe(out);
  await finished(out);
  return { path, name };
}

test('what is unpacked to be read here and there lies encrypted, and is gone afterwards', async () => {
  const content = Buffer.from(
    parquetWriteBuffer({
      columnData: [{ name: 'mail', data: ['readable words', 'more of them'] }],
      codec: 'UNCOMPRESSED',
    }),
  );
  const sheet = Buffer.from(
    await writeXlsxFile([[{ value: 'mail' }], [{ value: 'readable words' }]]).toBuffer(),
  );
  const folder = join(temp.folder, 'tmp');
  mkdirSync(folder);
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, folder);
  for (const [file, values] of [
    [put('a.parquet.gz', gzipSync(content)), [{ mail: 'readable words' }, { mail: 'more of them' }]],
    [await zipOf('b.zip', { 'x.parquet': content }), [{ mail: 'readable words' }, { mail: 'more of them' }]],
    [await zipOf('c.zip', { 'x.xlsx': sheet }), [{ mail: 'readable words' }]],
    [put('d.xlsx.gz', gzipSync(sheet)), [{ mail: 'readable words' }]],
  ] as const) {
    const source = await openSource(file, readAsFound);
    const lying = readdirSync(folder).map((name) => readFileSync(join(folder, name, 'entry')));
    expect(lying.length).toBeGreaterThan(0);
    expect(
      lying.some(
        (one) => one.includes('readable words') || one.includes('PAR1') || one.includes('PK\u0003\u0004'),
      ),
    ).toBe(false);
    const found: unknown[] = [];
    for await (const batch of source.rows())
      for (const row of batch) found.push(row.kind === 'row' && row.value);
    expect(found).toEqual(values);
    await source.close();
    expect(readdirSync(folder)).toEqual([]);
  }
});
