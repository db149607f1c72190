import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it arrived, with its whole body. */
export type Arrived = { method: string; path: string; headers: IncomingMessage['headers']; body: string };

/** How the server answers: a value becomes JSON with status 200; a function may do anything to the socket. */
export type Responder = (response: ServerResponse, request: Arrived) => void;
export type Answer = Responder | Record<string, unknown>;

/** An HTTP server on loopback for one test: `answer` decides, `arrived` keeps what came in. */
export async function createScriptedServer(answer: (request: Arrived) => Answer) {
  const arrived: Arrived[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one: Arrived = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      arrived.push(one);
      const what = answer(one);
      if (typeof what === 'function') what(response, one);
      else sendJson(response, { status: 200, body: what });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    arrived,
    host: `127.0.0.1:${port}`,
    baseUrl: `http://127.0.0.1:${port}/v1`,
    close: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers with a status and a JSON body. */
export function sendJson(
  response: ServerResponse,
  answer: { status: number; body: unknown; headers?: Record<string, string> },
): void {
  response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
  response.end(JSON.stringify(answer.body));
}

/** The API's error envelope. */
export function apiError(
  status: number,
  error: Record<string, unknown>,
  headers: Record<string, string> = {},
): Responder {
  const body = { error: { message: 'no', type: null, param: null, code: null, ...error } };
  return (response) => sendJson(response, { status, body, headers });
}

/** Answers with status 200 and a body that is not JSON of the API. */
export function sendText(contentType: string, text: string): Responder {
  return (response) => void response.writeHead(200, { 'content-type': contentType }).end(text);
}

/** Ends the connection without an answer, as a reset does. */
export function resetConnection(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}
