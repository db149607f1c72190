import type { BoundCommand } from '../ui/commands.ts';

const key = 'lapidary.recent-commands';
const kept = 12;

function recentIds(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(stored) ? stored.filter((id): id is string => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

/** Remembers that a command was run from the palette. */
export function rememberRun(id: string): void {
  const ids = [id, ...recentIds().filter((one) => one !== id)].slice(0, kept);
  localStorage.setItem(key, JSON.stringify(ids));
}

/** The last `count` commands that were run and can be run now, newest first. */
export function recentFirst(commands: readonly BoundCommand[], count: number): BoundCommand[] {
  return recentIds()
    .flatMap((id) => commands.find((command) => command.id === id) ?? [])
    .slice(0, count);
}
