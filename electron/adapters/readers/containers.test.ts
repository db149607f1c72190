import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { ZipFile } from 'yazl';
import { pdfOf } from '../../../tests/helpers/pdf.ts';
import { createTempFolder } from '../../../tests/helpers/test-kit.ts';
import { readAsFound } from '../../../shared/features/imports/read-choices.ts';
import type { ReadChoices, SourceRow } from '../../core/source-rows.ts';
import { openSource } from './open-source.ts';

/** A picture of one pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

describe('containers', () => {
  let temp: ReturnType<typeof createTempFolder>;
  beforeEach(() => {
    temp = createTempFolder();
  });
  afterEach(() => temp.remove());

  const put = (name: string, content: string | Uint8Array) => {
    const path = join(temp.folder, name);
    writeFileSync(path, content);
    return { path, name };
  };
  const read = async (file: { path: string; name: string }, choices: Partial<ReadChoices> = {}) => {
    const source = await openSource(file, { ...readAsFound, ...choices });
    try {
      const items: SourceRow[] = [];
      for await (const batch of source.rows()) items.push(...batch);
      return { source, items, values: items.map((one) => (one.kind === 'row' ? one.value : one.code)) };
    } finally {
      await source.close();
    }
  };
  const zipOf = async (
    name: string,
    entries: Readonly<Record<string, string | Uint8Array>>,
    options: { mode?: number } = {},
  ) => {
    const zip = new ZipFile();
    for (const [entry, content] of Object.entries(entries))
      zip.addBuffer(Buffer.from(content), entry, options);
    zip.end();
    const path = join(temp.folder, name);
    const out = createWriteStream(path);
    zip.outputStream.pipe(out);
    await finished(out);
    return { path, name };
  };
  const failure = (what: RegExp) => ({ code: 'FILE_UNREADABLE', message: expect.stringMatching(what) });

  describe('zip', () => {
    test('tables of one kind are read one after the other, other files left out by name', async () => {
      const zip = await zipOf('a.zip', {
        'part-1.csv': 'q,a\n1,2\n',
        'sub/part-2.csv': 'q,a\n3,4\n"x\n5,6\n',
        'README.md': 'hello',
        '__MACOSX/._part-1.csv': 'rubbish',
      });
      const { source, items, values } = await read(zip);
      expect(source).toMatchObject({ packing: 'zip', container: 'csv', columns: ['q', 'a'] });
      expect(source.notes).toEqual(['1 of 3 files in it are not read.']);
      expect(values).toEqual([
        { q: '1', a: '2' },
        { q: '3', a: '4' },
        'csv_unclosed_quote',
        { q: '5', a: '6' },
      ]);
      expect(items.map(({ number }) => number)).toEqual([2, 4, 5, 6]);
      expect(items[2]).toMatchObject({ message: expect.stringContaining('sub/part-2.csv, line 3') });
      expect((await read(zip, { part: 'part-1.csv' })).values).toEqual([{ q: '1', a: '2' }]);
    });

    test('two entries of one name are both read', async () => {
      const bytes = readFileSync(
        (await zipOf('a.zip', { 'x.csv': 'q,a\n1,2\n', 'y.csv': 'q,a\n3,4\n' })).path,
      );
      const { source, values } = await read(
        put('b.zip', Buffer.from(bytes.toString('latin1').replaceAll('y.csv', 'x.csv'), 'latin1')),
      );
      expect(source.parts).toEqual(['x.csv', 'x (2).csv']);
      expect(values).toEqual([
        { q: '1', a: '2' },
        { q: '3', a: '4' },
      ]);
    });

    test('names that lead out of it, links, nested archives and bombs are refused by name', async () => {
      const good = readFileSync((await zipOf('a.zip', { 'aaaaaaaa.csv': 'q,a\n1,2\n' })).path);
      const renamed = (name: string) => {
        const bytes = Buffer.from(good.toString('latin1').replaceAll('aaaaaaaa.csv', name), 'latin1');
        return put('b.zip', bytes);
      };
      for (const name of [
        '../../../../x',
        '/etc/aaa.csv',
        'C:/aaaaa.csv',
        '\\\\srv\\a.csv1',
        'a/../../b.csv',
      ]) {
        expect(name.length === 12 || name.length === 13, name).toBe(true);
        const file = renamed(name.slice(0, 12));
        await expect(read(file), name).rejects.toMatchObject(failure(/outside of itself|damaged/));
      }
      const link = await zipOf('c.zip', { 'a.csv': '/etc/passwd' }, { mode: 0o120777 });
      await expect(read(link)).rejects.toMatchObject(failure(/is a link/));
      await expect(read(await zipOf('d.zip', { 'a.zip': good }))).rejects.toMatchObject(
        failure(/inside an archive/),
      );
      const bomb = await zipOf('e.zip', { 'a.csv': Buffer.alloc(40 * 1024 * 1024, 'a') });
      await expect(read(bomb)).rejects.toMatchObject(failure(/may be a zip bomb/));
      await expect(read(put('f.zip', good.subarray(0, good.length - 30)))).rejects.toMatchObject(
        failure(/damaged/),
      );
      await expect(read(await zipOf('g.zip', { 'a.exe': 'MZ' }))).rejects.toMatchObject(
        failure(/nothing that/),
      );
    });

    test('an entry that unpacks to more than it claims ends the reading', async () => {
      const { path } = await zipOf('a.zip', { 'a.csv': `q,a\n${'1,2\n'.repeat(1000)}` });
      const bytes = readFileSync(path);
      const size = Buffer.alloc(4);
      size.writeUInt32LE(4004);
      for (let at = bytes.indexOf(size); at >= 0; at = bytes.indexOf(size, at + 1))
        bytes.writeUInt32LE(100, at);
      await expect(read(put('lies.zip', bytes))).rejects.toMatchObject(failure(/damaged/));
    });
  });

  describe('pictures with a table', () => {
    const table = 'file,label\nimg/cat.png,cat\ndog.png,dog\ngone.png,none\nfake.png,no picture\n';
    const check = (values: unknown[]) => {
      const url = `data:image/png;base64,${png.toString('base64')}`;
      expect(values).toEqual([
        { file: 'img/cat.png', label: 'cat', image: url },
        { file: 'dog.png', label: 'dog', image: url },
        'picture_unreadable',
        'picture_unreadable',
      ]);
    };
    test('in a zip', async () => {
      const files = { 'table.csv': table, 'img/cat.png': png, 'img/dog.png': png, 'fake.png': 'GET /' };
      const { source, values } = await read(await zipOf('a.zip', files));
      expect(source).toMatchObject({ container: 'images', columns: ['file', 'label', 'image'] });
      check(values);
    });
    test('in a folder', async () => {
      const folder = join(temp.folder, 'pictures');
      mkdirSync(join(folder, 'img'), { recursive: true });
      writeFileSync(join(folder, 'table.csv'), table);
      for (const name of ['img/cat.png', 'img/dog.png']) writeFileSync(join(folder, name), png);
      writeFileSync(join(folder, 'fake.png'), 'GET /');
      check((await read({ path: folder, name: 'pictures' })).values);
    });
  });

  describe('Parquet', () => {
    const columnData = [
      { name: 'q', data: ['a', 'ü', '\u{1f600}'], type: 'STRING' as const },
      { name: 'n', data: [1n, 2n ** 60n, -3n], type: 'INT64' as const },
    ];
    const bytes = (codec: 'SNAPPY' | 'UNCOMPRESSED' = 'SNAPPY') =>
      Buffer.from(parquetWriteBuffer({ columnData, rowGroupSize: 2, codec }));

    test('rows group by group, numbers beyond 2^53 kept as text', async () => {
      const { source, items, values } = await read(put('a.parquet', bytes()));
      expect(source).toMatchObject({ container: 'parquet', columns: ['q', 'n'] });
      expect(values).toEqual([
        { q: 'a', n: 1 },
        { q: 'ü', n: '1152921504606846976' },
        { q: '\u{1f600}', n: -3 },
      ]);
      expect(items.map(({ number }) => number)).toEqual([1, 2, 3]);
    });
    test('packed once more', async () => {
      expect((await read(put('a.parquet.gz', gzipSync(bytes())))).values).toHaveLength(3);
      expect((await read(await zipOf('a.zip', { 'x/a.parquet': bytes() }))).values).toHaveLength(3);
    });
    test('cut off, damaged and oddly packed files are refused in words', async () => {
      const whole = bytes('UNCOMPRESSED');
      await expect(read(put('a.parquet', whole.subarray(0, whole.length - 9)))).rejects.toMatchObject(
        failure(/cut off/),
      );
      const long = Buffer.from(whole);
      long.writeUInt32LE(0x7fffffff, long.length - 8);
      await expect(read(put('b.parquet', long))).rejects.toMatchObject(failure(/claims a table of contents/));
      const broken = Buffer.from(whole);
      broken.fill(0xff, 4, 40);
      await expect(read(put('c.parquet', broken))).rejects.toMatchObject(failure(/Parquet file/));
    });
  });

  describe('XLSX', () => {
    const sheet = (rows: string, more = '') =>
      `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${more}<sheetData>${rows}</sheetData></worksheet>`;
    const workbook = (rows: string, more?: string) =>
      zipOf('w.xlsx', {
        'xl/workbook.xml':
          '<workbook xmlns:r="r"><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>',
        'xl/worksheets/sheet1.xml': sheet(rows, more),
      });
    const row = (number: number, cells: string) => `<row r="${number}">${cells}</row>`;
    const text = (ref: string, value: string) => `<c r="${ref}" t="inlineStr"><is><t>${value}</t></is></c>`;

    test('what a spreadsheet program writes: texts, numbers, days, truth, gaps', async () => {
      const day = new Date(Date.UTC(2026, 2, 2));
      const result = writeXlsxFile([
        [{ value: 'mail' }, { value: 'n' }, { value: 'when' }, { value: 'ok' }],
        [
          { value: 'Größe & <b>' },
          { value: 1.5 },
          { value: day, type: Date, format: 'dd/mm/yyyy' },
          { value: true },
        ],
        [{ value: 'two\nlines' }, null, null, { value: false }],
      ]);
      const path = join(temp.folder, 'a.xlsx');
      await result.toFile(path);
      const { source, items, values } = await read({ path, name: 'a.xlsx' });
      expect(source).toMatchObject({
        container: 'xlsx',
        hasHeader: true,
        columns: ['mail', 'n', 'when', 'ok'],
      });
      expect(values).toEqual([
        { mail: 'Größe & <b>', n: 1.5, when: '2026-03-02', ok: true },
        { mail: 'two\nlines', ok: false },
      ]);
      expect(items.map(({ number }) => number)).toEqual([2, 3]);
    });

    test('one that lies about its size is read as far as it goes', async () => {
      const rows = [
        row(1, text('A1', 'q') + text('B1', 'a')),
        row(2_000_000_000, text('A2', 'x') + text('B2', 'y')),
        row(2, text('A2', 'late') + '<c r="B2" t="e"><v>#N/A</v></c>'),
      ];
      const file = await workbook(rows.join(''), '<dimension ref="A1:XFD1048576"/>');
      const { items, values } = await read(file);
      expect(values).toEqual([{ q: 'x', a: 'y' }, { q: 'late' }]);
      expect(items.map(({ number }) => number)).toEqual([2_000_000_000, 2_000_000_001]);
    });

    test('a cell far out, a missing sheet and entities of its own are refused or left unread', async () => {
      await expect(read(await workbook(row(1, text('ZZZZ1', 'x'))))).rejects.toMatchObject(
        failure(/at most 16384/),
      );
      const entities = await workbook(row(1, text('A1', '&lol;&amp;&#65;')));
      expect((await read(entities, { hasHeader: false })).values).toEqual([{ 'column 1': '&lol;&A' }]);
      await expect(read(await zipOf('x.xlsx', { 'xl/workbook.xml': '<a>' }))).rejects.toMatchObject(
        failure(/no sheet/),
      );
      const bomb = await zipOf('y.xlsx', {
        'xl/workbook.xml': '<workbook><sheets><sheet name="One"/></sheets></workbook>',
        'xl/worksheets/sheet1.xml': sheet(row(1, text('A1', 'x'.repeat(30 * 1024 * 1024)))),
      });
      await expect(read(bomb)).rejects.toMatchObject(failure(/zip bomb|no end/));
    });
  });

  test('a PDF gives a row a page, as a picture of it', async () => {
    const { source, values } = await read(put('a.pdf', pdfOf(['First page', 'Second'])), { pdfAs: 'images' });
    expect(source.columns).toEqual(['page', 'image']);
    const image = expect.stringMatching(/^data:image\/png;base64,iVBOR/);
    expect(values).toEqual([
      { page: 1, image },
      { page: 2, image },
    ]);
    expect(JSON.stringify(values[0])).not.toBe(JSON.stringify({ ...(values[1] as object), page: 1 }));
  });

  test('a PDF gives a row a page, as text', async () => {
    const { values } = await read(put('a.pdf', pdfOf(['First page', 'Second page'])));
    expect(values).toEqual([
      { page: 1, text: 'First page' },
      { page: 2, text: 'Second page' },
    ]);
    await expect(read(put('b.pdf', '%PDF-1.4\nrubbish'))).rejects.toMatchObject(
      failure(/PDF cannot be read/),
    );
  });
});
