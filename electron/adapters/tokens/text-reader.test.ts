import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { sketchSize } from '../../../shared/tokens/text-sketch.ts';
import type { TextReader } from '../../../shared/tokens/encodings.ts';
import { createTokenCounters } from './token-counters.ts';

const counters = { kernel: createTokenCounters(), twin: createTokenCounters(() => null) };
const readers = [counters.kernel.reader('o200k_base'), counters.twin.reader('o200k_base')] as const;
const [reader] = readers;
afterAll(() => {
  counters.kernel.free();
  counters.twin.free();
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        'word',
        'Word',
        'x_1',
        ' ',
        ', ',
        '漢',
        'かな',
        '한',
        '𠀀',
        'Größe',
        'é',
        '۳',
        '\ud800',
      ),
      {
        maxLength: 40,
      },
    )
    .map((parts) => parts.join('')),
);

function hashWith(one: TextReader, text: string): string {
  const into = new Uint32Array(3);
  one.take(text);
  one.hash(into, 1);
  return `${into[2]}:${into[1]}`;
}

function sketchWith(one: TextReader, texts: readonly string[]) {
  const into = new Uint32Array(sketchSize + 2).fill(7);
  one.beginSketch();
  for (const text of texts) {
    one.take(text);
    one.addToSketch();
  }
  return { shingles: one.endSketch(into, 1), into };
}

/** The share of equal values: an estimate of how much of their shingles two texts share. */
function likeness(a: Uint32Array, b: Uint32Array): number {
  return a.subarray(1, sketchSize + 1).filter((value, box) => value === b[box + 1]).length / sketchSize;
}

test('kernel and twin hash every text alike', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(hashWith(readers[0], text)).toBe(hashWith(readers[1], text));
    }),
    { numRuns: 2_000 },
  );
});

test('kernel and twin sketch all texts alike', () => {
  fc.assert(
    fc.property(fc.array(anyText, { maxLength: 5 }), (texts) => {
      expect(sketchWith(readers[0], texts)).toEqual(sketchWith(readers[1], texts));
    }),
    { numRuns: 1_500 },
  );
});

test('a hash is the same on every machine and of every length', () => {
  expect(['', 'a', '12345678', '漢字 and more'].map((text) => hashWith(reader, text))).toMatchInlineSnapshot(`
    [
      "21715632:3782198119",
      "917313935:1333040757",
      "2296620624:2338992159",
      "2371194763:1627207939",
    ]
  `);
});

test('200,000 texts that differ in little have different hashes, also in either half', () => {
  const hashes = new Set<string>();
  const lows = new Set<string>();
  for (let index = 0; index < 200_000; index += 1) {
    const hash = hashWith(reader, `user ${index}\u0000`);
    hashes.add(hash);
    lows.add(hash.split(':')[1] ?? '');
  }
  expect(hashes.size).toBe(200_000);
  // Of 200,000 draws from 2^32, about 4.7 pairs are equal.
  expect(lows.size).toBeGreaterThan(199_975);
});

test('what is read is what was taken last, whichever way it came', () => {
  const bytes = Buffer.from('xx漢字 and wordsyy');
  expect(reader.takeBytes(bytes, 2, bytes.length - 2)).toBe(bytes.length - 4);
  const into = new Uint32Array(2);
  reader.hash(into, 0);
  expect(`${into[1]}:${into[0]}`).toBe(hashWith(reader, '漢字 and words'));
  reader.take('two words');
  expect(reader.tokens()).toBe(2);
});

test('a text without words has no sketch, a short one has one shingle', () => {
  const none = sketchWith(reader, ['', ' .,!', '…']);
  expect(none.shingles).toBe(0);
  expect(none.into.every((value) => value === 7)).toBe(true);
  const short = sketchWith(reader, ['Refund, please']);
  expect(short.shingles).toBe(1);
  expect(short.into[0]).toBe(7);
  expect(short.into[sketchSize + 1]).toBe(7);
  expect(sketchWith(reader, ['refund   PLEASE!'])).toEqual(short);
  expect(sketchWith(reader, ['please refund']).into).not.toEqual(short.into);
});

test('likeness of sketches is near the likeness of the shingles', () => {
  const words = Array.from({ length: 400 }, (_, index) => `w${index}`);
  const whole = sketchWith(reader, [words.join(' ')]);
  expect(whole.shingles).toBe(396);
  const half = sketchWith(reader, [words.slice(0, 202).join(' ')]);
  // 198 of 396 shingles.
  expect(Math.abs(likeness(whole.into, half.into) - 0.5)).toBeLessThan(0.15);
  const edited = sketchWith(reader, [words.with(100, 'other').with(300, 'other').join(' ')]);
  // 386 of 406 shingles.
  expect(likeness(whole.into, edited.into)).toBeGreaterThan(0.88);
  expect(
    likeness(whole.into, sketchWith(reader, [words.map((word) => `x${word}`).join(' ')]).into),
  ).toBeLessThan(0.1);
});

test('shingles run on from one text into the next, words do not', () => {
  expect(sketchWith(reader, ['a b c', 'd e f'])).toEqual(sketchWith(reader, ['a b c d e f']));
  expect(sketchWith(reader, ['ab', 'cd'])).not.toEqual(sketchWith(reader, ['abcd']));
});
