import { EventLog } from '../../core/event-log.ts';
import type { Db, DbAddress, WorkerContext } from '../../core/ports.ts';
import { moveStaged, showAppended } from './append.sql.ts';
import { findDataset } from './datasets.sql.ts';
import { markAllGroups } from './groups.sql.ts';
import { toIdRanges } from './id-ranges.ts';
import type { DatasetWorkerParts } from './import.job.ts';
import { requireDataset } from './reader.ts';

export type AppendInput = {
  readonly store: DbAddress;
  /** The data set that was imported without being shown, and the one that gets its rows. */
  readonly stagedId: string;
  readonly datasetId: string;
  readonly at: number;
};

/** The last line of the data set before: those of the appended rows count on after it. */
export type AppendResult = { readonly afterLine: number };

/** Puts the rows of a staged import behind those of a data set, as one event that undo hides again. Job `datasets.append`. */
export function createAppendJob(parts: Pick<DatasetWorkerParts, 'openStore'>) {
  return async (input: AppendInput, context: WorkerContext): Promise<AppendResult> => {
    const db = parts.openStore(input.store);
    const unlock = await context.lockWriter();
    try {
      return db.transaction(() => append(db, input));
    } finally {
      unlock();
      db.close();
    }
  };
}

function append(db: Db, { stagedId, datasetId, at }: AppendInput): AppendResult {
  const staged = findDataset(db, stagedId);
  if (!staged) throw new Error('nothing was staged');
  // The program may have died between this transaction and the end of the task.
  if (staged.import_state === 'ready') return { afterLine: staged.imported_lines };
  const dataset = requireDataset(db, datasetId);
  const ids = db
    .prepare<{ id: number }>('SELECT id FROM examples WHERE dataset = ?')
    .all(staged.key)
    .map(({ id }) => id);
  const afterLine = moveStaged(db, staged, dataset);
  markAllGroups(db, dataset.key);
  const appended = {
    datasetId,
    stagedId,
    afterLine,
    lines: staged.line_count,
    quarantined: staged.quarantined_count,
    ids: toIdRanges(ids),
  };
  new EventLog({ now: () => at }).append(db, {
    feature: 'datasets',
    kind: 'datasets.appended',
    label: `add ${ids.length} examples from ${staged.source_name}`,
    forward: showAppended(appended, null),
    inverse: showAppended(appended, at),
  });
  return { afterLine };
}
