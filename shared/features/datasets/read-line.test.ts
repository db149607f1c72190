import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readExampleText, readLine } from './read-line.ts';
import { firstInvalidUtf8 } from './utf8.rules.ts';

const decode = (bytes: Uint8Array) => (isUtf8(bytes) ? Buffer.from(bytes).toString('utf8') : null);
const read = (bytes: Uint8Array) =>
  readLine({ number: 1, byteOffset: 0, bytes, sizeBytes: bytes.length, isTooLong: false }, decode);

describe('reading a line', () => {
  test.each([
    ['{"a":1}', 'example', null],
    ['  \t\r', 'blank', null],
    ['[]', 'quarantined', 'not_an_object'],
    ['null', 'quarantined', 'not_an_object'],
    ['"x"', 'quarantined', 'not_an_object'],
    ['12', 'quarantined', 'not_an_object'],
    ['{', 'quarantined', 'invalid_json'],
  ])('%j is %s', (text, kind, code) => {
    expect(readExampleText(text)).toMatchObject(code ? { kind, code } : { kind });
  });

  test('the first byte that is not UTF-8 is named', () => {
    expect(read(Buffer.from([0x7b, 0x22, 0xc3, 0x28]))).toMatchObject({
      code: 'invalid_utf8',
      message: 'Not valid UTF-8: byte 0xC3 at byte 3 of the line.',
    });
    expect(read(Buffer.from([0xff, 0xfe, 0x7b, 0x00]))).toMatchObject({
      message: expect.stringContaining('UTF-16'),
    });
  });

  test('the own UTF-8 check agrees with the one of Node', () => {
    const bytes = fc.uint8Array({ maxLength: 12 });
    const mixed = fc
      .tuple(fc.string({ unit: 'binary', maxLength: 4 }), bytes)
      .map(([text, more]) => Buffer.concat([Buffer.from(text), more]));
    fc.assert(
      fc.property(mixed, (one) => {
        const at = firstInvalidUtf8(one);
        expect(at === -1).toBe(isUtf8(one));
        if (at >= 0) expect(isUtf8(one.subarray(0, at))).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  test('no bytes make it throw', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => void read(bytes)));
  });
});
