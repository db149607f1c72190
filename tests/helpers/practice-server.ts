import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { openDatabase } from '../../electron/adapters/sqlite/open-database.ts';
import { createPracticeProvider, type PracticeProvider } from '../../electron/practice/practice-provider.ts';
import type { RunTraining } from '../../electron/practice/runner.ts';
import { createTrainJob } from '../../electron/practice/train.job.ts';
import type { WorkspaceSession } from '../../electron/core/workspace-session.ts';
import type { PracticePace } from '../../shared/features/jobs/jobs.model.ts';
import { createTestKit } from './test-kit.ts';

const wordsOf = (text: string): number => text.split(/\s+/).filter(Boolean).length;

/** A provider over a real store whose training runs in this thread; `changed` resolves at the next change of a job. */
export async function openPractice() {
  let pace: PracticePace = 'instant';
  const kit = createTestKit();
  await kit.open();
  const session = kit.kit.workspace.require();
  const waiting = new Set<() => void>();
  const create = (): PracticeProvider =>
    createPracticeProvider({
      store: session,
      runTraining: inThisThread(session),
      clock: kit.kit.clock,
      log: kit.log,
      countUsage: async (asked, answer) => ({
        promptTokens: wordsOf(JSON.stringify(asked.messages)),
        completionTokens: wordsOf(answer),
      }),
      defaultPace: () => pace,
      onChange: () => {
        for (const wake of waiting) wake();
        waiting.clear();
      },
    });
  let provider = create();
  await provider.recover();
  return {
    session,
    log: kit.log,
    provider: () => provider,
    fetch: (async (input, init) => provider.fetch(input, init)) as typeof fetch,
    changed: () => new Promise<void>((resolve) => void waiting.add(resolve)),
    /** Pace of jobs created from now on. */
    newJobs(next: PracticePace): void {
      pace = next;
    },
    /** Ends the provider and starts a new one over the same store, as a restart of the program does. */
    async restart() {
      await provider.close();
      provider = create();
      await provider.recover();
    },
    async close() {
      await provider.close();
      await kit.close();
    },
  };
}

/** Runs the worker job's own code with a second connection, as the worker thread would. */
export function inThisThread(session: WorkspaceSession): RunTraining {
  const job = createTrainJob({
    openDatabase,
    now: () => Date.now(),
    countTokens: (one) => wordsOf(JSON.stringify(one.messages)),
  });
  return (run, call) =>
    job(
      { ...run, address: session.address },
      {
        progress: () => call.onProgress(),
        isCancelled: () => call.signal.aborted,
        // A thread of its own would not hold up this one: let others have their turn.
        lockWriter: async () => {
          await new Promise((resolve) => setImmediate(resolve));
          return session.lockWriter();
        },
      },
    );
}

/** Serves a fetch over HTTP on loopback, for tests of what a real connection does. */
export async function serveFetch(handle: typeof fetch): Promise<{ baseURL: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    handle(toRequest(request))
      .then(async (answer) => {
        response.writeHead(answer.status, Object.fromEntries(answer.headers));
        if (answer.body) for await (const piece of answer.body) response.write(piece);
        response.end();
      })
      .catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseURL: `http://127.0.0.1:${port}/v1`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function toRequest(request: IncomingMessage): Request {
  const method = request.method ?? 'GET';
  const headers = Object.entries(request.headers).map(([key, value]): [string, string] => [
    key,
    String(value),
  ]);
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return new Request(`http://loopback${request.url}`, {
    method,
    headers,
    ...(hasBody ? { body: Readable.toWeb(request) as ReadableStream, duplex: 'half' } : {}),
  } as RequestInit);
}
