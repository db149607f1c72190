import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyOfPhrase, phraseOfKey, wordsOf } from './recovery-phrase.ts';

const key = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''));

test('every key comes back from its phrase, however it was typed', () => {
  fc.assert(
    fc.property(key, (keyHex) => {
      const words = phraseOfKey(keyHex).split(' ');
      expect(words).toHaveLength(24);
      const typed = words.map((word, at) => `${at + 1}. ${word.toUpperCase()}`).join('\n');
      expect(keyOfPhrase(typed)).toEqual({ keyHex });
    }),
  );
});

test('the published vector of the word list holds', () => {
  // BIP-39 reference vector: 32 bytes of 0x7f.
  expect(phraseOfKey('7f'.repeat(32))).toBe(
    'legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth title',
  );
});

test('a wrong word, a missing word and swapped words are told apart', () => {
  const words = wordsOf(phraseOfKey('00112233445566778899aabbccddeeff0123456789abcdef0123456789abcdef'));
  expect(keyOfPhrase(['lapidary', ...words.slice(1)].join(' '))).toEqual({
    problem: 'Word 1 (“lapidary”) is not in the word list.',
  });
  expect(keyOfPhrase(words.slice(1).join(' '))).toMatchObject({ problem: expect.stringContaining('has 23') });
  const swapped = [words[1], words[0], ...words.slice(2)].join(' ');
  expect(keyOfPhrase(swapped)).toMatchObject({ problem: expect.stringContaining('swapped') });
});
