import { BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import { acceleratorOf } from '../core/menu-rules.ts';
import { type Command, type CommandMenu, windowCommands } from '../../shared/features/settings/commands.ts';

type MenuName = Exclude<CommandMenu, null>;

function itemOf(command: Command): MenuItemConstructorOptions {
  const accelerator = acceleratorOf(command.defaultKeys);
  // The page binds the keys itself (they can be changed, and text fields keep their own undo); the menu shows them.
  const isShown =
    accelerator !== undefined && !(process.platform === 'darwin' && command.id.startsWith('history.'));
  return {
    id: command.id,
    label: command.title,
    ...(isShown ? { accelerator, registerAccelerator: false } : {}),
    click: () => BrowserWindow.getAllWindows()[0]?.webContents.send('lapidary:command', command.id),
  };
}

function itemsOf(menu: MenuName): MenuItemConstructorOptions[] {
  return windowCommands.filter((command) => command.menu === menu).map(itemOf);
}

const textEditing: MenuItemConstructorOptions[] = [
  { type: 'separator' },
  { role: 'cut' },
  { role: 'copy' },
  { role: 'paste' },
  { role: 'selectAll' },
];

const zoom: MenuItemConstructorOptions[] = [
  { type: 'separator' },
  { role: 'resetZoom' },
  { role: 'zoomIn' },
  { role: 'zoomOut' },
  { role: 'togglefullscreen' },
];

/** Makes the menu bar from the same commands as the palette. */
export function createMenu(): void {
  const isMac = process.platform === 'darwin';
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    {
      label: '&File',
      submenu: [...itemsOf('file'), { type: 'separator' }, { role: isMac ? 'close' : 'quit' }],
    },
    { label: '&Edit', submenu: [...itemsOf('edit'), ...textEditing] },
    { label: '&View', submenu: [...itemsOf('view'), ...zoom] },
    { label: '&Go', submenu: itemsOf('go') },
    { role: 'windowMenu' },
    { label: '&Help', submenu: itemsOf('help') },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
