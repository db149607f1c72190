import { keysOf } from '../../../shared/features/settings/commands.ts';
import {
  type JudgingCommand,
  type JudgingCommandId,
  judgingCommands,
} from '../../../shared/features/settings/judging-commands.ts';
import type { PreferenceKind } from '../../../shared/features/preferences/preferences.model.ts';

/** The chords of the judging panel: printed on its buttons, and what each of them does. */
export type JudgingKeys = {
  /** The chord of a command; null when it has none. */
  of(id: JudgingCommandId): string | null;
  /** The command of a chord as it was pressed; null for none. */
  commandOf(chord: string): JudgingCommandId | null;
};

// A sign typed with Shift on one keyboard and without on another is the same key.
const plain = (chord: string): string => chord.replaceAll(/\[\w+\]\+/g, '').toLowerCase();

/** True for a chord without Ctrl, Alt or Command, which a person can switch off altogether. */
export function isSingleKey(chord: string): boolean {
  return !/(\$mod|Control|Alt|Meta)\+/.test(chord);
}

/** The keys of a kind of set after what the user changed. A second chord falls away with the first. */
export function judgingKeys(
  kind: PreferenceKind,
  keymap: Readonly<Record<string, string | null>>,
  areSingleKeysOn: boolean,
): JudgingKeys {
  const chords = new Map<string, JudgingCommandId>();
  const printed = new Map<string, string | null>();
  for (const command of judgingCommands) {
    const { id, judges, also }: JudgingCommand & { id: JudgingCommandId } = command;
    if (judges !== 'both' && judges !== kind) continue;
    const usable = (chord: string | null): string | null =>
      chord !== null && (areSingleKeysOn || !isSingleKey(chord)) ? chord : null;
    const first = usable(keysOf(command, keymap));
    const second = keymap[id] === undefined ? usable(also) : null;
    printed.set(id, first ?? second);
    for (const chord of [first, second]) if (chord !== null) chords.set(plain(chord), id);
  }
  return {
    of: (id) => printed.get(id) ?? null,
    commandOf: (chord) => chords.get(plain(chord)) ?? null,
  };
}
