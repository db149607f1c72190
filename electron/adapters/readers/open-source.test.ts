import { writeFileSync, appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTempFolder } from '../../../tests/helpers/test-kit.ts';
import { readAsFound } from '../../../shared/features/imports/read-choices.ts';
import type { ReadChoices, SourceRow } from '../../core/source-rows.ts';
import { openSource } from './open-source.ts';

describe('opening sources of text', () => {
  let temp: ReturnType<typeof createTempFolder>;
  beforeEach(() => {
    temp = createTempFolder();
  });
  afterEach(() => temp.remove());

  const fileOf = (name: string, content: string | Uint8Array) => {
    const path = join(temp.folder, name);
    writeFileSync(path, content);
    return { path, name };
  };
  const read = async (name: string, content: string | Uint8Array, choices: Partial<ReadChoices> = {}) => {
    const source = await openSource(fileOf(name, content), { ...readAsFound, ...choices });
    const items: SourceRow[] = [];
    for await (const batch of source.rows()) items.push(...batch);
    return { source, items, values: items.map((one) => (one.kind === 'row' ? one.value : one.code)) };
  };
  const failure = (what: RegExp) => ({ code: 'FILE_UNREADABLE', message: expect.stringMatching(what) });

  test.each([
    ['a.jsonl', '{"a":1}\n\n{"a":2}\r\nnope\n', 'jsonl', [{ a: 1 }, { a: 2 }, 'invalid_json']],
    ['a.json', '[{"a":1},{"a":2}]', 'json', [{ a: 1 }, { a: 2 }]],
    ['a.json', '{\n "a": 1\n}\n', 'json', [{ a: 1 }]],
    ['a.json', '{"data": [{"a":1}, {"a":2}], "n": 3}', 'json', [{ a: 1 }, { a: 2 }]],
    [
      'a.json',
      '{\n "messages": [{"a":1}],\n "tools": []\n}\n{\n "messages": [{"a":2}]\n}\n',
      'json',
      [{ messages: [{ a: 1 }], tools: [] }, { messages: [{ a: 2 }] }],
    ],
    ['a.json', '{"a":1}\n{"a":2}', 'jsonl', [{ a: 1 }, { a: 2 }]],
    ['a.csv', 'a;b\n1;2\n', 'csv', [{ a: '1', b: '2' }]],
    ['a.tsv', 'a\tb\n1\t"2\t3"\n', 'csv', [{ a: '1', b: '2\t3' }]],
    [
      'a.txt',
      'a,b\n1,2\n3,4\n',
      'csv',
      [
        { a: '1', b: '2' },
        { a: '3', b: '4' },
      ],
    ],
    ['a.txt', 'One\ntwo\n\nThree\n', 'text', [{ text: 'One\ntwo' }, { text: 'Three' }]],
    ['a.csv', '\u{feff}é,b\rü,2\r', 'csv', [{ é: 'ü', b: '2' }]],
    ['a.csv', 'sep=;\r\na;b,c\r\n1;2,3\r\n', 'csv', [{ a: '1', 'b,c': '2,3' }]],
    ['a.csv', 'a,a,\n1,2,3\n', 'csv', [{ a: '1', 'a (2)': '2', 'column 3': '3' }]],
    [
      'a.csv',
      'a,__proto__\n1,2\n1,2,3\n1\n',
      'csv',
      [{ a: '1', ['__proto__']: '2' }, 'csv_too_many_fields', { a: '1' }],
    ],
    [
      'a.csv',
      '17,4\n18,5\n',
      'csv',
      [
        { 'column 1': '17', 'column 2': '4' },
        { 'column 1': '18', 'column 2': '5' },
      ],
    ],
  ])('%s %j is %s', async (...[name, text, container, values]) => {
    const found = await read(name, text);
    expect(found.source.container).toBe(container);
    expect(found.values).toEqual(values);
  });

  test('places are those of the file: line and byte, after a byte order mark and umlauts', async () => {
    const { items } = await read('a.csv', '\u{feff}a,b\nö,"x\ny"\nz,1\n');
    expect(items.map(({ number, byteOffset }) => [number, byteOffset])).toEqual([
      [2, 7],
      [4, 16],
    ]);
    const utf16 = iconv.encode('a,b\nö,"x\ny"\nz,1\n', 'utf-16le', { addBOM: true });
    const found = await read('b.csv', utf16);
    expect(found.source.encoding).toMatchObject({ name: 'utf-16le', isUtf8: false });
    expect(found.items.map(({ number, byteOffset }) => [number, byteOffset])).toEqual([
      [2, 10],
      [4, 26],
    ]);
  });

  test('a byte that is not UTF-8 is named, its row set aside, and read right in the chosen encoding', async () => {
    const latin = iconv.encode('a,b\nGrüße,x\nok,y\n', 'latin1');
    const found = await read('a.csv', latin);
    expect(found.source.encoding).toMatchObject({ isUtf8: false, firstBadByte: { offset: 6, value: 0xfc } });
    expect(found.source.encoding?.others).toContain('windows-1252');
    expect(found.values).toEqual(['invalid_utf8', { a: 'ok', b: 'y' }]);
    expect(found.items[0]).toMatchObject({
      number: 2,
      message: expect.stringContaining('byte 0xFC at byte 6'),
    });
    const chosen = await read('a.csv', latin, { encoding: 'windows-1252' });
    expect(chosen.values[0]).toEqual({ a: 'Grüße', b: 'x' });
  });

  test('gzip: rows inside, several members, trailing garbage, cut off, bomb, nested', async () => {
    const packed = gzipSync('{"a":1}\n{"a":2}\n');
    const found = await read('a.jsonl.gz', packed);
    expect(found.source).toMatchObject({ packing: 'gz', container: 'jsonl', name: 'a.jsonl' });
    expect(found.values).toEqual([{ a: 1 }, { a: 2 }]);
    const two = await read('b.jsonl.gz', Buffer.concat([packed, gzipSync('{"a":3}')]));
    expect(two.values).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
    expect((await read('c.jsonl.gz', Buffer.concat([packed, Buffer.alloc(64)]))).values).toHaveLength(2);
    const more = read('g.jsonl.gz', Buffer.concat([packed, Buffer.from('more')]));
    await expect(more).rejects.toMatchObject(failure(/bytes that are not gzip/));
    const cut = read('d.jsonl.gz', packed.subarray(0, packed.length - 12));
    await expect(cut).rejects.toMatchObject(failure(/damaged or cut off/));
    const bomb = read('e.jsonl.gz', gzipSync(Buffer.alloc(40 * 1024 * 1024, 'a')));
    await expect(bomb).rejects.toMatchObject(failure(/100 times its size/));
    await expect(read('f.gz', gzipSync(packed))).rejects.toMatchObject(failure(/inside an archive/));
  });

  test.each([
    ['', /empty/],
    ['BZh91AY&SY', /bzip2/],
    [Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), /old Excel/],
    [Buffer.from(Array.from({ length: 400 }, (_, at) => (at * 7) % 31)), /no text file/],
  ])('%j is refused in words', async (content, what) => {
    await expect(read('x.bin', content)).rejects.toMatchObject(failure(what));
  });

  test('a file that changes or vanishes while it is read is refused', async () => {
    const line = `${JSON.stringify({ a: 'x'.repeat(1000) })}\n`;
    const file = fileOf('a.jsonl', line.repeat(3000));
    const source = await openSource(file, readAsFound);
    const reading = async () => {
      let isFirst = true;
      for await (const batch of source.rows()) {
        if (isFirst && batch.length > 0) appendFileSync(file.path, line);
        isFirst = false;
      }
    };
    await expect(reading()).rejects.toMatchObject(failure(/changed while it was read/));
    await expect(openSource({ ...file, path: `${file.path}.gone` }, readAsFound)).rejects.toMatchObject(
      failure(/no longer there/),
    );
  });
});
