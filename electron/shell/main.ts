import { join } from 'node:path';
import { app, BrowserWindow, safeStorage } from 'electron';
import { readAssets } from '../adapters/assets/read-assets.ts';
import { appFolderOf } from '../adapters/files/app-folder.ts';
import { packageRoot } from '../adapters/files/package-root.ts';
import { createNodePorts } from '../adapters/node-ports.ts';
import { type Core, createCore } from '../core/create-core.ts';
import type { Log, Ports } from '../core/ports.ts';
import { calledFrom, problemAssets, startProblem, workspaceArgument } from '../core/window-start.ts';
import { offerCorePort } from './core-port.ts';
import { createElectronDialogs } from './electron-dialogs.ts';
import { guardApp } from './guards.ts';
import { createMenu } from './menu.ts';
import { registerScheme, serveAssets } from './protocol.ts';
import { createSecureWindow } from './window.ts';

const silent: Log = { info() {}, warn() {}, error() {} };

async function openWorkspace(core: Core, argumentsList: readonly string[], log: Log): Promise<void> {
  const folder = workspaceArgument(argumentsList, calledFrom(process.env, process.cwd()));
  if (folder === null) return;
  try {
    await core.client.workspaces.open({ folder, recoveryPhrase: null });
  } catch (error) {
    log.error('the workspace named on the command line could not be opened', {
      folder,
      error: String(error),
    });
  }
}

/** Starts the core and serves the built window; when that fails, serves a window that says so. */
function startCore(): { core: Core; ports: Ports } | null {
  try {
    const ports = createNodePorts({ dialogs: createElectronDialogs(), safeStorage });
    const core = createCore(ports);
    serveAssets(readAssets(join(packageRoot(), 'out', 'renderer')));
    return { core, ports };
  } catch (error) {
    const { what, todo } = startProblem(error, appFolderOf());
    serveAssets(problemAssets(what, todo));
    return null;
  }
}

/** Quits only after the core has put its running tasks down in a way that the next start can go on with. */
function quitCleanly(core: Core): void {
  let isClosed = false;
  app.on('before-quit', (event) => {
    if (isClosed) return;
    event.preventDefault();
    void core.close().finally(() => {
      isClosed = true;
      app.quit();
    });
  });
}

function focusWindow(): void {
  const window = BrowserWindow.getAllWindows()[0];
  if (!window) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}

async function start(): Promise<void> {
  await app.whenReady();
  const started = startCore();
  const log = started?.ports.log ?? silent;
  guardApp(app, log);
  createMenu();
  if (started) {
    quitCleanly(started.core);
    offerCorePort(started.core, log);
    await openWorkspace(started.core, process.argv, log);
  }
  app.on('second-instance', (_event, argumentsList) => {
    focusWindow();
    if (started) void openWorkspace(started.core, argumentsList, log);
  });
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) createSecureWindow();
  });
  createSecureWindow();
}

app.enableSandbox();
app.setPath('userData', join(appFolderOf(), 'electron'));
// The window has no network at all; what may leave goes through the core's gate, which does not use Chromium's.
app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
app.setName('Lapidary');
registerScheme();
if (app.requestSingleInstanceLock()) {
  app.on('window-all-closed', () => app.quit());
  void start();
} else {
  app.quit();
}
