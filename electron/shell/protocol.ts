import { protocol } from 'electron';
import { type Assets, answerRequest, electronOrigin } from '../core/window-rules.ts';

const scheme = new URL(electronOrigin).protocol.slice(0, -1);

/** Makes `app:` a scheme with an origin of its own; must be called before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Answers every request under `app://bundle` from the built files in memory. */
export function serveAssets(assets: Assets): void {
  protocol.handle(scheme, (request) => {
    const answer = answerRequest(assets, {
      url: request.url,
      method: request.method,
      origin: electronOrigin,
    });
    return new Response(new Uint8Array(answer.body), { status: answer.status, headers: answer.headers });
  });
}
