import { expect, test } from 'vitest';
import { judgingKeys } from './judging-keys.ts';

test('both chords act, the first is printed; a changed one takes the second with it', () => {
  const keys = judgingKeys('pairs', {}, true);
  expect(keys.of('judge.a')).toBe('1');
  expect([keys.commandOf('1'), keys.commandOf('ArrowLeft')]).toEqual(['judge.a', 'judge.a']);
  expect(keys.commandOf('$mod+z')).toBe('judge.back');
  const changed = judgingKeys('pairs', { 'judge.a': 'j', 'judge.tie': null }, true);
  expect([changed.commandOf('j'), changed.commandOf('1'), changed.commandOf('ArrowLeft')]).toEqual([
    'judge.a',
    null,
    null,
  ]);
  expect(changed.of('judge.tie')).toBeNull();
});

test('single keys can be switched off altogether; chords with Ctrl stay', () => {
  const keys = judgingKeys('pairs', {}, false);
  expect(keys.commandOf('1')).toBeNull();
  expect(keys.commandOf('Space')).toBeNull();
  expect(keys.of('judge.back')).toBe('$mod+z');
  expect(keys.commandOf('$mod+Enter')).toBe('judge.save');
});

test('digits are stars in a set of single answers, and a digit typed with Shift is the same digit', () => {
  expect(judgingKeys('ratings', {}, true).commandOf('[Shift]+2')).toBe('judge.star-2');
  expect(judgingKeys('pairs', {}, true).commandOf('[Shift]+2')).toBe('judge.b');
});
