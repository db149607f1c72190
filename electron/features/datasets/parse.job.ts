import { closeSync, openSync } from 'node:fs';
import type { MessagePort } from 'node:worker_threads';
import { analyserOf } from '../../../shared/features/datasets/analyse-method.ts';
import type { Method } from '../../../shared/features/datasets/datasets.model.ts';
import { createPlainRows } from '../../../shared/features/datasets/plain-rows.ts';
import { rememberCounts } from '../../../shared/tokens/remembered-counts.ts';
import type { WorkerContext } from '../../core/ports.ts';
import { createBufferPool } from './buffer-pool.ts';
import { sha256 } from './check-file.ts';
import { readPart } from './file-parts.ts';
import type { DatasetWorkerParts } from './import.job.ts';
import { createPartTurns, type PartTurns } from './part-turns.ts';
import { buffersOf, parsePart } from './parsed-part.ts';
import { createRowSketcher } from './row-sketcher.ts';
import { createSchemaChecker } from './schema-checker.ts';

export type ParseInput = {
  readonly path: string;
  readonly sizeBytes: number;
  /** What the file is encrypted with; see spool-cipher.ts. */
  readonly key?: string;
  readonly method: Method;
  /** Whether the rows are sketched for the look for near duplicates. */
  readonly areSketched?: boolean;
  readonly turns: PartTurns;
  /** Where the parsed parts go. */
  readonly port: MessagePort;
};

/** Reads, checks, counts and hashes parts of a file for the writing thread until none is left. Job `datasets.parse`. */
export function createParseJob(parts: Pick<DatasetWorkerParts, 'createCounter' | 'plainLines'>) {
  return async (input: ParseInput, context: WorkerContext): Promise<void> => {
    const { path, sizeBytes, port, key } = input;
    const turns = createPartTurns(input.turns);
    const countText = rememberCounts(parts.createCounter());
    const tools = { schemas: createSchemaChecker(), countText, hash: sha256 };
    const analyse = analyserOf(input.method);
    const lines = input.method === 'sft' ? parts.plainLines('o200k_base') : null;
    const plain = lines && createPlainRows(lines, { countText, hashBytes: sha256 });
    const sketcher = input.areSketched ? createRowSketcher() : null;
    if (sketcher) lines?.openSketches();
    const handle = openSync(path, 'r');
    try {
      const takeBuffer = createBufferPool(port);
      const { partBytes } = input.turns;
      const file = { handle, sizeBytes, partBytes, takeBuffer, ...(key ? { key } : {}) };
      for (;;) {
        const index = turns.next(() => context.isCancelled());
        if (index === null) return;
        const read = { index, ...readPart(file, index) };
        const parsed = parsePart(read, {
          takeBuffer,
          plain,
          sketcher,
          analyse: (value, line) => analyse(value, tools, line),
        });
        port.postMessage(parsed, buffersOf(parsed));
      }
    } finally {
      closeSync(handle);
      port.close();
    }
  };
}
