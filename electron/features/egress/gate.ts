import { createHash } from 'node:crypto';
import { AppFailure } from '../../../shared/failures.ts';
import type { SendPurpose } from '../../../shared/features/egress/egress.model.ts';
import type { EgressGate } from '../../core/feature-ports.ts';
import type { Kit } from '../../core/kit.ts';
import type { WorkspaceSession } from '../../core/workspace-session.ts';
import { appendLine, emptyLine, readGate } from './egress.sql.ts';

type Connection = { connectionId: string; host: string };
type Send = { purpose: SendPurpose; intentId: string | null };
type Prepared = { url: URL; init: RequestInit; method: string; bytesOut: number; bodySha256: string };

/** The failure of everything that wants out while the gate is closed; it says how to open it. */
export function offlineFailure(host: string): AppFailure {
  return new AppFailure('OFFLINE', {
    what: `Nothing was sent to ${host}: this workspace is offline.`,
    todo: 'Open the gate in the status bar or under Governance, then try again.',
    retry: 'never',
  });
}

/**
 * The only way out of a workspace. A request is written to the ledger before its socket opens and completed after it;
 * closing the gate cuts what is under way. Practice never comes here: it runs in this process and nothing leaves.
 */
export function createGate(kit: Kit): EgressGate & { cutAll(): void } {
  const underWay = new Set<AbortController>();
  return {
    isOpen: () => readGate(kit.workspace.require().db).position === 'online',
    cutAll() {
      // Not an AppFailure: the request may have arrived, and a launch must not take this for "never sent".
      for (const controller of underWay) controller.abort(new Error('The gate was closed.'));
    },
    fetchFor(connection, send) {
      return async (input, init) => {
        const session = kit.workspace.require();
        requireOpen(session, connection);
        const request = await prepare(connection, input, init);
        const seq = await recordRequest(kit, session, { connection, send, request });
        const controller = new AbortController();
        underWay.add(controller);
        try {
          const response = await letOut(kit, { session, connection, request, controller });
          await recordOutcome(kit, session, { seq, status: response.status, detail: '' });
          return response;
        } catch (error) {
          await recordOutcome(kit, session, { seq, status: null, detail: words(error) });
          throw error;
        } finally {
          underWay.delete(controller);
        }
      };
    },
  };
}

function requireOpen(session: WorkspaceSession, connection: Connection): void {
  if (readGate(session.db).position !== 'online') throw offlineFailure(connection.host);
}

/** Resolves the address, the method and the exact bytes of a request; refuses what the connection does not cover. */
async function prepare(
  connection: Connection,
  input: Parameters<typeof fetch>[0],
  init: RequestInit | undefined,
): Promise<Prepared> {
  if (input instanceof Request)
    throw new Error('the gate takes an address and options, so that it sees the body');
  const url = new URL(input);
  if (url.host !== connection.host || url.username !== '' || url.password !== '') {
    throw new AppFailure('NOT_APPROVED', {
      what: `A request to ${url.host} was stopped: this connection is for ${connection.host} only.`,
      todo: 'Connect the other provider under Settings if you want to use it.',
      retry: 'never',
    });
  }
  const hash = createHash('sha256');
  let bytesOut = 0;
  for await (const chunk of chunksOf(init?.body)) {
    hash.update(chunk);
    bytesOut += chunk.byteLength;
  }
  return { url, init: init ?? {}, method: init?.method ?? 'GET', bytesOut, bodySha256: hash.digest('hex') };
}

/** The bytes of a body that can be read twice: once for the ledger, once for the socket. */
async function* chunksOf(body: RequestInit['body']): AsyncGenerator<Uint8Array, void, void> {
  if (body === null || body === undefined) return;
  if (typeof body === 'string') yield new TextEncoder().encode(body);
  else if (body instanceof Blob) yield* body.stream();
  else if (body instanceof Uint8Array) yield body;
  else throw new Error('the gate cannot read this kind of body twice');
}

async function letOut(
  kit: Kit,
  out: { session: WorkspaceSession; connection: Connection; request: Prepared; controller: AbortController },
): Promise<Response> {
  // Again, because the gate may have been closed while the ledger was written; no await from here to the socket.
  requireOpen(out.session, out.connection);
  const { init, url } = out.request;
  const { signal } = out.controller;
  return kit.network(url, {
    ...init,
    redirect: 'error',
    signal: init.signal ? AbortSignal.any([init.signal, signal]) : signal,
  });
}

async function recordRequest(
  kit: Kit,
  session: WorkspaceSession,
  sent: { connection: Connection; send: Send; request: Prepared },
): Promise<number> {
  const { connection, send, request } = sent;
  const seq = await session.write((db) =>
    appendLine(db, {
      ...emptyLine,
      at: kit.clock.now(),
      kind: 'request',
      connection_id: connection.connectionId,
      host: connection.host,
      purpose: send.purpose,
      method: request.method.toUpperCase(),
      path: `${request.url.pathname}${request.url.search}`.slice(0, 500),
      bytes_out: request.bytesOut,
      body_sha256: request.bodySha256,
      intent_id: send.intentId,
    }),
  );
  kit.changes.emit('egress');
  return seq;
}

/** Completes a request's record. It never fails the request: losing an acknowledged job over a full disk would be worse. */
async function recordOutcome(
  kit: Kit,
  session: WorkspaceSession,
  outcome: { seq: number; status: number | null; detail: string },
): Promise<void> {
  try {
    await session.write((db) =>
      appendLine(db, {
        ...emptyLine,
        at: kit.clock.now(),
        kind: 'outcome',
        request_seq: outcome.seq,
        status: outcome.status,
        detail: outcome.detail,
      }),
    );
  } catch (error) {
    kit.log.warn('the outcome of a request could not be recorded', {
      seq: outcome.seq,
      error: String(error),
    });
  }
  kit.changes.emit('egress');
}

/** What went wrong underneath, as a short code; never text that a server sent. */
function words(error: unknown): string {
  if (error instanceof AppFailure) return 'nothing was sent: the gate was closed';
  const { name, cause } = error as { name?: unknown; cause?: { code?: unknown; message?: unknown } };
  const code = cause?.code ?? cause?.message ?? name;
  return typeof code === 'string' ? code.slice(0, 120) : 'failed';
}
