import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvLine, originalCell, safeCell } from './table-cells.rules.ts';

it('no cell begins like a formula, and every cell comes back', () => {
  const start = fc.constantFrom(
    '=',
    '+',
    '-',
    '@',
    '\t',
    '\r',
    '\n',
    '＝',
    '＋',
    '－',
    '＠',
    "'",
    "''=",
    "'a",
    '',
  );
  fc.assert(
    fc.property(start, fc.string({ maxLength: 6 }), (first, rest) => {
      const text = first + rest;
      expect(safeCell(text)).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/u);
      expect(originalCell(safeCell(text))).toBe(text);
    }),
  );
});

it('leaves ordinary cells as they are and quotes what a table needs quoted', () => {
  expect(safeCell("it's = fine")).toBe("it's = fine");
  expect(originalCell("'quoted'")).toBe("'quoted'");
  expect(csvLine(['a', 'b,c', 'd"e', ' f', '', 'g\nh'])).toBe('a,"b,c","d""e"," f",,"g\nh"');
});
