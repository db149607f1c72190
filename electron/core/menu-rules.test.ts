import { expect, it } from 'vitest';
import { windowCommands } from '../../shared/features/settings/commands.ts';
import { acceleratorOf } from './menu-rules.ts';

it.each([
  ['$mod+k', 'CommandOrControl+K'],
  ['$mod+Shift+z', 'CommandOrControl+Shift+Z'],
  ['Alt+ArrowLeft', 'Alt+Left'],
  ['F6', 'F6'],
  ['Shift+F6', 'Shift+F6'],
  ['$mod+,', 'CommandOrControl+,'],
])('%s is shown as %s', (keys, accelerator) => {
  expect(acceleratorOf(keys)).toBe(accelerator);
});

it.each([null, 'g d', 'a', 'Shift+?'])('%j is not for a menu', (keys) => {
  expect(acceleratorOf(keys)).toBeUndefined();
});

it('no two commands show the same keys', () => {
  const shown = windowCommands
    .map((command) => acceleratorOf(command.defaultKeys))
    .filter((keys) => keys !== undefined);
  expect(new Set(shown).size).toBe(shown.length);
});
