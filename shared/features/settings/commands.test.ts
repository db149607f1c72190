import { expect, test } from 'vitest';
import { keysOf, windowCommands } from './commands.ts';

test('ids and chords are there once', () => {
  const chords = windowCommands.flatMap((command) => command.defaultKeys ?? []);
  expect(new Set(chords).size).toBe(chords.length);
  expect(new Set(windowCommands.map((command) => command.id)).size).toBe(windowCommands.length);
});

test('no chord of the operating system is taken', () => {
  const taken = ['Alt+Tab', 'Alt+F4', '$mod+q', '$mod+w', '$mod+c', '$mod+v', '$mod+x', '$mod+a'];
  expect(windowCommands.filter((command) => taken.includes(command.defaultKeys ?? ''))).toEqual([]);
});

test('a changed shortcut replaces the default, and null takes it away', () => {
  const undo = windowCommands.find((command) => command.id === 'history.undo');
  if (!undo) throw new Error('no undo');
  expect(keysOf(undo, {})).toBe('$mod+z');
  expect(keysOf(undo, { 'history.undo': '$mod+u' })).toBe('$mod+u');
  expect(keysOf(undo, { 'history.undo': null })).toBeNull();
});
