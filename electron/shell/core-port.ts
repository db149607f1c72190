import { BrowserWindow, type IpcMainEvent, ipcMain, MessageChannelMain } from 'electron';
import type { Core } from '../core/create-core.ts';
import type { Log } from '../core/ports.ts';
import { electronOrigin, isTrustedSender } from '../core/window-rules.ts';

/** Whether the message comes from the top frame of a window of ours, alive, on our own origin. */
function isFromOwnPage(event: IpcMainEvent): boolean {
  const frame = event.senderFrame;
  if (frame === null || frame.detached || event.sender.isDestroyed()) return false;
  const sender = {
    url: frame.url,
    isMainFrame: frame.parent === null && frame === event.sender.mainFrame,
    isOwnWindow: BrowserWindow.fromWebContents(event.sender) !== null,
  };
  return isTrustedSender(sender, electronOrigin);
}

/** Gives each document of the window a message port to the core when it asks for one; strangers get nothing. */
export function offerCorePort(core: Core, log: Log): void {
  ipcMain.on('lapidary:connect', (event) => {
    if (!isFromOwnPage(event)) {
      log.warn('a stranger asked for the core', { url: event.senderFrame?.url ?? '' });
      return;
    }
    const { port1, port2 } = new MessageChannelMain();
    core.connect(port1);
    port1.start();
    event.sender.postMessage('lapidary:port', null, [port2]);
  });
}
