import { createORPCClient } from '@orpc/client';
import { RPCLink, type SupportedMessagePort } from '@orpc/client/message-port';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { electronProgram } from '../../electron/setup/electron-runtime.mjs';
import type { Core } from '../../electron/core/create-core.ts';
import { projectFolder } from './project.ts';

export type ElectronApp = { page: Page; core: Pick<Core, 'client'>; close(): Promise<void> };

/** Inside Electron's main process: one more port to the core, asked for as the window asks. */
function openBridge({ BrowserWindow, ipcMain }: typeof import('electron')) {
  const contents = BrowserWindow.getAllWindows()[0]?.webContents;
  if (!contents) throw new Error('there is no window');
  const inbox: string[] = [];
  let wake = (): void => {};
  let post = (_text: string): void => {};
  const real = contents.postMessage.bind(contents);
  contents.postMessage = (_channel, _message, ports) => {
    const port = ports?.[0];
    port?.on('message', ({ data }) => {
      inbox.push(String(data));
      wake();
    });
    port?.start();
    post = (text) => port?.postMessage(text);
  };
  ipcMain.emit('lapidary:connect', { sender: contents, senderFrame: contents.mainFrame });
  contents.postMessage = real;
  const take = async (): Promise<string[]> => {
    if (inbox.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return inbox.splice(0);
  };
  return { post: (text: string) => post(text), take };
}

/** A client of the core inside the Electron process, over Playwright's own connection to it. */
async function connectCore(app: ElectronApplication): Promise<Pick<Core, 'client'>> {
  const bridge = await app.evaluateHandle(openBridge);
  const listeners: ((event: { data: unknown }) => void)[] = [];
  const port = {
    addEventListener(type: string, listener: (event: { data: unknown }) => void) {
      if (type === 'message') listeners.push(listener);
    },
    postMessage(text: string) {
      bridge.evaluate((end, message) => end.post(message), text).catch(() => {});
    },
  };
  const receive = async (): Promise<void> => {
    for (;;) {
      const texts = await bridge.evaluate((end) => end.take());
      for (const data of texts) for (const listener of listeners) listener({ data });
    }
  };
  // Ends when Electron does.
  receive().catch(() => {});
  const client = createORPCClient(new RPCLink({ port: port as unknown as SupportedMessagePort }));
  return { client: client as unknown as Core['client'] };
}

/** The whole app in Electron, on the app folder `home`; throws when the runtime is not installed. */
export async function openElectronApp(home: string): Promise<ElectronApp> {
  const executablePath = electronProgram();
  if (executablePath === null)
    throw new Error("Electron's runtime is not installed; run: npm run electron:fetch");
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({
    executablePath,
    args: [...root, projectFolder],
    env: { ...(process.env as Record<string, string>), LAPIDARY_HOME: home, LAPIDARY_SECRETS: 'memory' },
  });
  const page = await app.firstWindow();
  return { page, core: await connectCore(app), close: () => app.close() };
}
