import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CsvRecords, type CsvProblem, type CsvRecord } from './csv-records.ts';

function read(text: string, options = { delimiter: ',', newline: '\n' as '\n' | '\r' }, cut = 0) {
  const found: (CsvRecord | CsvProblem)[] = [];
  const reader = new CsvRecords(options, (one) => found.push(one));
  const step = cut || Math.max(1, text.length);
  for (let at = 0; at < text.length; at += step) reader.push(text.slice(at, at + step));
  reader.end();
  return found;
}
const fieldsOf = (found: readonly (CsvRecord | CsvProblem)[]) =>
  found.map((one) => (one.kind === 'record' ? one.fields : one.code));

describe('CSV records', () => {
  test('RFC 4180: quotes, doubled quotes, line breaks in fields, CRLF, blank lines', () => {
    const text = 'a,b\r\n"x, y","say ""hi"""\r\n\r\n"two\nlines",\r\nlast,row';
    expect(fieldsOf(read(text))).toEqual([
      ['a', 'b'],
      ['x, y', 'say "hi"'],
      ['two\nlines', ''],
      ['last', 'row'],
    ]);
    expect(read(text).map(({ line, offset }) => [line, offset])).toEqual([
      [1, 0],
      [2, 5],
      [4, 28],
      [6, 42],
    ]);
  });

  test('stray quotes are text, and space before an opening quote is none', () => {
    expect(fieldsOf(read('5" disk,a "b" c\n"x "y" z",z\n1, "q, r"'))).toEqual([
      ['5" disk', 'a "b" c'],
      ['x "y" z', 'z'],
      ['1', 'q, r'],
    ]);
  });

  test('an unclosed quote costs its own line, wherever it stands', () => {
    const found = read('id,text\n1,"open\n2,"fine"\n3,ok\n');
    expect(fieldsOf(found)).toEqual([['id', 'text'], 'csv_unclosed_quote', ['2', 'fine'], ['3', 'ok']]);
    expect(found[1]).toMatchObject({ line: 2, offset: 8, raw: '1,"open' });
    expect(fieldsOf(read('a,b\n"",x\n1,"open\n"",y\n'))).toEqual([
      ['a', 'b'],
      ['', 'x'],
      'csv_unclosed_quote',
      ['', 'y'],
    ]);
  });

  test('a carriage return alone ends a record where the file has no line feed', () => {
    expect(fieldsOf(read('a,b\r1,"x\ry"\r2,z', { delimiter: ',', newline: '\r' }))).toEqual([
      ['a', 'b'],
      ['1', 'x\ry'],
      ['2', 'z'],
    ]);
  });

  test('a record longer than 16 MiB is one problem, and the next is read', () => {
    const found = read(`a,b\n${'x'.repeat(17 * 1024 * 1024)}\n1,2\n`, undefined, 1024 * 1024);
    expect(fieldsOf(found)).toEqual([['a', 'b'], 'csv_record_too_long', ['1', '2']]);
    expect(found.at(-1)?.line).toBe(3);
  });

  test('many lines that each open a quote are read in linear time', () => {
    const lines = 40_000;
    const found = read(`a,b\n${'1,"x y z\n'.repeat(lines)}2,3\n`, undefined, 64 * 1024);
    expect(found).toHaveLength(lines + 2);
    expect(fieldsOf(found).at(-1)).toEqual(['2', '3']);
  });

  test('property: what is written is read back, however the text is cut', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '"', ',', '\n', 'é'), maxLength: 8 });
    const table = fc
      .integer({ min: 2, max: 4 })
      .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 }));
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 7 }), (rows, cut) => {
        const text = rows
          .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(','))
          .join('\n');
        expect(fieldsOf(read(text, undefined, cut))).toEqual(rows);
      }),
    );
  });

  test('a quote that spoils a field is remembered while the rest of it comes', () => {
    const text = '"a"a\n"\n';
    expect(read(text, undefined, 1)).toEqual(read(text));
  });

  test('property: any text is read whole, the same however it is cut', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' '), maxLength: 60 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 5 }), (one, cut) => {
        expect(read(one, undefined, cut)).toEqual(read(one));
      }),
      { numRuns: 400 },
    );
  });
});
