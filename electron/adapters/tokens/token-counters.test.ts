import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { get_encoding } from 'tiktoken';
import { afterAll, describe, expect, test } from 'vitest';
import { unpackTables } from '../../../shared/tokens/token-tables.ts';
import { createTokenCounters } from './token-counters.ts';
import { readPackedTables } from './token-files.ts';

const kernel = createTokenCounters();
const twin = createTokenCounters(() => null);
const references = { o200k_base: get_encoding('o200k_base'), cl100k_base: get_encoding('cl100k_base') };
const encodings = ['o200k_base', 'cl100k_base'] as const;
type Encoding = (typeof encodings)[number];

afterAll(() => {
  kernel.free();
  twin.free();
  for (const reference of Object.values(references)) reference.free();
});

/** What all three say; for a text too long for the reference, only ours. */
function counts(encoding: Encoding, text: string) {
  return {
    kernel: kernel.counter(encoding)(text),
    twin: twin.counter(encoding)(text),
    reference: references[encoding].encode(text, [], []).length,
  };
}

function expectSame(encoding: Encoding, text: string): void {
  const { reference, ...ours } = counts(encoding, text);
  expect(ours, JSON.stringify(text.slice(0, 200))).toEqual({ kernel: reference, twin: reference });
}

/** Deterministic text made of the pieces of one kind. */
function prose(kind: readonly string[], units: number): string {
  let [text, state] = ['', 7];
  while (text.length < units) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    text += kind[Math.floor(state / 65_536) % kind.length];
  }
  return text.slice(0, units).toWellFormed();
}

const kinds: Record<string, readonly string[]> = {
  english: [
    'The',
    ' quick',
    " don't",
    " WE'LL",
    '.',
    '\n',
    ' 12345',
    ', ',
    '"a"',
    '  ',
    '\n\n    ',
    "'ſ",
    "'Re",
  ],
  code: [
    '\tif (',
    'x',
    ' === ',
    'aB12',
    ') {\n',
    '};\r\n',
    '// ',
    'naïve',
    '    ',
    '\\n',
    '{"a": [1,2]}',
    '/\r\n/',
  ],
  chinese: ['漢字', '、', '语言', '。', 'これは', 'テスト', ' ', '12', '한국어', '\n'],
  marks: [
    'e\u0301',
    'हिन्दी',
    ' ',
    "'s",
    '\u00a0',
    '\u200d',
    '👩‍👩‍👧',
    '्',
    '1\u0301',
    "9's",
    ' \n',
    '\u0301A',
    'ǅ',
  ],
  base64: ['aGVsbG8', '29ybGQ', '+', '/', '9Zz', 'QUJD', '=='],
  unbroken: ['abc', 'XyZ', 'qqq', 'zzzzzz', 'Hello', 'é'],
  spaces: ['  ', '\t', '\n', ' ', '\r\n', '\u2028', '\u00a0', '\u3000'],
  signs: ['--', '==', '*', '#', '/', '!?', '\r', "'", ' '],
};

describe.each(encodings)('%s', (encoding) => {
  test.each(Object.entries(kinds))('%s counts as the reference does', (_name, kind) => {
    for (const units of [1, 2, 3, 17, 120, 299, 301, 4_097, 9_001]) expectSame(encoding, prose(kind, units));
  });

  test.each(['a', ' ', '漢', '😀', '𓃰', '-', '7', '٣', '\n', "'s"])('an unbroken run of %j', (unit) => {
    for (const times of [63, 64, 65, 119, 120, 121, 299, 300, 301, 6_000])
      expectSame(encoding, `x ${unit.repeat(times)} y`);
  });

  test('texts of any mixture', () => {
    const pieces = Object.values(kinds).flat();
    const part = fc.tuple(fc.constantFrom(...pieces), fc.integer({ min: 1, max: 4 }));
    const mixture = fc.array(part, { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(mixture, (parts) => {
        expectSame(encoding, parts.map(([piece, times]) => piece.repeat(times)).join(''));
      }),
      { numRuns: 1_500 },
    );
  });

  test('texts of any characters, lone surrogates too', () => {
    const unit = fc.oneof(
      fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
      fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
      fc.integer({ min: 0, max: 0x24f }).map((code) => String.fromCodePoint(code)),
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 60 }), (text) => expectSame(encoding, text)),
      { numRuns: 3_000 },
    );
  });

  test('every place where the class of the characters changes', () => {
    const around = new Set<number>();
    for (const run of unpackTables(readPackedTables(encoding)).classRuns) {
      for (const point of [(run >>> 3) - 1, run >>> 3]) if (point > 0) around.add(point);
    }
    for (const point of around) {
      const c = String.fromCodePoint(point);
      expectSame(encoding, `a${c}B${c}1${c} ${c}'s${c}\n${c}${c}'S`);
    }
  });

  test('bytes count as their text does, from anywhere in a buffer', () => {
    const bytes = Buffer.from('…an example with 漢字 and words…');
    const text = bytes.subarray(3, 30).toString();
    const expected = references[encoding].encode(text, [], []).length;
    expect(kernel.byteCounter(encoding)(bytes, 3, 30)).toBe(expected);
    expect(twin.byteCounter(encoding)(bytes, 3, 30)).toBe(expected);
    expect(kernel.byteCounter(encoding)(bytes, 5, 5)).toBe(0);
    expect(twin.byteCounter(encoding)(bytes, 5, 5)).toBe(0);
  });

  test('the worst texts: kernel and twin agree on 300 kB without a break', () => {
    const letters = prose('abcdefghijklmnopqrstuvwxyz'.split(''), 300_000);
    for (const text of ['a'.repeat(300_000), ' '.repeat(300_000), '漢'.repeat(100_000), letters]) {
      expect(kernel.counter(encoding)(text)).toBe(twin.counter(encoding)(text));
    }
  });

  test('a short text after a long one, which made the memory grow', () => {
    const count = createTokenCounters().counter(encoding);
    const before = count('Two words');
    expect(count(`${'b'.repeat(5_000_000)}`)).toBeGreaterThan(1000);
    expect(count('Two words')).toBe(before);
  });
});

test('what looks like a special token is plain text', () => {
  expect(kernel.counter('o200k_base')('<|endoftext|>')).toBe(7);
  expect(twin.counter('o200k_base')('<|endoftext|>')).toBe(7);
});

test('counts survive freeing: a vocabulary is opened again when asked for', () => {
  const own = createTokenCounters();
  const before = own.counter('cl100k_base')('Two words');
  own.free();
  expect(own.counter('cl100k_base')('Two words')).toBe(before);
});

const ownGolden = new URL('../../../tests/fixtures/token-counts.golden.json', import.meta.url);
test('the committed counts, made once with tiktoken 1.0.22', () => {
  const golden = JSON.parse(readFileSync(ownGolden, 'utf8')) as [string, number, number][];
  expect(golden.length).toBeGreaterThan(200);
  for (const [text, o200k, cl100k] of golden) {
    expect([kernel.counter('o200k_base')(text), kernel.counter('cl100k_base')(text)]).toEqual([
      o200k,
      cl100k,
    ]);
    expect([twin.counter('o200k_base')(text), twin.counter('cl100k_base')(text)]).toEqual([o200k, cl100k]);
  }
});

const golden = fileURLToPath(new URL('../../../../shared/data/tokens/golden-o200k.jsonl', import.meta.url));
describe.skipIf(!existsSync(golden))('golden strings (skipped without ../shared/data)', () => {
  test('all 6,408 agree with the reference', () => {
    const lines = readFileSync(golden, 'utf8').trimEnd().split('\n');
    const cases = lines.map((line) => JSON.parse(line) as { text: string; tokens: number });
    expect(cases).toHaveLength(6408);
    for (const counters of [kernel, twin]) {
      const count = counters.counter('o200k_base');
      expect(cases.filter(({ text, tokens }) => count(text) !== tokens)).toEqual([]);
    }
  });
});
