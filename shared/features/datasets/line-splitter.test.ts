import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLineSplitter, type Line, maxLineBytes } from './line-splitter.ts';

type Seen = { number: number; byteOffset: number; text: string; isTooLong: boolean; sizeBytes: number };

function split(bytes: Uint8Array, chunkSizes: readonly number[]): Seen[] {
  const seen: Seen[] = [];
  const splitter = createLineSplitter((line: Line) => {
    const { number, byteOffset, isTooLong, sizeBytes } = line;
    seen.push({ number, byteOffset, text: Buffer.from(line.bytes).toString('latin1'), isTooLong, sizeBytes });
  });
  let at = 0;
  for (let index = 0; at < bytes.length; index += 1) {
    const size = chunkSizes[index % chunkSizes.length] ?? 1;
    splitter.push(bytes.slice(at, at + size));
    at += size;
  }
  splitter.end();
  return seen;
}

describe('line splitter', () => {
  test('LF, CRLF, a BOM, blank lines and a missing last line feed', () => {
    const bytes = Buffer.from('\ufeff{"a":1}\r\n\n{"b":2}\n{"c":3}');
    expect(split(bytes, [5]).map(({ number, byteOffset, text }) => [number, byteOffset, text])).toEqual([
      [1, 3, '{"a":1}'],
      [2, 12, ''],
      [3, 13, '{"b":2}'],
      [4, 21, '{"c":3}'],
    ]);
    expect(split(Buffer.from('a\n'), [9]).map(({ text }) => text)).toEqual(['a']);
    expect(split(Buffer.from(''), [9])).toEqual([]);
  });

  test('a line over the limit is told with its size, the next one is whole, and little is kept', () => {
    const long = Buffer.alloc(maxLineBytes + 1, 0x61);
    const seen = split(Buffer.concat([Buffer.from('x\n'), long, Buffer.from('\nlast')]), [1 << 20]);
    expect(
      seen.map(({ number, byteOffset, isTooLong, sizeBytes }) => [number, byteOffset, isTooLong, sizeBytes]),
    ).toEqual([
      [1, 0, false, 1],
      [2, 2, true, maxLineBytes + 1],
      [3, maxLineBytes + 4, false, 4],
    ]);
    expect(seen[1]?.text).toHaveLength(64 * 1024);
    expect(split(long.subarray(1), [1 << 20])[0]).toMatchObject({
      isTooLong: false,
      sizeBytes: maxLineBytes,
    });
  });

  test('chunks never change what comes out', () => {
    const piece = fc.constantFrom('\n', '\r\n', '\r', 'ab', '\ufeff', 'é', '');
    fc.assert(
      fc.property(
        fc.array(piece),
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1 }),
        (pieces, sizes) => {
          const bytes = Buffer.from(pieces.join(''));
          const seen = split(bytes, sizes);
          expect(seen).toEqual(split(bytes, [1000]));
          const expected = bytes
            .toString('latin1')
            .replace(/^\u00ef\u00bb\u00bf/, '')
            .split('\n');
          if (expected.at(-1) === '' && !(bytes.length === 3 && expected.length === 1)) expected.pop();
          const withoutCr = expected.map((text, index) =>
            index < expected.length - 1 || bytes.at(-1) === 0x0a ? text.replace(/\r$/, '') : text,
          );
          expect(seen.map(({ text }) => text)).toEqual(withoutCr);
        },
      ),
    );
  });
});
