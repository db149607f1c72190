import { join } from 'node:path';
import { app, BrowserWindow, type BrowserWindowConstructorOptions, nativeTheme } from 'electron';
import { electronOrigin } from '../core/window-rules.ts';

/** What every window of the app is made with; stated in full, so that no default has to be trusted. */
function secureOptions(): BrowserWindowConstructorOptions {
  return {
    title: 'Lapidary',
    width: 1280,
    height: 800,
    minWidth: 900,
    minHeight: 600,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16181d' : '#f8f9fb',
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  };
}

/** The single place where a window is made. */
export function createSecureWindow(): BrowserWindow {
  const window = new BrowserWindow(secureOptions());
  window.once('ready-to-show', () => window.show());
  void window.loadURL(`${electronOrigin}/`);
  return window;
}
