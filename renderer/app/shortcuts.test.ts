import { expect, test } from 'vitest';
import { isTypingChord } from './shortcuts.ts';

test('letters and sequences type, chords with a modifier and function keys do not', () => {
  expect(['a', 'g d', 'Shift+?', 'Enter'].map(isTypingChord)).toEqual([true, true, true, true]);
  expect(['$mod+k', '$mod+Shift+z', 'Alt+ArrowLeft', 'F6', 'Shift+F6'].map(isTypingChord)).toEqual(
    Array.from({ length: 5 }, () => false),
  );
});
