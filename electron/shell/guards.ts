import { type App, app, type Session, session, type WebContents } from 'electron';
import type { Log } from '../core/ports.ts';
import { electronOrigin, isPermissionAllowed, mayLoad, mayNavigate } from '../core/window-rules.ts';

type Navigation = { url: string; preventDefault(): void };

function guardContents(contents: WebContents, log: Log): void {
  const stayHome = (event: Navigation): void => {
    if (mayNavigate(event.url, electronOrigin)) return;
    event.preventDefault();
    log.warn('a navigation was refused', { url: event.url.slice(0, 200) });
  };
  contents.on('will-navigate', stayHome);
  contents.on('will-frame-navigate', stayHome);
  contents.on('will-redirect', stayHome);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    log.warn('a new window was refused', { url: url.slice(0, 200) });
    return { action: 'deny' };
  });
}

function guardSession(own: Session, log: Log): void {
  own.setPermissionRequestHandler((...[, permission, decide, details]) =>
    decide(details.isMainFrame && isPermissionAllowed(permission, details.requestingUrl, electronOrigin)),
  );
  own.setPermissionCheckHandler(
    (...[, permission, requestingOrigin, details]) =>
      details.isMainFrame && isPermissionAllowed(permission, requestingOrigin, electronOrigin),
  );
  own.setDevicePermissionHandler(() => false);
  own.setDisplayMediaRequestHandler((_request, decide) => decide({}));
  own.on('will-download', (event) => event.preventDefault());
  own.webRequest.onBeforeRequest(({ url }, decide) => {
    const isAllowed = mayLoad(url, electronOrigin) || (!app.isPackaged && url.startsWith('devtools://'));
    if (!isAllowed) log.warn('a request of the window was refused', { url: url.slice(0, 200) });
    decide({ cancel: !isAllowed });
  });
}

/** Refuses, for every page there is or will be: leaving, new windows, webviews, permissions, downloads, the network. */
export function guardApp(own: App, log: Log): void {
  own.on('web-contents-created', (_event, contents) => guardContents(contents, log));
  guardSession(session.defaultSession, log);
}
