import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { contentSecurityPolicy } from '../../electron/core/window-rules.ts';
import { type BareWindow, openBareWindow } from '../helpers/bare-window.ts';

const html = `<!doctype html><html lang="en"><head><title>Lapidary</title><script type="module" src="/page.js"></script></head>
<body><h1>Page</h1><a href="https://example.com/away">away</a><a href="/page.js" download="x.js">save</a></body></html>`;
const script = `
globalThis.got = [];
globalThis.lapidaryPipe.onMessage((message) => globalThis.got.push(typeof message === 'string' ? message : [...message]));
globalThis.lapidaryPipe.send('hello');`;

let app: BareWindow;

test.beforeEach(async () => {
  app = await openBareWindow(html, script);
  await expect.poll(() => app.connections[0]?.received).toEqual(['hello']);
});
test.afterEach(() => app.close());

const got = (): Promise<unknown> => app.page.evaluate('globalThis.got');

test('text and bytes cross both ways, in order', async () => {
  await app.page.evaluate(`for (let n = 0; n < 500; n++) globalThis.lapidaryPipe.send('n' + n);
    globalThis.lapidaryPipe.send(new Uint8Array([0, 255, 128, 10]))`);
  const expected = [
    'hello',
    ...Array.from({ length: 500 }, (_, n) => `n${n}`),
    new Uint8Array([0, 255, 128, 10]),
  ];
  await expect.poll(() => app.connections[0]?.received.length).toBe(502);
  expect(app.connections[0]?.received).toEqual(expected);

  for (let n = 0; n < 500; n++) app.connections[0]?.port.postMessage(`m${n}`);
  app.connections[0]?.port.postMessage(new Uint8Array([1, 2, 3]));
  await expect.poll(async () => ((await got()) as unknown[]).length).toBe(501);
  expect(await got()).toEqual([...Array.from({ length: 500 }, (_, n) => `m${n}`), [1, 2, 3]]);
});

test('a reload ends the old connection, and nothing of it reaches the new document', async () => {
  await app.page.reload();
  await expect.poll(() => app.connections.length).toBe(2);
  expect(app.connections.map(({ isClosed }) => isClosed)).toEqual([true, false]);
  app.connections[0]?.port.postMessage('from the old one');
  app.connections[1]?.port.postMessage('from the new one');
  await expect.poll(got).toEqual(['from the new one']);
});

test('closing the window ends the connection', async () => {
  await app.page.close();
  await app.closed;
  expect(app.connections[0]?.isClosed).toBe(true);
});

test('the page is a secure context under the production policy', async () => {
  const policy = await app.page.evaluate(async () =>
    (await fetch('/page.js')).headers.get('content-security-policy'),
  );
  expect(policy).toBe(contentSecurityPolicy);
  expect(await app.page.evaluate('isSecureContext && crossOriginIsolated === false')).toBe(true);
  const hasRun = await app.page.evaluate(() => {
    const element = document.createElement('script');
    try {
      element.textContent = 'globalThis.injected = true';
      document.head.append(element);
    } catch {
      // Trusted Types refuse the text before the policy refuses the script.
    }
    return 'injected' in globalThis;
  });
  expect(hasRun).toBe(false);
});

test('no request leaves: navigation, popups, frames, sockets, workers, downloads, fetches', async () => {
  await app.page.evaluate(() => {
    const anchor = document.querySelector('a');
    anchor?.click();
    window.open('https://example.com/popup');
    location.href = 'http://example.com/location';
    const frame = document.createElement('iframe');
    frame.src = 'https://example.com/frame';
    document.body.append(frame);
    fetch('https://example.com/fetch').catch(() => {});
    fetch('/no-such-file').catch(() => {});
    navigator.sendBeacon('https://example.com/beacon');
    try {
      new WebSocket('wss://example.com/socket').onerror = () => {};
    } catch {
      // Refused by the policy before it is a request.
    }
    document.querySelectorAll('a')[1]?.click();
  });
  await expect.poll(() => app.refused.some((url) => url.endsWith('/no-such-file'))).toBe(true);
  await expect.poll(() => app.page.context().pages().length).toBe(1);
  expect(app.page.url()).toBe('https://lapidary.invalid/');
  await expect(app.page.locator('h1')).toHaveText('Page');
  const workers = await app.page.evaluate(async () => {
    await navigator.serviceWorker.register('/page.js').catch(() => {});
    return (await navigator.serviceWorker.getRegistrations()).length;
  });
  expect(workers).toBe(0);
});

test('a frame and a stranger cannot speak to the core', async () => {
  const before = app.connections.length;
  await app.page.evaluate(
    `lapidarySend('own-id', 42); lapidarySend(7, 't7'); lapidarySend('own-id', 'xnothing');`,
  );
  await expect.poll(() => app.log.filter((line) => line.includes('does not fit')).length).toBe(2);
  expect(app.connections.length).toBe(before);
});

test('permissions are refused', async () => {
  const states = await app.page.evaluate(() =>
    Promise.all(
      ['geolocation', 'notifications', 'camera', 'microphone'].map(
        async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state,
      ),
    ),
  );
  expect(states).not.toContain('granted');
});

/** Process ids of this process's children, grandchildren and so on. */
function descendants(root: number): number[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const pairs = lines.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const found = [root];
  for (const pid of found)
    found.push(...pairs.filter(([, parent]) => parent === pid).map(([child]) => child));
  return found;
}

function socketsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      const target = readlinkSync(`/proc/${pid}/fd/${fd}`);
      return /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? [];
    });
  } catch {
    return [];
  }
}

test('nothing listens on a port', async () => {
  test.skip(process.platform !== 'linux', 'reads /proc, which only Linux has');
  const own = new Set(descendants(process.pid).flatMap(socketsOf));
  const tables = ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((name) =>
    readFileSync(`/proc/net/${name}`, 'utf8').split('\n').slice(1),
  );
  const inodes = tables
    .map((line) => line.trim().split(/\s+/)[9])
    .filter((inode) => inode !== undefined && own.has(inode));
  expect(own.size).toBeGreaterThan(0);
  expect(inodes).toEqual([]);
});

test('a second window on the same profile says that the first is open', async () => {
  await expect(app.openAgain()).rejects.toThrow(
    'Lapidary is already open; its window was brought to the front.',
  );
  await expect.poll(() => app.page.context().pages().length).toBe(1);
});
