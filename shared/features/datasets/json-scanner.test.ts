import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findJsonProblem } from './json-scanner.ts';

const codeOf = (text: string) => findJsonProblem(text)?.code ?? null;

describe('JSON scanner', () => {
  test.each([
    ['{"a":1,"a":2}', 'duplicate_key', 7],
    ['{"a":1,"\\u0061":2}', 'duplicate_key', 7],
    ['[{"b":{}},{"b":{},"b":0}]', 'duplicate_key', 18],
    ['{"__proto__":1}', 'forbidden_key', 1],
    ['{"x":{"constructor":1}}', 'forbidden_key', 6],
    ['{"\\u005f_proto__":1}', 'forbidden_key', 1],
    ['"\\ud83d"', 'lone_surrogate', 1],
    ['"\\ud83d\\u0041"', 'lone_surrogate', 1],
    ['"\\udc00"', 'lone_surrogate', 1],
    ['"\ud800"', 'lone_surrogate', 1],
    ['[1e999]', 'number_out_of_range', 1],
    [`${'['.repeat(65)}${']'.repeat(65)}`, 'too_deep', 64],
    [`${'{"a":'.repeat(65)}1${'}'.repeat(65)}`, 'too_deep', 320],
    ['{"a":}', 'invalid_json', 5],
    ['{"a" 1}', 'invalid_json', 5],
    ["{'a':1}", 'invalid_json', 1],
    ['{"a":1,}', 'invalid_json', 7],
    ['[1,]', 'invalid_json', 3],
    ['{} x', 'invalid_json', 3],
    ['"a\u0001"', 'invalid_json', 2],
    ['"a', 'invalid_json', 0],
    ['01', 'invalid_json', 1],
    ['NaN', 'invalid_json', 0],
    ['"\\x"', 'invalid_json', 1],
    ['', 'invalid_json', 0],
  ])('%j is refused', (text, code, at) => {
    expect(findJsonProblem(text)).toMatchObject({ code, at });
  });

  test.each([
    ' {"a":[1,-0.5e+3,true,null,"\\ud83d\\ude00 \u{1f600} \\u0000"]}\r',
    `${'['.repeat(64)}${']'.repeat(64)}`,
    `{${Array.from({ length: 40 }, (_, index) => `"k${index}":0`).join()}}`,
  ])('%j is taken', (text) => {
    expect(findJsonProblem(text)).toBeNull();
  });

  test('a key repeated among many is found', () => {
    const keys = Array.from({ length: 40 }, (_, index) => `"k${index}":0`);
    expect(codeOf(`{${[...keys, '"k3":1'].join()}}`)).toBe('duplicate_key');
  });

  test('whatever JSON.stringify writes is taken, but for what the rules forbid', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        const allowed = [null, 'forbidden_key', 'lone_surrogate'];
        expect(allowed).toContain(codeOf(text));
      }),
    );
  });

  test('on damaged JSON it agrees with JSON.parse about what is JSON', () => {
    const piece = fc.constantFrom(
      '"',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '\\',
      '0',
      '1',
      '-',
      '.',
      'e',
      't',
      'true',
      ' ',
      'a',
      '\\u12',
    );
    const damaged = fc
      .tuple(fc.json({ maxDepth: 3 }), fc.nat(200), fc.nat(3), piece)
      .map(([text, at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut));
    fc.assert(
      fc.property(damaged, (text) => {
        const code = codeOf(text);
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        if (code === 'invalid_json') expect(isJson).toBe(false);
        if (code === null) expect(isJson).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});
