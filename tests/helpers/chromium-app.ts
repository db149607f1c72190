import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { readAssets } from '../../electron/adapters/assets/read-assets.ts';
import { createMemorySecrets } from '../../electron/adapters/keychain/memory-secrets.ts';
import { createNodePorts } from '../../electron/adapters/node-ports.ts';
import { findBrowser } from '../../electron/app-window/find-browser.ts';
import { type AppWindow, openWindow } from '../../electron/app-window/open-window.ts';
import { type Core, createCore } from '../../electron/core/create-core.ts';
import type { Dialogs, Ports } from '../../electron/core/ports.ts';
import { projectFolder } from './project.ts';
import { createMemoryLog } from './test-kit.ts';

/** The app in headless Chromium, with all that a test can look at. */
export type ChromiumApp = {
  readonly page: Page;
  readonly core: Pick<Core, 'client'>;
  /** URLs the window asked for and did not get. */
  readonly refused: string[];
  /** Errors on the page's console and uncaught ones. */
  readonly problems: string[];
  readonly log: string[];
  /** Opens a second window of the same core, with a profile of its own. */
  openAnother(): Promise<Page>;
  close(): Promise<void>;
};

const noDialogs: Dialogs = {
  openFile: () => Promise.resolve(null),
  openFolder: () => Promise.resolve(null),
  saveFile: () => Promise.resolve(null),
};

/** The errors of a page from now on. */
export function watch(page: Page): string[] {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  return problems;
}

/** The whole app on the app folder `home`: a real core and the real window; needs a build and no test runner. */
export async function openInChromium(home: string, ports: Partial<Ports> = {}): Promise<ChromiumApp> {
  const built = join(projectFolder, process.env.LAPIDARY_OUT ?? 'out', 'renderer');
  if (!existsSync(built)) throw new Error('The window is not built yet; run: npm run build');
  const browser = findBrowser();
  if (browser === null) throw new Error('No Chromium, Chrome or Edge here; run: npm test');
  const log = createMemoryLog();
  const nodePorts = createNodePorts({
    appFolder: home,
    dialogs: noDialogs,
    secrets: createMemorySecrets('A test keeps keys in memory.'),
  });
  const core = createCore({ ...nodePorts, log, ...ports });
  const refused: string[] = [];
  const assets = readAssets(built);
  const open = (profileFolder: string): Promise<AppWindow> =>
    openWindow({
      browser,
      profileFolder,
      assets,
      log,
      isHeadless: true,
      connect: (port) => core.connect(port),
      onRefused: (url) => refused.push(url),
    });
  const window = await open(home);
  const others: AppWindow[] = [];
  const closeAll = async (): Promise<void> => {
    for (const one of [window, ...others]) await one.close();
    await core.close();
  };
  const openAnother = async (): Promise<Page> => {
    const another = await open(join(home, `window-${others.length + 2}`));
    others.push(another);
    return another.page;
  };
  const { page } = window;
  return { page, core, refused, problems: watch(page), log: log.lines, openAnother, close: closeAll };
}
