import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Method } from '../../../shared/features/datasets/datasets.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { Kit } from '../../core/kit.ts';
import type { DbAddress, Workers } from '../../core/ports.ts';
import type { TaskContext, TaskKind } from '../../core/tasks.ts';
import { findDataset } from './datasets.sql.ts';
import { cancelled, type CommitInput, partsOf, type StageInput, type StageResult } from './import.job.ts';

export const importTaskKind = 'datasets.import';

/** Which bytes a path had when the import began; a file that changes meanwhile is not imported. */
export type Fingerprint = {
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly modifiedAt: number;
};

/** What an import was asked to do; written down with the task, so that it can begin again after a crash. */
export type ImportParams = {
  readonly datasetId: string;
  readonly path: string;
  readonly name: string;
  readonly sourceName: string;
  readonly isDemo: boolean;
  readonly method: Method;
  readonly fingerprint: Fingerprint;
};

/** Share of the progress that reading takes; writing takes the rest. */
const readingShare = 0.8;
const maxReaders = 4;

/** Reads a file's size, time and SHA-256 in chunks; throws FILE_UNREADABLE. */
export async function fingerprintOf(path: string): Promise<Fingerprint> {
  try {
    const { size, mtimeMs } = statSync(path);
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 }))
      hash.update(chunk as Buffer);
    return { sha256: hash.digest('hex'), sizeBytes: size, modifiedAt: Math.round(mtimeMs) };
  } catch (error) {
    throw unreadable(path, error instanceof Error ? error.message : String(error));
  }
}

function unreadable(path: string, why: string): AppFailure {
  return new AppFailure('FILE_UNREADABLE', {
    what: `The file could not be read: ${why}.`,
    where: { file: path },
    todo: 'Check that the file is still there and that you may read it, then import it again.',
    retry: 'now',
  });
}

/** The import task: parts are read by workers side by side into staging stores, then moved in as one transaction. */
export function createImportTask(kit: Pick<Kit, 'workers' | 'changes' | 'clock'>): TaskKind<ImportParams> {
  return {
    afterCrash: 'resume',
    async run(context) {
      const { workspace, params } = context;
      // The program may have died between the commit and the end of the task.
      if (findDataset(workspace.db, params.datasetId)) return;
      const folder = stagingFolder(workspace.folder);
      removeStaging(workspace.folder, params.datasetId);
      mkdirSync(folder, { recursive: true });
      try {
        await requireUnchanged(params);
        const parts = await stageAll(kit.workers, context, folder);
        await requireUnchanged(params);
        await commitAll(kit, context, parts);
        kit.changes.emit('datasets');
      } finally {
        removeStaging(workspace.folder, params.datasetId);
      }
    },
  };
}

async function requireUnchanged({ path, fingerprint }: ImportParams): Promise<void> {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw unreadable(path, 'it is no longer there');
  if (stats.size === fingerprint.sizeBytes && Math.round(stats.mtimeMs) === fingerprint.modifiedAt) return;
  const now = await fingerprintOf(path);
  if (now.sha256 !== fingerprint.sha256) throw unreadable(path, 'it was changed during the import');
}

type StagedPart = StageResult & { readonly staging: DbAddress };

async function stageAll(
  workers: Workers,
  context: TaskContext<ImportParams>,
  folder: string,
): Promise<StagedPart[]> {
  const { params, workspace } = context;
  const parts = partsOf(params.path, Math.min(maxReaders, availableParallelism()));
  const done = parts.map(() => 0);
  const stop = new AbortController();
  const signal = AbortSignal.any([context.signal, stop.signal]);
  const running = parts.map(async (part, index) => {
    const staging = {
      file: join(folder, `${params.datasetId}-${index}.db`),
      keyHex: workspace.address.keyHex,
    };
    const input: StageInput = { part, staging, method: params.method };
    const result = await workers.run<StageResult>('datasets.stage', input, {
      signal,
      onProgress: (progress) => {
        done[index] = progress.done;
        const read = done.reduce((sum, one) => sum + one, 0);
        context.progress({ ...scaled(params, read * readingShare), message: 'Reading and checking' });
      },
    });
    return { ...result, staging };
  });
  const results = await Promise.allSettled(
    running.map((one) =>
      one.catch((error: unknown) => {
        stop.abort();
        throw error;
      }),
    ),
  );
  if (context.signal.aborted) throw cancelled();
  // The part that failed first made the others stop; its reason is the one to tell.
  const failure = results.find((one) => one.status === 'rejected' && !isCancelled(one.reason));
  if (failure?.status === 'rejected') throw failure.reason;
  return results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

function isCancelled(error: unknown): boolean {
  return error instanceof AppFailure && error.code === 'CANCELLED';
}

function scaled(params: ImportParams, done: number): { done: number; total: number; unit: string } {
  return { done: Math.round(done), total: params.fingerprint.sizeBytes, unit: 'bytes' };
}

async function commitAll(
  kit: Pick<Kit, 'workers' | 'clock'>,
  context: TaskContext<ImportParams>,
  parts: readonly StagedPart[],
): Promise<void> {
  const { params, workspace, signal } = context;
  const size = params.fingerprint.sizeBytes;
  const input: CommitInput = {
    store: workspace.address,
    parts,
    dataset: {
      id: params.datasetId,
      name: params.name,
      isDemo: params.isDemo,
      method: params.method,
      sourceName: params.sourceName,
      sourceSha256: params.fingerprint.sha256,
      sourceBytes: size,
    },
    at: kit.clock.now(),
  };
  context.progress({ ...scaled(params, size * readingShare), message: 'Writing' });
  await kit.workers.run('datasets.commit', input, {
    signal,
    lockWriter: () => workspace.lockWriter(),
    onProgress: ({ done, total }) => {
      const share = readingShare + (1 - readingShare) * (done / total);
      context.progress({ ...scaled(params, size * share), message: 'Writing' });
    },
  });
}

/** Where parts of an import lie until it is done. */
function stagingFolder(workspaceFolder: string): string {
  return join(workspaceFolder, 'staging');
}

/** Deletes what an import left behind; all imports' when `datasetId` is null. */
export function removeStaging(workspaceFolder: string, datasetId: string | null): void {
  const folder = stagingFolder(workspaceFolder);
  if (!statSync(folder, { throwIfNoEntry: false })) return;
  for (const name of readdirSync(folder)) {
    if (datasetId === null || name.startsWith(datasetId)) rmSync(join(folder, name), { force: true });
  }
  if (readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
}
