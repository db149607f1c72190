/** The origin of the app window; `.invalid` is reserved (RFC 2606), so no network can ever answer for it. */
export const appWindowOrigin = 'https://lapidary.invalid';

/** The origin of the Electron window. */
export const electronOrigin = 'app://bundle';

/**
 * The production content security policy of every window: own files only, no inline script, no eval, no frames. Style
 * elements may be inline, because the grid, the charts and the toasts write theirs; with no network and no HTML made
 * from data, a style can carry nothing out.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "frame-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types default',
].join('; ');

/** Headers of every answer a window gets, also of refusals. */
export const securityHeaders = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
} as const;

const mediaTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  wasm: 'application/wasm',
};

/** The media type of a built file by its ending; null for an ending the window never loads. */
export function mediaTypeOf(path: string): string | null {
  return mediaTypes[path.slice(path.lastIndexOf('.') + 1)] ?? null;
}

/** Built files by their exact path (`/index.html`, `/assets/app-1a2b.js`). */
export type Assets = ReadonlyMap<string, { readonly mediaType: string; readonly body: Buffer }>;

export type AssetAnswer = {
  readonly status: 200 | 404;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

/** Answers a request of a window from the manifest: exact paths only, so there is no path to walk out of. */
export function answerRequest(
  assets: Assets,
  request: { url: string; method: string; origin: string },
): AssetAnswer {
  const url = request.method === 'GET' ? appUrl(request.url, request.origin) : null;
  const path = url && isStart(url) ? '/index.html' : url?.pathname;
  const asset = path === undefined ? undefined : assets.get(path);
  if (!asset) {
    const headers = { ...securityHeaders, 'Content-Type': 'text/plain; charset=utf-8' };
    return { status: 404, headers, body: Buffer.from('There is no such file.') };
  }
  return { status: 200, headers: { ...securityHeaders, 'Content-Type': asset.mediaType }, body: asset.body };
}

/** The parsed URL when it belongs to the app's own origin, with no user name, password or port in it; null otherwise. */
export function appUrl(text: string, origin: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const own = new URL(origin);
  const isOwn = url.protocol === own.protocol && url.host === own.host;
  return isOwn && url.username === '' && url.password === '' ? url : null;
}

/** True for the app's start page; a scheme of our own leaves the path empty where a web address has a slash. */
function isStart(url: URL): boolean {
  return url.pathname === '' || url.pathname === '/' || url.pathname === '/index.html';
}

/** True when the window may go there: its own start page (the app's routes live behind `#`) and nothing else. */
export function mayNavigate(text: string, origin: string): boolean {
  const url = appUrl(text, origin);
  return url !== null && isStart(url) && url.search === '';
}

/** True when the window may load this: a file of the app, or bytes that are already in it. */
export function mayLoad(text: string, origin: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol } = new URL(text);
  return protocol === 'data:' || protocol === `blob:` || appUrl(text, origin) !== null;
}

/** True for the one permission the window has: to put text on the clipboard, asked for by our own page. */
export function isPermissionAllowed(permission: string, requestingUrl: string, origin: string): boolean {
  return permission === 'clipboard-sanitized-write' && appUrl(requestingUrl, origin) !== null;
}

/** Who sent a message: the page's address and whether it is the top frame of a window that is ours and alive. */
export type Sender = { readonly url: string; readonly isMainFrame: boolean; readonly isOwnWindow: boolean };

/** True when a message may be acted on. An empty address and `about:blank` are refused like any other stranger. */
export function isTrustedSender(sender: Sender, origin: string): boolean {
  return sender.isOwnWindow && sender.isMainFrame && appUrl(sender.url, origin) !== null;
}
