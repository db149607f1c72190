import { hostileUrls } from '../fixtures/hostile-urls.ts';
import { BrowserWindow, given, ipcMain, record } from './electron-stand-in.ts';

export type Fired = { url: string; isPrevented: boolean };

type Emitter = { emit(event: string, ...rest: unknown[]): boolean };

/** Emits an event about `url` that can be prevented, as Electron does; says whether it was. */
export function fire(emitter: Emitter, event: string, url: string): Fired {
  let isPrevented = false;
  const preventDefault = (): void => {
    isPrevented = true;
  };
  emitter.emit(event, { url, preventDefault });
  return { url, isPrevented };
}

function ownContents() {
  const contents = BrowserWindow.getAllWindows()[0]?.webContents;
  if (!contents) throw new Error('no window was made');
  return contents;
}

/** Asks the protocol handler for `url`. */
export async function fetchFrom(url: string, method = 'GET') {
  const answer = await given.protocol.get('app')?.(new Request(url, { method }));
  const headers = Object.fromEntries(answer?.headers ?? []);
  return { url, status: answer?.status, headers, body: await answer?.text() };
}

/** Tries to lead the window away, in every way there is. */
export function probeNavigation() {
  const contents = ownContents();
  const events = ['will-navigate', 'will-frame-navigate', 'will-redirect'];
  return {
    hostile: hostileUrls.flatMap((url) => events.map((event) => fire(contents, event, url))),
    own: events.map((event) => fire(contents, event, 'app://bundle/#/jobs')),
    webview: fire(contents, 'will-attach-webview', ''),
    opened: [...hostileUrls, 'app://bundle/'].map((url) => contents.openHandler?.({ url }).action),
  };
}

/** Asks for every permission, as the own page, as a frame in it and as a stranger; answers the granted ones. */
export function probePermissions(names: readonly string[]) {
  const contents = ownContents() as never;
  const details = (requestingUrl: string, isMainFrame: boolean) => ({ requestingUrl, isMainFrame }) as never;
  const isGranted = (name: string, url: string, isMainFrame: boolean): boolean => {
    let answer = true;
    const decide = (granted: boolean): void => {
      answer = granted;
    };
    given.permissionRequest?.(contents, name as never, decide, details(url, isMainFrame));
    return answer;
  };
  const isChecked = (name: string, url: string): boolean | undefined =>
    given.permissionCheck?.(contents, name as never, url, details(url, true));
  return {
    asked: names.filter((name) => isGranted(name, 'app://bundle/', true)),
    askedByFrame: names.filter((name) => isGranted(name, 'app://bundle/', false)),
    askedByStranger: names.filter((name) => isGranted(name, 'https://evil.example/', true)),
    checked: names.filter((name) => isChecked(name, 'app://bundle')),
    checkedByStranger: names.filter((name) => isChecked(name, 'https://evil.example')),
    device: given.device?.({ deviceType: 'usb' } as never),
  };
}

/** Which requests of the page are cancelled. */
export function probeRequests(): Record<string, boolean | undefined> {
  const outside = [
    'https://example.com/',
    'http://127.0.0.1/',
    'ws://x/',
    'file:///etc/passwd',
    'devtools://x/',
  ];
  const cancelled: Record<string, boolean | undefined> = {};
  for (const url of [...outside, 'app://bundle/a.js']) {
    given.beforeRequest?.({ url }, (answer) => {
      cancelled[url] = answer.cancel;
    });
  }
  return cancelled;
}

/** How many ports each sender got when it asked for the core. */
export function probeSenders(): Record<string, number> {
  const own = ownContents();
  const frame = own.mainFrame;
  const stranger = { mainFrame: frame, isDestroyed: () => false, postMessage: own.postMessage.bind(own) };
  const counts: Record<string, number> = {};
  const send = (name: string, event: unknown): void => {
    const before = record.posted.length;
    ipcMain.emit('lapidary:connect', event);
    counts[name] = record.posted.length - before;
  };
  send('own page', { sender: own, senderFrame: frame });
  send('frame inside', { sender: own, senderFrame: { ...frame, parent: frame } });
  send('other window', { sender: stranger, senderFrame: frame });
  send('no frame', { sender: own, senderFrame: null });
  frame.detached = true;
  send('detached frame', { sender: own, senderFrame: frame });
  frame.detached = false;
  for (const url of hostileUrls) {
    frame.url = url;
    send(`hostile ${url}`, { sender: own, senderFrame: frame });
  }
  return counts;
}
