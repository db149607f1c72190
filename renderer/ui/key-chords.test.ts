import { expect, test } from 'vitest';
import { chordOf, conflictsOf } from './key-chords.ts';

const press = (key: string, held: string[] = []) => ({
  key,
  ctrlKey: held.includes('ctrl'),
  metaKey: held.includes('meta'),
  altKey: held.includes('alt'),
  shiftKey: held.includes('shift'),
});

test.each([
  [press('k', ['ctrl']), false, '$mod+k'],
  [press('k', ['meta']), true, '$mod+k'],
  [press('K', ['ctrl', 'shift']), false, '$mod+Shift+k'],
  [press('?', ['shift']), false, '[Shift]+?'],
  [press('ArrowLeft', ['alt']), false, 'Alt+ArrowLeft'],
  [press(' '), false, 'Space'],
  [press('k', ['ctrl']), true, 'Control+k'],
  [press('Shift', ['shift']), false, null],
])('%j (mac: %s) is %s', (event, isMac, chord) => {
  expect(chordOf(event, isMac)).toBe(chord);
});

test('a chord that another command has is found, whatever its optional modifiers', () => {
  const bound = [
    { id: 'help.keys', keys: '[Shift]+?' },
    { id: 'view.palette', keys: '$mod+k' },
    { id: 'nothing', keys: null },
  ];
  expect(conflictsOf('?', 'x', bound)).toEqual(['help.keys']);
  expect(conflictsOf('$mod+K', 'x', bound)).toEqual(['view.palette']);
  expect(conflictsOf('$mod+k', 'view.palette', bound)).toEqual([]);
});
