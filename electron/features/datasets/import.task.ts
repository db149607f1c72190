import { availableParallelism } from 'node:os';
import { MessageChannel } from 'node:worker_threads';
import type { Method } from '../../../shared/features/datasets/datasets.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { RowSketches } from '../../core/dataset-ports.ts';
import type { Kit } from '../../core/kit.ts';
import { isClosing, type TaskContext, type TaskKind } from '../../core/tasks.ts';
import { findDataset } from './datasets.sql.ts';
import { countParts } from './file-parts.ts';
import { type Fingerprint, requireUnchanged } from './fingerprint.ts';
import { cancelled } from './import.job.ts';
import { newPartTurns } from './part-turns.ts';
import type { ParseInput } from './parse.job.ts';
import type { PurgeInput, WriteInput, WriteResult } from './write.job.ts';

export const importTaskKind = 'datasets.import';

/** What an import was asked to do; written down with the task, so that it can go on after a crash. */
export type ImportParams = {
  readonly datasetId: string;
  readonly path: string;
  readonly name: string;
  readonly sourceName: string;
  readonly isDemo: boolean;
  readonly method: Method;
  readonly fingerprint: Fingerprint;
  /** True when the rows are to be added to another data set: then this one never shows. */
  readonly isStaged?: boolean;
  /** What the file is encrypted with, for one that the program wrote itself; kept nowhere. */
  readonly key?: string;
};

const maxReaders = 4;
const partBytes = 1024 * 1024;
/** Parts per reading thread that may wait for the writer. */
const partsAhead = 3;

type ImportKit = Pick<Kit, 'workers' | 'changes' | 'clock'>;

/**
 * The import task: reading threads check parts of the file side by side, one thread writes them down in order. Nothing
 * shows before all is there; after a crash it goes on behind the last part that was written.
 */
export function createImportTask(
  kit: ImportKit,
  afterImport: (datasetId: string, sketches: RowSketches | null) => Promise<void> = async () => {},
): TaskKind<ImportParams> {
  return {
    afterCrash: 'resume',
    async run(context) {
      const { workspace, params, signal } = context;
      let sketches: RowSketches | null = null;
      // The program may have died between the last commit and the end of the task.
      if (findDataset(workspace.db, params.datasetId)?.import_state !== 'ready') {
        try {
          await requireUnchanged(params);
          await dropOther(kit, context);
          ({ sketches } = await readAndWrite(kit, context));
        } catch (error) {
          if (!isClosing(signal)) await purge(kit, context);
          throw error;
        }
      }
      if (params.isStaged) return;
      kit.changes.emit('datasets');
      await afterImport(params.datasetId, sketches);
    },
  };
}

async function purge(kit: ImportKit, { workspace, params }: TaskContext<ImportParams>): Promise<void> {
  const input: PurgeInput = { store: workspace.address, datasetId: params.datasetId };
  await kit.workers.run('datasets.purge', input, { lockWriter: () => workspace.lockWriter() });
}

/** What was written of other bytes, before the program died, is of no use: a spool file may have been made anew since. */
async function dropOther(kit: ImportKit, context: TaskContext<ImportParams>): Promise<void> {
  const { workspace, params } = context;
  const begun = findDataset(workspace.db, params.datasetId);
  if (begun && begun.source_sha256 !== params.fingerprint.sha256) await purge(kit, context);
}

async function readAndWrite(kit: ImportKit, context: TaskContext<ImportParams>): Promise<WriteResult> {
  const { params, workspace } = context;
  const { path, fingerprint } = params;
  const areSketched = !params.isStaged;
  const firstPart = findDataset(workspace.db, params.datasetId)?.imported_parts ?? 0;
  const endPart = countParts(fingerprint.sizeBytes, partBytes);
  const readers = Math.max(1, Math.min(maxReaders, availableParallelism(), endPart - firstPart));
  const turns = newPartTurns({ partBytes, firstPart, endPart, ahead: readers * partsAhead });
  const channels = Array.from({ length: readers }, () => new MessageChannel());
  const stop = new AbortController();
  const signal = AbortSignal.any([context.signal, stop.signal]);
  const ports = channels.map(({ port2 }) => port2);
  const input: WriteInput = {
    store: workspace.address,
    source: { path, fingerprint },
    dataset: datasetOf(params),
    turns,
    ports,
    isStaged: params.isStaged ?? false,
    areSketched,
    at: kit.clock.now(),
  };
  const writing = kit.workers.run<WriteResult>('datasets.write', input, {
    signal,
    transfer: ports,
    lockWriter: () => workspace.lockWriter(),
    onProgress: ({ done, total }) =>
      context.progress({
        done,
        total,
        unit: 'bytes',
        message: done < total ? 'Reading and checking' : 'Writing',
      }),
  });
  const reading = channels.map(({ port1 }) => {
    const part: ParseInput = {
      path,
      sizeBytes: fingerprint.sizeBytes,
      ...(params.key === undefined ? {} : { key: params.key }),
      method: params.method,
      areSketched,
      turns,
      port: port1,
    };
    return kit.workers.run('datasets.parse', part, { signal, transfer: [port1] });
  });
  context.progress({ done: 0, total: fingerprint.sizeBytes, unit: 'bytes', message: 'Reading and checking' });
  await allOrFirstFailure([writing, ...reading], stop, context.signal);
  return writing;
}

function datasetOf(params: ImportParams): WriteInput['dataset'] {
  return {
    id: params.datasetId,
    name: params.name,
    isDemo: params.isDemo,
    method: params.method,
    sourceName: params.sourceName,
    sourceSha256: params.fingerprint.sha256,
    sourceBytes: params.fingerprint.sizeBytes,
  };
}

/** Waits for all; the first that fails makes the others stop, and its reason is the one to tell. */
async function allOrFirstFailure(
  running: readonly Promise<unknown>[],
  stop: AbortController,
  signal: AbortSignal,
): Promise<void> {
  const results = await Promise.allSettled(
    running.map((one) =>
      one.catch((error: unknown) => {
        stop.abort();
        throw error;
      }),
    ),
  );
  if (signal.aborted) throw cancelled();
  const failure = results.find((one) => one.status === 'rejected' && !isCancelled(one.reason));
  if (failure?.status === 'rejected') throw failure.reason;
}

function isCancelled(error: unknown): boolean {
  return error instanceof AppFailure && error.code === 'CANCELLED';
}
