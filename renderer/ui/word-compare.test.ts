import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareTexts } from './word-compare.ts';

const textOf = (pieces: ReturnType<typeof compareTexts>['pieces'], without: 'added' | 'removed'): string =>
  pieces
    .filter(({ kind }) => kind !== without)
    .map(({ text }) => text)
    .join('');

test('words of one text and the other are marked', () => {
  const { by, pieces } = compareTexts('the red fox', 'the blue fox', 10_000);
  expect(by).toBe('words');
  expect(pieces.map(({ text, kind }) => `${kind}:${text.trim()}`)).toEqual([
    'same:the',
    'removed:red',
    'added:blue',
    'same:fox',
  ]);
});

test('no character is cut in two, in any script', () => {
  const unit = fc.constantFrom('a', ' ', '👩‍👩‍👧', '🇩🇪', 'é', 'क्षि', 'سلام ', '猫', '\n');
  const text = fc.array(unit, { maxLength: 30 }).map((units) => units.join(''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const { pieces } = compareTexts(before, after, 10_000);
      for (const { text: piece } of pieces) expect(piece.isWellFormed()).toBe(true);
      expect(textOf(pieces, 'removed')).toBe(after);
    }),
  );
});

test('without time it is still told what there was and what there is', () => {
  const before = Array.from({ length: 3000 }, (_, at) => `a${at}`).join(' ');
  const after = Array.from({ length: 3000 }, (_, at) => `b${at}`).join(' ');
  const { by, pieces } = compareTexts(before, after, -1);
  expect(by).not.toBe('words');
  expect(textOf(pieces, 'added')).toBe(before);
  expect(textOf(pieces, 'removed')).toBe(after);
});
