import { join } from 'node:path';
import { type BrowserContext, chromium, type Page, type Request, type Route } from 'playwright-core';
import type { Log } from '../core/ports.ts';
import { type Assets, answerRequest, appWindowOrigin, mayNavigate } from '../core/window-rules.ts';
import { browserArguments, unwantedArguments } from './browser-options.ts';
import { joinPage, type PagePort } from './page-port.ts';

export type WindowOptions = {
  /** Path of Chromium, Chrome or Edge. */
  browser: string;
  /** Folder for the window's profile: sizes and zoom, never the user's own browser data. */
  profileFolder: string;
  assets: Assets;
  log: Log;
  isHeadless: boolean;
  /** Called once per document of the page with its connection. */
  connect: (port: PagePort) => void;
  /** Called with every request that was refused. */
  onRefused?: (url: string) => void;
};

export type AppWindow = {
  readonly page: Page;
  /** Resolves when the user closed the window or the browser ended. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
};

type Gate = { page: Page; assets: Assets; refuse(url: string): void; endDocument(): void };

/** True when the window's own page asks; a popup asks before its frame exists, and then Playwright throws. */
function isAskedByPage(request: Request, page: Page): boolean {
  try {
    return request.frame() === page.mainFrame();
  } catch {
    return false;
  }
}

async function answer(route: Route, gate: Gate): Promise<void> {
  const request = route.request();
  const isNewDocument = request.isNavigationRequest();
  const isAllowed =
    isAskedByPage(request, gate.page) && (!isNewDocument || mayNavigate(request.url(), appWindowOrigin));
  const found = answerRequest(gate.assets, {
    url: request.url(),
    method: request.method(),
    origin: appWindowOrigin,
  });
  if (!isAllowed || found.status === 404) {
    gate.refuse(request.url());
    // A navigation ends as if it had never begun; any other code would put the browser's error page into the window.
    return route.abort(isNewDocument ? 'aborted' : 'blockedbyclient');
  }
  if (isNewDocument) gate.endDocument();
  return route.fulfill({ status: found.status, headers: { ...found.headers }, body: found.body });
}

/** Closes all that is not the window's one page: popups, and the window a second start would have opened. */
function keepOnePage(context: BrowserContext, page: Page): void {
  context.on('page', (other) => {
    if (other === page) return;
    other.close().catch(() => {});
    page.bringToFront().catch(() => {});
  });
}

async function guard(context: BrowserContext, page: Page, options: WindowOptions): Promise<void> {
  const pipe = await joinPage(page, { origin: appWindowOrigin, log: options.log, connect: options.connect });
  const gate: Gate = {
    page,
    assets: options.assets,
    endDocument: () => pipe.endDocument(),
    refuse(url) {
      options.log.warn('a request of the window was refused', { url: url.slice(0, 200) });
      options.onRefused?.(url);
    },
  };
  await context.route(
    () => true,
    (route) => answer(route, gate),
  );
  await context.routeWebSocket(
    () => true,
    (socket) => {
      gate.refuse(socket.url());
      void socket.close();
    },
  );
  await context.clearPermissions();
  keepOnePage(context, page);
}

/** Says in one sentence why the browser did not start; Playwright's own text is its whole log. */
function launchError(error: unknown, browser: string): Error {
  const text = error instanceof Error ? error.message : String(error);
  if (/existing browser session|already in use/.test(text)) {
    return new Error('Lapidary is already open; its window was brought to the front.');
  }
  if (/No usable sandbox/.test(text)) {
    return new Error(
      `${browser} finds no sandbox here. Install its sandbox (Debian: chromium-sandbox) or set LAPIDARY_BROWSER.`,
    );
  }
  const reason = text.split('\n')[0] ?? '';
  return new Error(`The window could not be opened with ${browser}: ${reason}`, { cause: error });
}

async function launch(options: WindowOptions): Promise<BrowserContext> {
  const isRoot = process.getuid?.() === 0;
  try {
    return await chromium.launchPersistentContext(join(options.profileFolder, 'window-profile'), {
      executablePath: options.browser,
      headless: options.isHeadless,
      chromiumSandbox: !isRoot,
      args: browserArguments({ isHeadless: options.isHeadless, isRoot }),
      ignoreDefaultArgs: unwantedArguments,
      viewport: options.isHeadless ? { width: 1280, height: 800 } : null,
      acceptDownloads: false,
      serviceWorkers: 'block',
      permissions: [],
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
  } catch (error) {
    throw launchError(error, options.browser);
  }
}

/** Opens the app in a browser window of its own over a pipe; throws when the browser does not start. */
export async function openWindow(options: WindowOptions): Promise<AppWindow> {
  const context = await launch(options);
  const page = context.pages()[0] ?? (await context.newPage());
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  page.on('close', () => resolve());
  context.on('close', () => resolve());
  await guard(context, page, options);
  await page.goto(`${appWindowOrigin}/`, { waitUntil: 'commit' });
  return {
    page,
    closed,
    async close() {
      // A browser that ended first refuses to close; it is gone all the same.
      await context.close().catch(() => {});
      await closed;
    },
  };
}
