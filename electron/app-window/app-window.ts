import { join } from 'node:path';
import { readAssets } from '../adapters/assets/read-assets.ts';
import { appFolderOf } from '../adapters/files/app-folder.ts';
import { packageRoot } from '../adapters/files/package-root.ts';
import { createNodePorts } from '../adapters/node-ports.ts';
import { type Core, createCore } from '../core/create-core.ts';
import type { Log } from '../core/ports.ts';
import type { Assets } from '../core/window-rules.ts';
import { calledFrom, problemAssets, startProblem, workspaceArgument } from '../core/window-start.ts';
import { findBrowser } from './find-browser.ts';
import { openWindow } from './open-window.ts';

type Started = { core: Core | null; assets: Assets; log: Log };

const silent: Log = { info() {}, warn() {}, error() {} };

/** The core and the built window; when the core does not start, a window that says so. */
function startCore(): Started {
  try {
    const ports = createNodePorts();
    const assets = readAssets(join(packageRoot(), process.env.LAPIDARY_OUT ?? 'out', 'renderer'));
    return { core: createCore(ports), assets, log: ports.log };
  } catch (error) {
    const { what, todo } = startProblem(error, appFolderOf());
    return { core: null, assets: problemAssets(what, todo), log: silent };
  }
}

async function openWorkspace(core: Core, argumentsList: readonly string[]): Promise<void> {
  const folder = workspaceArgument(argumentsList, calledFrom(process.env, process.cwd()));
  if (folder === null) return;
  try {
    await core.client.workspaces.open({ folder, recoveryPhrase: null });
  } catch (error) {
    console.error(`${folder} could not be opened: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Resolves on the first of: the window is closed, the terminal says stop. */
function untilEnd(closed: Promise<void>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  return Promise.race([closed, promise]);
}

/** Opens the app window and stays until it is closed; answers the exit code. */
export async function runAppWindow(argumentsList: readonly string[]): Promise<number> {
  const browser = findBrowser();
  if (browser === null) {
    console.error(
      'No Chromium, Chrome or Edge was found. Install one, or set LAPIDARY_BROWSER to its program.',
    );
    return 1;
  }
  const { core, assets, log } = startCore();
  try {
    if (core) await openWorkspace(core, argumentsList);
    const window = await openWindow({
      browser,
      profileFolder: appFolderOf(),
      assets,
      log,
      isHeadless: argumentsList.includes('--headless'),
      connect: (port) => {
        log.info('the window is connected');
        core?.connect(port);
      },
    });
    await untilEnd(window.closed);
    await window.close();
    return 0;
  } finally {
    // Running tasks stop here in a way that the next start goes on with them.
    await core?.close();
  }
}
