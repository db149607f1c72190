import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from '../../electron/app-window/find-browser.ts';
import { type AppWindow, openWindow, type WindowOptions } from '../../electron/app-window/open-window.ts';
import type { PagePort } from '../../electron/app-window/page-port.ts';
import type { Assets } from '../../electron/core/window-rules.ts';
import { createMemoryLog } from './test-kit.ts';

export type BareWindow = AppWindow & {
  /** One entry per document that spoke, in order, with what it sent and whether it is closed. */
  readonly connections: { port: PagePort; received: unknown[]; isClosed: boolean }[];
  readonly refused: string[];
  readonly log: string[];
  /** Opens a second window on the same profile, as a second start would. */
  openAgain(): Promise<AppWindow>;
};

/** An app window around a page of the test's own, without a core: for what the window itself promises; `serve` gets each port. */
export async function openBareWindow(
  html: string,
  script: string,
  serve: (port: PagePort) => void = () => {},
): Promise<BareWindow> {
  const browser = findBrowser();
  if (browser === null) throw new Error('No Chromium, Chrome or Edge here');
  const profileFolder = mkdtempSync(join(tmpdir(), 'lapidary-window-'));
  const assets: Assets = new Map([
    ['/index.html', { mediaType: 'text/html', body: Buffer.from(html) }],
    ['/page.js', { mediaType: 'text/javascript', body: Buffer.from(script) }],
  ]);
  const connections: BareWindow['connections'] = [];
  const refused: string[] = [];
  const log = createMemoryLog();
  const options: WindowOptions = {
    browser,
    profileFolder,
    assets,
    log,
    isHeadless: true,
    onRefused: (url) => refused.push(url),
    connect(port) {
      const connection = { port, received: [] as unknown[], isClosed: false };
      connections.push(connection);
      serve(port);
      port.on('message', (event) => connection.received.push(event?.data));
      port.on('close', () => {
        connection.isClosed = true;
      });
    },
  };
  const window = await openWindow(options);
  return {
    ...window,
    connections,
    refused,
    log: log.lines,
    openAgain: () => openWindow(options),
    async close() {
      await window.close();
      rmSync(profileFolder, { recursive: true, force: true });
    },
  };
}
