import { isUtf8 } from 'node:buffer';
import { closeSync, openSync } from 'node:fs';
import type { MessagePort } from 'node:worker_threads';
import { type CheckedPart, checkPart } from '../../../shared/features/datasets/file-check.ts';
import { createPlainRows } from '../../../shared/features/datasets/plain-rows.ts';
import { encodingForModel } from '../../../shared/tokens/encodings.ts';
import { rememberCounts } from '../../../shared/tokens/remembered-counts.ts';
import type { WorkerContext } from '../../core/ports.ts';
import { type CheckFileOptions, sha256 } from './check-file.ts';
import { readPart } from './file-parts.ts';
import type { DatasetWorkerParts } from './import.job.ts';
import { decodeUtf8 } from './line-file.ts';
import { createPartTurns, type PartTurns } from './part-turns.ts';
import { createSchemaChecker } from './schema-checker.ts';

export type CheckInput = Pick<CheckFileOptions, 'method' | 'rules' | 'model'> & {
  readonly path: string;
  readonly sizeBytes: number;
  readonly turns: PartTurns;
  readonly port: MessagePort;
};

/** A checked part with its place in the file. */
export type NumberedCheck = CheckedPart & { readonly index: number };

/** Checks parts of a file by turns with other threads and sends them on. Job `datasets.check`. */
export function createCheckJob(
  parts: Pick<DatasetWorkerParts, 'createCounter' | 'plainLines' | 'readPicture'>,
) {
  return async (input: CheckInput, context: WorkerContext): Promise<void> => {
    const { path, sizeBytes, port, method, rules, model } = input;
    const turns = createPartTurns(input.turns);
    const encoding = encodingForModel(model.id);
    const countText = rememberCounts(parts.createCounter(encoding));
    const lines = method === 'sft' || method === 'vision' ? parts.plainLines(encoding) : null;
    const { exampleLimit } = model;
    const plain = lines && {
      rows: createPlainRows(lines, { countText, hashBytes: sha256, exampleLimit }),
      isUtf8,
    };
    const schemas = createSchemaChecker();
    const { readPicture } = parts;
    const asked = { method, rules, model };
    const tools = { ...asked, plain, countText, readPicture, schemas, hash: sha256, decode: decodeUtf8 };
    const handle = openSync(path, 'r');
    try {
      const file = { handle, sizeBytes, partBytes: input.turns.partBytes };
      for (;;) {
        const index = turns.next(() => context.isCancelled());
        if (index === null) return;
        const checked = checkPart(readPart(file, index).lines, tools);
        const part: NumberedCheck = { ...checked, index };
        port.postMessage(part);
      }
    } finally {
      closeSync(handle);
      port.close();
    }
  };
}
