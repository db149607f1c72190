import { once } from 'node:events';
import type { MessagePort } from 'node:worker_threads';
import type { SourceBatches, SourceRow } from '../../core/source-rows.ts';
import type { Listen } from './byte-stream.ts';
import { openParquet } from './parquet-rows.ts';
import { pdfRows } from './pdf-rows.ts';
import type { StoredFile } from './unpack.ts';

/** What is read in a thread of its own; `port` is null when only the columns are wanted. */
export type ContainedInput = {
  readonly file: StoredFile;
  readonly as: 'parquet' | 'pdf-text' | 'pdf-images';
  readonly port: MessagePort | null;
};

/** What the thread sends each time it is asked for more; `rows` is null after the last. */
export type ContainedBatch = { readonly rows: readonly SourceRow[] | null; readonly readBytes: number };

/** Reads a file whose reader foreign bytes may lead astray, batch by batch as asked for. Job `readers.rows`. */
export function createRowsJob() {
  return async ({ file, as, port }: ContainedInput): Promise<{ columns: string[] }> => {
    const opened = await open(file, as);
    const { columns } = opened;
    if (port === null) return { columns };
    try {
      let readBytes = 0;
      const onBytes = (read: number): void => {
        readBytes = read;
      };
      await once(port, 'message');
      for await (const batch of opened.rows({ onBytes })) {
        // Listened for before it is sent, so that no request for more goes unheard.
        const wanted = once(port, 'message');
        port.postMessage({ rows: batch, readBytes } satisfies ContainedBatch);
        await wanted;
      }
      port.postMessage({ rows: null, readBytes } satisfies ContainedBatch);
      return { columns };
    } finally {
      port.close();
    }
  };
}

async function open(
  file: StoredFile,
  as: ContainedInput['as'],
): Promise<{ columns: string[]; rows(listen: Listen): SourceBatches }> {
  if (as === 'parquet') return openParquet(file);
  const wanted = as === 'pdf-text' ? 'text' : 'images';
  const columns = ['page', wanted === 'text' ? 'text' : 'image'];
  return { columns, rows: (listen) => pdfRows(file, wanted, listen) };
}
