import { useEffect, useRef } from 'react';
import { tinykeys } from 'tinykeys';
import type { BoundCommand } from '../ui/commands.ts';

const typing = 'input, textarea, select, [contenteditable="true"], [role="textbox"], [role="combobox"]';

/** True when the chord starts with a key that types something, e.g. `a`, `g d` or `Shift+?`. */
export function isTypingChord(keys: string): boolean {
  const first = keys.split(' ')[0] ?? '';
  return !/(\$mod|Control|Alt|Meta)\+/.test(first) && !/^(Shift\+)?F\d+$/.test(first);
}

function mayRun(command: BoundCommand, event: KeyboardEvent, areSingleKeysOn: boolean): boolean {
  const target = event.target instanceof Element ? event.target : null;
  const isTyping = target?.closest(typing) !== null && target !== null;
  // Text fields keep their own undo.
  if (isTyping && command.id.startsWith('history.')) return false;
  if (!command.keys || !isTypingChord(command.keys)) return true;
  if (isTyping) return false;
  const isCheatSheet = command.id === 'help.keys';
  if (!areSingleKeysOn && !isCheatSheet) return false;
  // Open menus, lists and dialogs use letters to find their entries.
  return !target?.closest('[role="menu"], [role="listbox"], [role="dialog"], [role="alertdialog"]');
}

/** Binds the keys of all commands to the window; the last of two commands with the same keys wins. */
export function useShortcuts(commands: readonly BoundCommand[], areSingleKeysOn: boolean): void {
  const single = useRef(areSingleKeysOn);
  single.current = areSingleKeysOn;
  useEffect(() => {
    const map: Record<string, (event: KeyboardEvent) => void> = {};
    for (const command of commands) {
      if (!command.keys) continue;
      map[command.keys] = (event) => {
        if (event.defaultPrevented || !mayRun(command, event, single.current)) return;
        event.preventDefault();
        command.run();
      };
    }
    return tinykeys(window, map);
  }, [commands]);
}
