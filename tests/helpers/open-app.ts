import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from '@playwright/test';
import type { Page } from 'playwright-core';
import { readAssets } from '../../electron/adapters/assets/read-assets.ts';
import { createMemorySecrets } from '../../electron/adapters/keychain/memory-secrets.ts';
import { createNodePorts } from '../../electron/adapters/node-ports.ts';
import { findBrowser } from '../../electron/app-window/find-browser.ts';
import { openWindow } from '../../electron/app-window/open-window.ts';
import { type Core, createCore } from '../../electron/core/create-core.ts';
import type { Dialogs, Ports } from '../../electron/core/ports.ts';
import { openElectronApp } from './electron-app.ts';
import { projectFolder } from './project.ts';
import { createMemoryLog } from './test-kit.ts';

export type OpenApp = {
  readonly page: Page;
  readonly core: Pick<Core, 'client'>;
  /** The app folder (LAPIDARY_HOME) of this run. */
  readonly home: string;
  /** URLs the window asked for and did not get. */
  readonly refused: string[];
  /** Errors on the page's console and uncaught ones. */
  readonly problems: string[];
  readonly log: string[];
  close(): Promise<void>;
};

export type OpenAppOptions = {
  /** An app folder of an earlier run, kept on close; a new temporary one otherwise. */
  home?: string;
  /** Ports in place of the real ones: a dialog that answers, a network that fails, a clock. */
  ports?: Partial<Ports>;
  size?: { width: number; height: number };
  colorScheme?: 'light' | 'dark';
};

const noDialogs: Dialogs = {
  openFile: () => Promise.resolve(null),
  openFolder: () => Promise.resolve(null),
  saveFile: () => Promise.resolve(null),
};

function watch(page: Page): string[] {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  return problems;
}

async function openInChromium(home: string, options: OpenAppOptions): Promise<Omit<OpenApp, 'home'>> {
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
  const core = createCore({ ...nodePorts, log, ...options.ports });
  const refused: string[] = [];
  const window = await openWindow({
    browser,
    profileFolder: home,
    assets: readAssets(built),
    log,
    isHeadless: true,
    connect: (port) => core.connect(port),
    onRefused: (url) => refused.push(url),
  });
  const closeAll = async (): Promise<void> => {
    await window.close();
    await core.close();
  };
  const { page } = window;
  return { page, core, refused, problems: watch(page), log: log.lines, close: closeAll };
}

async function openInElectron(home: string, options: OpenAppOptions): Promise<Omit<OpenApp, 'home'>> {
  test.skip(options.ports !== undefined, 'electron: this test brings ports of its own');
  const app = await openElectronApp(home);
  return { ...app, refused: [], problems: watch(app.page), log: [] };
}

/**
 * The whole app on a temporary folder: a real core and the real window, headless Chromium or (in Playwright's project
 * `electron`) Electron. Needs a build (`npm run build`).
 */
export async function openApp(options: OpenAppOptions = {}): Promise<OpenApp> {
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'lapidary-app-'));
  const open = test.info().project.name === 'electron' ? openInElectron : openInChromium;
  const app = await open(home, options);
  if (options.size) await app.page.setViewportSize(options.size);
  if (options.colorScheme) await app.page.emulateMedia({ colorScheme: options.colorScheme });
  return {
    ...app,
    home,
    async close() {
      await app.close();
      if (options.home === undefined) rmSync(home, { recursive: true, force: true });
    },
  };
}
