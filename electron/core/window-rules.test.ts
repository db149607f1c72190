import { describe, expect, it } from 'vitest';
import { hostileUrls } from '../../tests/fixtures/hostile-urls.ts';
import {
  type Assets,
  answerRequest,
  appUrl,
  appWindowOrigin,
  contentSecurityPolicy,
  electronOrigin,
  isPermissionAllowed,
  isTrustedSender,
  mayLoad,
  mayNavigate,
} from './window-rules.ts';

const origins = [appWindowOrigin, electronOrigin];

describe('where the window may go', () => {
  it.each(hostileUrls)('not to %j', (url) => {
    for (const origin of origins) {
      expect(mayNavigate(url, origin)).toBe(false);
      expect(appUrl(url, origin)).toBe(null);
      expect(isTrustedSender({ url, isMainFrame: true, isOwnWindow: true }, origin)).toBe(false);
      expect(isPermissionAllowed('clipboard-sanitized-write', url, origin)).toBe(false);
    }
  });

  it.each(origins)('to its own start page at %s, also with a route behind the hash', (origin) => {
    expect(mayNavigate(origin, origin)).toBe(true);
    expect(mayNavigate(`${origin}/`, origin)).toBe(true);
    expect(mayNavigate(`${origin}/index.html#/datasets/1`, origin)).toBe(true);
    expect(mayNavigate(`${origin}/?x=1`, origin)).toBe(false);
    expect(mayNavigate(`${origin}/assets/a.svg`, origin)).toBe(false);
  });

  it('loads its own files and bytes it already has, nothing else', () => {
    expect(mayLoad('app://bundle/assets/a.js', electronOrigin)).toBe(true);
    expect(mayLoad('data:image/png;base64,AA==', electronOrigin)).toBe(true);
    expect(mayLoad('blob:app://bundle/1', electronOrigin)).toBe(true);
    for (const url of ['https://example.com/', 'file:///etc/passwd', 'ws://bundle/', 'nonsense']) {
      expect(mayLoad(url, electronOrigin)).toBe(false);
    }
  });
});

describe('who may speak', () => {
  const own = { url: 'app://bundle/index.html#/jobs', isMainFrame: true, isOwnWindow: true };
  it('the main frame of our own window on our own origin', () => {
    expect(isTrustedSender(own, electronOrigin)).toBe(true);
  });
  it.each([
    ['a frame inside', { ...own, isMainFrame: false }],
    ['a window that is not ours', { ...own, isOwnWindow: false }],
    ['the other origin', { ...own, url: `${appWindowOrigin}/` }],
  ])('not %s', (_who, sender) => {
    expect(isTrustedSender(sender, electronOrigin)).toBe(false);
  });
});

describe('answers', () => {
  const assets: Assets = new Map([
    ['/index.html', { mediaType: 'text/html; charset=utf-8', body: Buffer.from('start') }],
    ['/assets/a.js', { mediaType: 'text/javascript; charset=utf-8', body: Buffer.from('code') }],
  ]);
  const ask = (path: string, method = 'GET') =>
    answerRequest(assets, { url: `${appWindowOrigin}${path}`, method, origin: appWindowOrigin });

  it.each([
    ['/', 'start'],
    ['/index.html', 'start'],
    ['/assets/a.js', 'code'],
  ])('%s from the manifest', (path, body) => {
    expect(ask(path)).toMatchObject({ status: 200, body: Buffer.from(body) });
  });

  it.each([
    '/assets/../../package.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/package.json',
    '/assets/a.js/',
    '/assets/A.js',
    '/assets',
    '//assets/a.js',
    '/assets\\a.js%00',
    '/__proto__',
    '/constructor',
  ])('nothing for %s', (path) => {
    expect(ask(path).status).toBe(404);
  });

  it('only reads', () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])
      expect(ask('/', method).status).toBe(404);
  });

  it('carry the security headers, refusals too', () => {
    for (const path of ['/', '/nothing']) {
      expect(ask(path).headers).toMatchObject({
        'Content-Security-Policy': contentSecurityPolicy,
        'X-Content-Type-Options': 'nosniff',
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Referrer-Policy': 'no-referrer',
      });
    }
  });

  it('allow no inline script and no eval', () => {
    const scripts = contentSecurityPolicy.split('; ').find((part) => part.startsWith('script-src'));
    expect(scripts).toBe("script-src 'self'");
    expect(contentSecurityPolicy).toContain("default-src 'none'");
  });
});
