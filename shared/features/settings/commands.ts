/** Where a command stands in the menu bar; null keeps it to the palette. */
export type CommandMenu = 'file' | 'edit' | 'view' | 'go' | 'help' | null;

/**
 * Something the window can do, as data: the palette, the menu bar, the sheet of keys, tooltips and the settings for
 * shortcuts all read this list. `defaultKeys` is a tinykeys chord (`$mod` is Ctrl, on a Mac Command); what it does
 * is bound to the id where it can be done.
 */
export type Command = {
  readonly id: string;
  readonly title: string;
  readonly defaultKeys: string | null;
  /** `window` works everywhere; `workspace` needs an open workspace. */
  readonly scope: 'window' | 'workspace';
  readonly menu: CommandMenu;
};

/** Commands of the whole window; a page adds its own while it is open. */
export const windowCommands = [
  { id: 'workspace.new', title: 'New workspace…', defaultKeys: null, scope: 'window', menu: 'file' },
  { id: 'workspace.open', title: 'Open workspace…', defaultKeys: '$mod+o', scope: 'window', menu: 'file' },
  {
    id: 'workspace.demo',
    title: 'Explore the demo project',
    defaultKeys: null,
    scope: 'window',
    menu: 'file',
  },
  { id: 'data.import', title: 'Import data…', defaultKeys: '$mod+i', scope: 'workspace', menu: 'file' },
  {
    id: 'provider.connect',
    title: 'Connect a provider…',
    defaultKeys: null,
    scope: 'workspace',
    menu: 'file',
  },
  { id: 'workspace.close', title: 'Close workspace', defaultKeys: null, scope: 'workspace', menu: 'file' },
  { id: 'go.settings', title: 'Settings', defaultKeys: '$mod+,', scope: 'window', menu: 'file' },
  { id: 'history.undo', title: 'Undo', defaultKeys: '$mod+z', scope: 'workspace', menu: 'edit' },
  { id: 'history.redo', title: 'Redo', defaultKeys: '$mod+Shift+z', scope: 'workspace', menu: 'edit' },
  {
    id: 'view.palette',
    title: 'Search or run a command',
    defaultKeys: '$mod+k',
    scope: 'window',
    menu: 'view',
  },
  {
    id: 'view.navigation',
    title: 'Show or hide navigation',
    defaultKeys: '$mod+b',
    scope: 'window',
    menu: 'view',
  },
  {
    id: 'view.activity',
    title: 'Show running tasks',
    defaultKeys: '$mod+j',
    scope: 'workspace',
    menu: 'view',
  },
  {
    id: 'view.theme-system',
    title: 'Theme: as the system',
    defaultKeys: null,
    scope: 'window',
    menu: 'view',
  },
  { id: 'view.theme-light', title: 'Theme: light', defaultKeys: null, scope: 'window', menu: 'view' },
  { id: 'view.theme-dark', title: 'Theme: dark', defaultKeys: null, scope: 'window', menu: 'view' },
  { id: 'view.next-pane', title: 'Go to the next pane', defaultKeys: 'F6', scope: 'window', menu: 'view' },
  {
    id: 'view.previous-pane',
    title: 'Go to the pane before',
    defaultKeys: 'Shift+F6',
    scope: 'window',
    menu: 'view',
  },
  { id: 'go.home', title: 'Home', defaultKeys: 'g h', scope: 'window', menu: 'go' },
  { id: 'go.datasets', title: 'Datasets', defaultKeys: 'g d', scope: 'workspace', menu: 'go' },
  { id: 'go.preferences', title: 'Preferences', defaultKeys: 'g p', scope: 'workspace', menu: 'go' },
  { id: 'go.costs', title: 'Costs', defaultKeys: 'g c', scope: 'workspace', menu: 'go' },
  { id: 'go.jobs', title: 'Jobs', defaultKeys: 'g j', scope: 'workspace', menu: 'go' },
  { id: 'go.evals', title: 'Evals', defaultKeys: 'g e', scope: 'workspace', menu: 'go' },
  { id: 'go.governance', title: 'Governance', defaultKeys: 'g g', scope: 'workspace', menu: 'go' },
  { id: 'go.history', title: 'History and backups', defaultKeys: 'g y', scope: 'workspace', menu: 'go' },
  { id: 'go.activity', title: 'Activity', defaultKeys: 'g a', scope: 'workspace', menu: 'go' },
  { id: 'go.back', title: 'Back', defaultKeys: 'Alt+ArrowLeft', scope: 'window', menu: 'go' },
  { id: 'go.forward', title: 'Forward', defaultKeys: 'Alt+ArrowRight', scope: 'window', menu: 'go' },
  { id: 'help.keys', title: 'Keyboard shortcuts', defaultKeys: '[Shift]+?', scope: 'window', menu: 'help' },
] as const satisfies readonly Command[];

export type WindowCommandId = (typeof windowCommands)[number]['id'];

/** The chord of a command after what the user changed; null when it has none. */
export function keysOf(command: Command, keymap: Readonly<Record<string, string | null>>): string | null {
  const changed = keymap[command.id];
  return changed === undefined ? command.defaultKeys : changed;
}
