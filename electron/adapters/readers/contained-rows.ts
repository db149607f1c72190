import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { AppFailure, type FailureCode, type FailureData } from '../../../shared/failures.ts';
import type { SourceBatches, SourceRow } from '../../core/source-rows.ts';
import { workerEntry } from '../workers/worker-entry.ts';
import { createWorkers, WorkerFailure } from '../workers/worker-host.ts';
import type { Listen } from './byte-stream.ts';
import type { ContainedBatch, ContainedInput } from './contained-rows.job.ts';
import { reasonOf, unreadable } from './read-failures.ts';
import type { StoredFile } from './unpack.ts';

type Columns = { columns: string[] };

/** Memory for one batch of rows on its way out of a file, and what unpacks it. */
const heapMib = 2048;

/**
 * Opens a Parquet or PDF file in a thread of its own. Whatever its bytes lead the reader into, an endless loop included,
 * the thread can be stopped by the signal, and takes no more memory than it is given. Throws FILE_UNREADABLE.
 */
export async function openContained(
  file: StoredFile,
  as: ContainedInput['as'],
): Promise<Columns & { rows(listen?: Listen): SourceBatches }> {
  const workers = createWorkers(workerEntry(), (failure) => toFailure(file, failure));
  const input: ContainedInput = { file, as, port: null };
  const { columns } = await workers
    .run<Columns>('readers.rows', input, { contained: { heapMib } })
    .catch((error: unknown) => {
      throw toFailure(file, error);
    });
  return { columns, rows: (listen) => rowsOf({ file, as }, listen) };
}

async function* rowsOf(
  { file, as }: Omit<ContainedInput, 'port'>,
  listen: Listen = {},
): AsyncGenerator<readonly SourceRow[], void, void> {
  const { port1, port2 } = new MessageChannel();
  const stop = new AbortController();
  const signal = listen.signal ? AbortSignal.any([stop.signal, listen.signal]) : stop.signal;
  const workers = createWorkers(workerEntry(), (failure) => toFailure(file, failure));
  const input: ContainedInput = { file, as, port: port2 };
  const running = workers.run<Columns>('readers.rows', input, {
    signal,
    transfer: [port2],
    contained: { heapMib },
  });
  const { promise: failed, reject } = Promise.withResolvers<never>();
  running.catch(reject);
  failed.catch(() => {});
  let isDone = false;
  try {
    for (;;) {
      const arrival = once(port1, 'message') as Promise<[ContainedBatch]>;
      port1.postMessage(null);
      const [{ rows, readBytes }] = await Promise.race([arrival, failed]);
      listen.onBytes?.(readBytes);
      isDone = rows === null;
      if (rows === null) return;
      yield rows;
    }
  } catch (error) {
    isDone ||= error instanceof AppFailure;
    listen.signal?.throwIfAborted();
    throw toFailure(file, error);
  } finally {
    port1.close();
    if (!isDone) stop.abort();
  }
}

function toFailure(file: StoredFile, error: unknown): Error {
  if (error instanceof AppFailure) return error;
  if (error instanceof WorkerFailure && error.code !== null) {
    return new AppFailure(error.code as FailureCode, error.data as FailureData);
  }
  const isTooBig =
    (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') ||
    /Invalid array length|allocation failed/i.test(reasonOf(error));
  return unreadable(file.name, {
    what: isTooBig
      ? `The file unpacks to more than the ${heapMib / 1024} GiB of memory it gets at once; it may be damaged, or made to do so.`
      : `The file could not be read: ${reasonOf(error)}.`,
    todo: isTooBig
      ? 'If you trust it, write it anew with smaller row groups or pages, then import that.'
      : 'Fetch or write it anew, then import it again.',
  });
}
