import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTempFolder } from '../../../tests/helpers/test-kit.ts';
import {
  createLineSplitter,
  keptOfLongLineBytes,
  maxLineBytes,
} from '../../../shared/features/datasets/line-splitter.ts';
import { newSpoolKey, sealSpool } from '../../core/spool-cipher.ts';
import { countParts, readPart } from './file-parts.ts';

let temp: ReturnType<typeof createTempFolder>;
beforeEach(() => {
  temp = createTempFolder();
});
afterEach(() => temp.remove());

type Seen = { byteOffset: number; text: string; sizeBytes: number; isTooLong: boolean };

type Kept = { sizeBytes?: number; key?: string };

function inParts(content: Uint8Array, partBytes: number, kept: Kept = {}): Seen[] {
  const { sizeBytes = content.length, key } = kept;
  const path = join(temp.folder, 'f');
  writeFileSync(path, key ? sealSpool(key).update(content) : content);
  const handle = openSync(path, 'r');
  try {
    const file = { handle, sizeBytes, partBytes, ...(key ? { key } : {}) };
    return Array.from({ length: countParts(sizeBytes, partBytes) }, (_, index) =>
      readPart(file, index),
    ).flatMap(({ lines }) => {
      expect(lines.map(({ number }) => number)).toEqual(lines.map((_, index) => index + 1));
      return lines.map(({ byteOffset, bytes, sizeBytes: size, isTooLong }) => {
        return { byteOffset, text: Buffer.from(bytes).toString('latin1'), sizeBytes: size, isTooLong };
      });
    });
  } finally {
    closeSync(handle);
  }
}

function inOneGo(content: Uint8Array): Seen[] {
  const seen: Seen[] = [];
  const splitter = createLineSplitter(({ byteOffset, bytes, sizeBytes, isTooLong }) => {
    seen.push({ byteOffset, text: Buffer.from(bytes).toString('latin1'), sizeBytes, isTooLong });
  });
  splitter.push(content);
  splitter.end();
  return seen;
}

test('parts of any size hold together the lines that one pass finds', () => {
  const piece = fc.constantFrom(
    '\n',
    '\r\n',
    '\r',
    '\n\n',
    'a',
    'bcd',
    '{"x":1}',
    '\u00ef\u00bb\u00bf',
    'ü'.repeat(40),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), fc.integer({ min: 1, max: 50 }), (pieces, partBytes) => {
      const content = Buffer.from(pieces.join(''), 'latin1');
      expect(inParts(content, partBytes)).toEqual(inOneGo(content));
    }),
    { numRuns: 300 },
  );
});

test('a line longer than what is taken is told with its size and its start, and the next one is found', () => {
  const content = Buffer.alloc(maxLineBytes + 5_000_000, 'x');
  content[maxLineBytes + 4_000_000] = 0x0a;
  const [long, next] = inParts(content, 1024 * 1024);
  expect(long).toMatchObject({ byteOffset: 0, sizeBytes: maxLineBytes + 4_000_000, isTooLong: true });
  expect(long?.text).toHaveLength(keptOfLongLineBytes);
  expect(next).toMatchObject({ byteOffset: maxLineBytes + 4_000_001, sizeBytes: 999_999, isTooLong: false });
});

test('a file that became shorter ends where it ends', () => {
  expect(inParts(Buffer.from('one\ntwo'), 4, { sizeBytes: 100 }).map(({ text }) => text)).toEqual([
    'one',
    'two',
  ]);
});

test('an encrypted file reads as what it was, from any part on', () => {
  const content = Buffer.from(Array.from({ length: 200 }, (_, index) => `line ${index} ü\n`).join(''));
  for (const partBytes of [7, 16, 33, 1000]) {
    expect(inParts(content, partBytes, { key: newSpoolKey() })).toEqual(inOneGo(content));
  }
});
