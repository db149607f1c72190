import type { Keymap } from './settings.model.ts';

/**
 * Commands that are there only while a page is open, with the keys they have at first: the page binds them by id, the
 * settings change their keys. Two pages may use the same keys, because only one is open.
 */
export type PageCommand = {
  readonly id: string;
  readonly title: string;
  readonly defaultKeys: string;
  /** The page, as the settings and the sheet of keys name it. */
  readonly group: string;
};

/** The commands of a data set's page. */
export const pageCommands = [
  { id: 'datasets.search', title: 'Search in the examples', defaultKeys: '/', group: 'Examples' },
  { id: 'datasets.pickAll', title: 'Select all examples shown', defaultKeys: 'Shift+A', group: 'Examples' },
  { id: 'datasets.undo', title: 'Undo with one key', defaultKeys: 'u', group: 'Examples' },
  { id: 'datasets.next', title: 'Next example', defaultKeys: 'j', group: 'Example' },
  { id: 'datasets.previous', title: 'Previous example', defaultKeys: 'k', group: 'Example' },
  { id: 'datasets.approve', title: 'Approve this example', defaultKeys: 'a', group: 'Example' },
  { id: 'datasets.reject', title: 'Reject this example', defaultKeys: 'r', group: 'Example' },
  { id: 'datasets.edit', title: 'Edit this example', defaultKeys: 'e', group: 'Example' },
  { id: 'datasets.compose', title: 'Edit the whole conversation', defaultKeys: 'Shift+E', group: 'Example' },
  { id: 'datasets.showFindings', title: 'Show its findings', defaultKeys: 'f', group: 'Example' },
  { id: 'datasets.showJson', title: 'Show its JSON', defaultKeys: 'Shift+J', group: 'Example' },
  { id: 'datasets.comment', title: 'Comment on this example', defaultKeys: 'c', group: 'Example' },
  { id: 'datasets.tag', title: 'Tag this example', defaultKeys: 't', group: 'Example' },
  { id: 'datasets.duplicate', title: 'Duplicate this example', defaultKeys: 'd', group: 'Example' },
] as const satisfies readonly PageCommand[];

export type PageCommandId = (typeof pageCommands)[number]['id'];

/** The chord of a command of a page after what the user changed; null when it has none. */
export function keysOfPage(id: PageCommandId, keymap: Keymap): string | null {
  const changed = keymap[id];
  return changed === undefined ? commandOfPage(id).defaultKeys : changed;
}

/** A command of a page by its id. */
export function commandOfPage(id: PageCommandId): PageCommand {
  const found = pageCommands.find((command) => command.id === id);
  if (!found) throw new Error(`no command ${id}`);
  return found;
}
