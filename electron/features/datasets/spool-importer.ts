import { splitsByCode } from '../../../shared/features/datasets/split.rules.ts';
import type { RowSketches, SpoolImporter } from '../../core/dataset-ports.ts';
import type { Kit } from '../../core/kit.ts';
import { type DatasetRow, findBySource, findDataset } from './datasets.sql.ts';
import { fingerprintOf } from './fingerprint.ts';
import { createImportTask } from './import.task.ts';
import { methodOfFile } from './method-of-file.ts';
import { operations } from './operations.ts';
import { lastLineOf, putOrigin, putQuarantined } from './origin.sql.ts';
import { asideRows } from './aside-rows.ts';
import { packSplits } from './packed-splits.ts';
import { requireDataset } from './reader.ts';
import type { AppendInput, AppendResult } from './append.job.ts';
import type { Db } from '../../core/ports.ts';

/** Imports files that the program wrote itself, within the task of another feature. */
export function createSpoolImporter(
  kit: Kit,
  afterImport: (datasetId: string, sketches: RowSketches | null) => Promise<void>,
): SpoolImporter {
  const task = createImportTask(kit, afterImport);
  return {
    async importSpool(spool, context) {
      const fingerprint = await fingerprintOf(spool.path);
      const method = spool.method ?? methodOfFile(spool.path);
      const params = { ...spool, method, isDemo: false, fingerprint };
      // The methods of a context live on its class and must be called on it.
      await task.run({
        params,
        taskId: context.taskId,
        signal: context.signal,
        workspace: context.workspace,
        isResumed: context.isResumed,
        progress: (progress) => context.progress(progress),
      });
    },
    async setOrigin(datasetId, origin) {
      const session = kit.workspace.require();
      const { key } = imported(session.db, datasetId);
      for await (const rows of asideRows(origin.quarantined, origin.key)) {
        await session.write((db) => putQuarantined(db, key, rows));
      }
      await session.write((db) => putOrigin(db, key, origin));
      kit.changes.emit('datasets');
    },
    async appendStaged(stagedId, datasetId) {
      const { address, lockWriter } = lockOf(kit);
      const input: AppendInput = { store: address, stagedId, datasetId, at: kit.clock.now() };
      const appended = await kit.workers.run<AppendResult>('datasets.append', input, { lockWriter });
      kit.changes.emit('datasets');
      await afterImport(datasetId, null);
      return appended;
    },
    methodOf: (datasetId) => requireDataset(kit.workspace.require().db, datasetId).method,
    originOf(datasetId) {
      const { db } = kit.workspace.require();
      const row = imported(db, datasetId);
      return {
        at: row.created_at,
        sha256: row.source_sha256,
        sizeBytes: row.source_bytes,
        rows: row.line_count,
        quarantined: row.quarantined_count,
        lastLine: lastLineOf(db, row.key),
      };
    },
    findBySource(sha256) {
      const found = findBySource(kit.workspace.require().db, sha256);
      return found ? { datasetId: found.id, name: found.name, createdAt: found.created_at } : null;
    },
    assignSplits: (datasetId, splits) => assignSplits(kit, datasetId, splits),
  };
}

/** A data set that was imported, also one that waits to be added to another. */
function imported(db: Db, datasetId: string): DatasetRow {
  return findDataset(db, datasetId) ?? requireDataset(db, datasetId);
}

function lockOf(kit: Kit) {
  const session = kit.workspace.require();
  return { address: session.address, lockWriter: () => session.lockWriter() };
}

async function assignSplits(kit: Kit, datasetId: string, splits: Uint8Array): Promise<void> {
  const packed = packSplits([...splits].map((split) => splitsByCode[split] ?? null));
  await kit.workspace.require().write((db) => {
    kit.events.run(db, {
      feature: 'datasets',
      kind: 'datasets.split',
      label: 'keep the splits of the version',
      forward: operations.assignSplits(datasetId, { recipe: null, packed }),
      inverse: operations.assignSplits(datasetId, {
        recipe: null,
        packed: packSplits([...splits].map(() => null)),
      }),
    });
  });
  kit.changes.emit('datasets');
}
