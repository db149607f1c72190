import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { AppFailure, type FailureCode, type FailureData } from '../../shared/failures.ts';
import type { WorkerContext, Workers } from './ports.ts';

/** A thread that stays and answers one request after the other; it starts with the first. */
export type WorkerService<Request, Answer> = {
  ask(request: Request): Promise<Answer>;
  /** Ends the thread; the next request starts a new one. */
  stop(): Promise<void>;
};

type Reply =
  | { id: number; answer: unknown }
  | { id: number; failure: { code: FailureCode; data: FailureData } | { message: string } };

type Thread = {
  port: MessagePort;
  ended: Promise<void>;
  waiting: Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>;
};

/** Main side of a service: `job` is a worker job that calls {@link serveRequests} with the port of its input. */
export function createWorkerService<Request, Answer>(
  workers: Workers,
  job: string,
  inputOf: () => object,
): WorkerService<Request, Answer> {
  let thread: Thread | null = null;
  let lastId = 0;
  const start = (): Thread => {
    const { port1, port2 } = new MessageChannel();
    const waiting: Thread['waiting'] = new Map();
    const fail = (error: Error): void => {
      for (const one of waiting.values()) one.reject(error);
      waiting.clear();
    };
    port1.on('message', (reply: Reply) => settle(waiting, reply));
    const ended = workers.run(job, { ...inputOf(), port: port2 }, { transfer: [port2] }).then(
      () => fail(new Error(`${job} ended`)),
      (error: unknown) => fail(error instanceof Error ? error : new Error(String(error))),
    );
    const started: Thread = { port: port1, waiting, ended };
    void ended.then(() => {
      if (thread === started) thread = null;
      port1.close();
    });
    // Waiting for this thread alone must not keep the program running.
    port1.unref();
    return started;
  };
  return {
    ask(request) {
      thread ??= start();
      const { port, waiting } = thread;
      lastId += 1;
      const id = lastId;
      return new Promise<Answer>((resolve, reject) => {
        waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject });
        port.postMessage({ id, request });
      });
    },
    async stop() {
      const stopping = thread;
      thread = null;
      stopping?.port.postMessage(null);
      await stopping?.ended;
    },
  };
}

function settle(waiting: Thread['waiting'], reply: Reply): void {
  const one = waiting.get(reply.id);
  waiting.delete(reply.id);
  if ('answer' in reply) one?.resolve(reply.answer);
  else if ('code' in reply.failure) one?.reject(new AppFailure(reply.failure.code, reply.failure.data));
  else one?.reject(new Error(reply.failure.message));
}

/** What a request is answered with; `transfer` is moved instead of being copied. */
export type Served = { answer: unknown; transfer?: readonly ArrayBuffer[] };

/** Thread side of a service: answers requests, in order, until the other side stops it or the caller cancels. */
export async function serveRequests<Request>(
  port: MessagePort,
  context: Pick<WorkerContext, 'isCancelled'>,
  serve: (request: Request) => Served | Promise<Served>,
): Promise<void> {
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
  let tail: Promise<void> = Promise.resolve();
  const handle = async ({ id, request }: { id: number; request: Request }): Promise<void> => {
    try {
      const { answer, transfer = [] } = await serve(request);
      port.postMessage({ id, answer } satisfies Reply, [...transfer]);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const failure = error instanceof AppFailure ? { code: error.code, data: error.data } : { message };
      port.postMessage({ id, failure } satisfies Reply);
    }
  };
  port.on('message', (message: { id: number; request: Request } | null) => {
    if (message === null || context.isCancelled()) stop();
    else tail = tail.then(() => handle(message));
  });
  port.on('close', stop);
  await stopped;
  await tail;
  port.close();
}
