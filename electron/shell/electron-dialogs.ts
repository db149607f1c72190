import { BrowserWindow, dialog } from 'electron';
import type { DialogOptions, Dialogs } from '../core/ports.ts';

function filtersFor({ title, extensions }: DialogOptions) {
  return extensions.length === 0 ? [] : [{ name: title, extensions: [...extensions] }];
}

/** The core's dialogs through Electron, above the app's window. */
export function createElectronDialogs(): Dialogs {
  const parent = (): BrowserWindow => {
    const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
    if (!window) throw new Error('there is no window to ask in');
    return window;
  };
  const first = (answer: { canceled: boolean; filePaths: string[] }): string | null =>
    answer.canceled ? null : (answer.filePaths[0] ?? null);
  return {
    async openFile(options) {
      const { title } = options;
      const filters = filtersFor(options);
      return first(await dialog.showOpenDialog(parent(), { title, filters, properties: ['openFile'] }));
    },
    async openFolder({ title }) {
      const properties: ('openDirectory' | 'createDirectory')[] = ['openDirectory', 'createDirectory'];
      return first(await dialog.showOpenDialog(parent(), { title, properties }));
    },
    async saveFile(options) {
      const answer = await dialog.showSaveDialog(parent(), {
        title: options.title,
        defaultPath: options.suggestedName,
        filters: filtersFor(options),
      });
      return answer.canceled || !answer.filePath ? null : answer.filePath;
    },
  };
}
