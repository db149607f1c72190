import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from '@playwright/test';
import type { Page } from 'playwright-core';
import type { Ports } from '../../electron/core/ports.ts';
import { type ChromiumApp, openInChromium, watch } from './chromium-app.ts';
import { openElectronApp } from './electron-app.ts';

export type OpenApp = ChromiumApp & {
  /** The app folder (LAPIDARY_HOME) of this run. */
  readonly home: string;
};

export type OpenAppOptions = {
  /** An app folder of an earlier run, kept on close; a new temporary one otherwise. */
  home?: string;
  /** Ports in place of the real ones: a dialog that answers, a network that fails, a clock. */
  ports?: Partial<Ports>;
  size?: { width: number; height: number };
  colorScheme?: 'light' | 'dark';
};

async function openInElectron(home: string, options: OpenAppOptions): Promise<ChromiumApp> {
  test.skip(options.ports !== undefined, 'electron: this test brings ports of its own');
  const app = await openElectronApp(home);
  const openAnother = async (): Promise<Page> => {
    test.skip(true, 'electron: two windows of one core are tested in the app window');
    return app.page;
  };
  return { ...app, refused: [], problems: watch(app.page), log: [], openAnother };
}

/**
 * The whole app on a temporary folder: a real core and the real window, headless Chromium or (in Playwright's project
 * `electron`) Electron. Needs a build (`npm run build`).
 */
export async function openApp(options: OpenAppOptions = {}): Promise<OpenApp> {
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'lapidary-app-'));
  const app =
    test.info().project.name === 'electron'
      ? await openInElectron(home, options)
      : await openInChromium(home, options.ports);
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
