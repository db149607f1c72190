import { useEffect, useMemo } from 'react';
import { create } from 'zustand';

/** A command bound to what it does. */
export type BoundCommand = {
  /** `<feature>.<verb>`, e.g. `datasets.approve`. */
  id: string;
  title: string;
  /** Its group in the palette and the sheet of keys. */
  group: string;
  /** A tinykeys chord; single letters act only outside of text fields and only when the settings allow them. */
  keys: string | null;
  run: () => void;
  /** False keeps it out of the palette and its keys dead. */
  isEnabled?: boolean | undefined;
};

type CommandStore = {
  groups: ReadonlyMap<string, readonly BoundCommand[]>;
  set: (owner: string, commands: readonly BoundCommand[]) => void;
  drop: (owner: string) => void;
};

/** Every command that can be run now, by who brought it. */
export const useCommandStore = create<CommandStore>()((set) => ({
  groups: new Map(),
  set: (owner, commands) => set((state) => ({ groups: new Map(state.groups).set(owner, commands) })),
  drop: (owner) =>
    set((state) => {
      const groups = new Map(state.groups);
      groups.delete(owner);
      return { groups };
    }),
}));

/**
 * Offers commands while the calling component is mounted: in the palette, the sheet of keys and by their keys.
 * Wrap `commands` in `useMemo`, so that they are not registered again with every stroke.
 */
export function useCommands(owner: string, commands: readonly BoundCommand[]): void {
  const set = useCommandStore((store) => store.set);
  const drop = useCommandStore((store) => store.drop);
  useEffect(() => set(owner, commands), [set, owner, commands]);
  useEffect(() => () => drop(owner), [drop, owner]);
}

/** All commands that can be run now; a command of the page wins over one of the window with the same keys. */
export function useAllCommands(): BoundCommand[] {
  const groups = useCommandStore((store) => store.groups);
  return useMemo(
    () => [...groups.values()].flat().filter((command) => command.isEnabled !== false),
    [groups],
  );
}
