import type { BoundCommand } from '../ui/commands.ts';

/** The workspace's own things, findable by name. */
export function usePaletteRecords(): readonly BoundCommand[] {
  return [];
}
