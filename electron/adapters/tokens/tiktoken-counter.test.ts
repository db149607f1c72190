import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { get_encoding } from 'tiktoken';
import { afterAll, describe, expect, test } from 'vitest';
import type { Encoding } from '../../../shared/tokens/encodings.ts';
import { createTiktokenCounters } from './tiktoken-counter.ts';

const counters = createTiktokenCounters();
const references = { o200k_base: get_encoding('o200k_base'), cl100k_base: get_encoding('cl100k_base') };
const inOneGo = (encoding: Encoding, text: string) => references[encoding].encode(text, [], []).length;
const encodings = ['o200k_base', 'cl100k_base'] as const;

afterAll(() => {
  counters.free();
  for (const reference of Object.values(references)) reference.free();
});

/** Deterministic prose of every kind the cutting has to get right. */
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
    ' brown',
    " don't",
    " WE'LL",
    '.',
    '\n',
    ' 12345',
    ', ',
    '"a"',
    '  ',
    '\n\n    ',
  ],
  code: ['\tif (', 'x', ' === ', 'aB12', ') {\n', '};\r\n', '// ', 'naïve', '    ', '\\n', '{"a": [1,2]}'],
  chinese: ['漢字', '、', '语言', '。', 'これは', 'テスト', ' ', '12', '한국어', '\n'],
  marks: ['e\u0301', 'हिन्दी', ' ', "'s", '\u00a0', '\u200d', '👩‍👩‍👧', '्', '1\u0301', "9's", ' \n'],
  base64: ['aGVsbG8', '29ybGQ', '+', '/', '9Zz', 'QUJD', '=='],
  unbroken: ['abc', 'XyZ', 'qqq', 'zzzzzz', 'Hello', 'é'],
  spaces: ['  ', '\t', '\n', ' '],
  signs: ['--', '==', '*', '#', '/', '!?'],
};

describe.each(encodings)('%s', (encoding) => {
  const count = counters.counter(encoding);

  test.each(Object.entries(kinds))('long %s counts as in one go', (_name, kind) => {
    for (const units of [4_097, 9_001, 20_000]) {
      const text = prose(kind, units);
      expect(count(text)).toBe(inOneGo(encoding, text));
    }
  });

  test.each([
    ['one letter', 'a'],
    ['spaces', ' '],
    ['Chinese', '漢'],
    ['emoji', '😀'],
    ['rare characters', '𓃰'],
    ['dashes', '-'],
    ['digits', '7'],
    ['Arabic digits', '٣'],
  ])('an unbroken run of %s counts as in one go', (_name, unit) => {
    const text = `x ${unit.repeat(9_000)} y`;
    expect(count(text)).toBe(inOneGo(encoding, text));
  });

  test('texts of any mixture count as in one go', () => {
    const pieces = Object.values(kinds).flat();
    const mixture = fc
      .array(fc.tuple(fc.constantFrom(...pieces), fc.integer({ min: 1, max: 700 })), {
        minLength: 8,
        maxLength: 30,
      })
      .map((parts) =>
        parts
          .map(([piece, times]) => piece.repeat(times))
          .join('')
          .slice(0, 15_000)
          .toWellFormed(),
      );
    fc.assert(
      fc.property(mixture, (text) => count(text) === inOneGo(encoding, text)),
      { numRuns: 15 },
    );
  });
});

describe('hostile texts', () => {
  test('what looks like a special token is plain text', () => {
    const count = counters.counter('o200k_base');
    expect(count('<|endoftext|>')).toBe(7);
    expect(count('<|im_start|>')).toBeGreaterThan(1);
  });

  test('an unbroken megabyte costs as much per character as ordinary text, within a bounded ratio', () => {
    const million = 1_000_000;
    const time = (text: string): number => {
      const start = performance.now();
      counters.measure('o200k_base', text);
      return performance.now() - start;
    };
    const ordinary = prose(kinds.english ?? [], million);
    time(ordinary);
    const usual = Math.min(time(ordinary), time(ordinary));
    // In one go each of these takes thousands of times as long (quadratic: 64 kB of Chinese alone takes seconds).
    for (const unit of ['a', ' ', '漢', '😀', '-']) {
      expect(time(unit.repeat(million / unit.length)) / usual, `ratio for ${unit}`).toBeLessThan(60);
    }
  });

  test('counts survive freeing: a vocabulary is opened again when asked for', () => {
    const own = createTiktokenCounters();
    const before = own.measure('cl100k_base', 'Two words');
    own.free();
    expect(own.measure('cl100k_base', 'Two words')).toEqual(before);
    own.free();
  });
});

const golden = fileURLToPath(new URL('../../../../shared/data/tokens/golden-o200k.jsonl', import.meta.url));
describe.skipIf(!existsSync(golden))('golden strings (skipped without ../shared/data)', () => {
  test('all 6,408 agree with the reference', () => {
    const count = counters.counter('o200k_base');
    const lines = readFileSync(golden, 'utf8').trimEnd().split('\n');
    const wrong = lines
      .map((line) => JSON.parse(line) as { text: string; tokens: number })
      .filter(({ text, tokens }) => count(text) !== tokens);
    expect(lines).toHaveLength(6408);
    expect(wrong).toEqual([]);
  });
});
