import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalLine, canonicalText } from './canonical-json.ts';
import { contentHash } from './content-hash.ts';
import { createHashTable } from './hash-table.ts';
import { findJsonProblem } from './json-scanner.ts';
import { readExampleText } from './read-line.ts';
import { isPlainlySound } from './sound-json.ts';

const hostile = fc.constantFrom(
  '{"a":1,"a":2}',
  '{"a\\u0061":1,"aa":2}',
  '{"__proto__":1}',
  '{"x":{"constructor":[]}}',
  '{"x":"\\ud800"}',
  '{"x":"\\ud83d\\ude00"}',
  '{"x":1e999}',
  `{"x":${'9'.repeat(400)}}`,
  `${'['.repeat(65)}${']'.repeat(65)}`,
  `${'['.repeat(1_000_000)}`,
  '{"a":"b\\\\","a":1}',
  '{"a":"\\"","b":{"a":1}}',
  '{"a":[{"b":1},{"b":2}],"b":3}',
  '"open',
  '{"x":"\u0000"}',
  '\ud800',
);
const json = fc.json({ maxDepth: 4 });
const damaged = fc
  .tuple(json, fc.nat(80), fc.nat(3), fc.constantFrom('"', '{', '}', ':', '\\', ',', 'e', '-', '1'))
  .map(([text, at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut));

test('what is plainly sound and parses has no problem that the exact scanner would find', () => {
  fc.assert(
    fc.property(fc.oneof(json, hostile, damaged), (text) => {
      const problem = findJsonProblem(text);
      if (!isPlainlySound(text)) return;
      if (problem) expect(problem.code).toBe('invalid_json');
    }),
    { numRuns: 4000 },
  );
});

test('a line is read exactly as the scanner judges it', () => {
  fc.assert(
    fc.property(fc.oneof(json, hostile, damaged), (text) => {
      const reading = readExampleText(text);
      const problem = findJsonProblem(text);
      if (reading.kind === 'blank') return;
      if (problem) expect(reading).toMatchObject({ kind: 'quarantined', code: problem.code });
      else expect(reading.kind === 'example' || reading.code === 'not_an_object').toBe(true);
    }),
    { numRuns: 4000 },
  );
});

test('ordinary examples take the short way', () => {
  expect(
    isPlainlySound('{"messages":[{"role":"user","content":"a \\"b\\" \\\\"},{"role":"x","n":-1.5}]}'),
  ).toBe(true);
});

test('the canonical form is that of RFC 8785, also by the shorter way for lines', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      const line = JSON.stringify(value);
      if (!line.isWellFormed() || /\\ud[89a-f]/i.test(line)) return;
      const parsed = JSON.parse(line) as unknown;
      const expected = canonicalize(parsed);
      expect(canonicalText(parsed)).toBe(expected);
      expect(canonicalLine(parsed, line)).toBe(expected);
    }),
    { numRuns: 1500 },
  );
});

test('equal values have equal hashes whatever the order of their keys, others have others', () => {
  const hex = (value: unknown): string => Buffer.from(contentHash(value)).toString('hex');
  expect(hex({ a: 1, b: ['x', null] })).toBe(hex({ b: ['x', null], a: 1 }));
  const values = [
    {},
    [],
    '',
    'a',
    'b',
    'ab',
    'ba',
    ['a', 'b'],
    ['ab'],
    [['a'], 'b'],
    { a: 'b' },
    { ab: '' },
    null,
    0,
    '0',
    true,
  ];
  expect(new Set(values.map(hex)).size).toBe(values.length);
});

test('a table finds every hash again and takes no two for one', () => {
  const table = createHashTable(5000);
  const slots = new Map<number, number>();
  for (let index = 0; index < 5000; index += 1) {
    const slot = table.slotOf(contentHash(index));
    expect(table.isNew()).toBe(true);
    expect(slots.has(slot)).toBe(false);
    slots.set(slot, index);
  }
  for (const [slot, index] of slots) expect(table.slotOf(contentHash(index))).toBe(slot);
  expect(table.isNew()).toBe(false);
});
