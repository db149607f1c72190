import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hiddenParts } from './hidden-characters.ts';

const shorts = (text: string): string[] =>
  hiddenParts(text).flatMap((part) => (part.kind === 'hidden' ? [part.hidden.short] : []));

test('text without hidden characters stays whole', () => {
  expect(hiddenParts('Where is my order?\n\tHere.')).toEqual([
    { kind: 'text', start: 0, text: 'Where is my order?\n\tHere.', isMarked: false },
  ]);
});

test('hidden characters are named', () => {
  expect(shorts('a\u200Bb\u202Ec\u00ADd\uFEFFe\u0007')).toEqual(['ZWSP', 'RLO', 'SHY', 'BOM', '0007']);
  expect(shorts('half \uD83D of one')).toEqual(['LONE']);
});

test('the joiners of emoji and the tags of flags are not hidden, elsewhere they are', () => {
  expect(shorts('👩‍👩‍👧 👨🏽‍🚀 ❤️‍🔥 🏴󠁧󠁢󠁥󠁮󠁧󠁿')).toEqual([]);
  expect(shorts('a\u200Db')).toEqual(['ZWJ']);
  expect(shorts('a\u{E0041}')).toEqual(['TAG']);
});

test('a mark cuts the text at its ends', () => {
  const marked = hiddenParts('mail ada@example.com now', { start: 5, end: 20 });
  expect(marked.map((part) => (part.kind === 'text' ? [part.text, part.isMarked] : []))).toEqual([
    ['mail ', false],
    ['ada@example.com', true],
    [' now', false],
  ]);
});

test('no character is lost or doubled', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(20), fc.nat(20), (text, start, length) => {
      const parts = hiddenParts(text, { start, end: start + length });
      let place = 0;
      for (const part of parts) {
        expect(part.start).toBe(place);
        place +=
          part.kind === 'text'
            ? part.text.length
            : String.fromCodePoint(Number.parseInt(part.hidden.code.slice(2), 16)).length;
      }
      expect(place).toBe(text.length);
    }),
  );
});
