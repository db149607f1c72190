import { EventLog, type Operation } from '../../core/event-log.ts';
import type { DatasetStates } from '../../core/dataset-ports.ts';
import type { Db, DbAddress, WorkerContext } from '../../core/ports.ts';
import { rowOf, takeSnapshot, type VersionWorkerParts } from './freeze.job.ts';
import { findVersion, insertVersion, stateOfVersion, type VersionRow } from './versions.sql.ts';

export type RestoreInput = {
  readonly store: DbAddress;
  readonly versionId: string;
  /** Id of the unnumbered version that keeps what is there now, for undo. */
  readonly keptId: string;
  readonly at: number;
};

const restoreTo = (versionId: string): Operation => ({ kind: 'versions.restore', args: { versionId } });

/** Teaches an event log the operations of this feature. */
export function registerOperations(events: EventLog, states: DatasetStates): void {
  type Args = { versionId: string };
  const restore = (db: Db, { versionId }: Args): void => {
    const row = findVersion(db, versionId);
    if (!row) throw new Error(`no version ${versionId}`);
    if (row.method !== null) states.setMethod(db, row.dataset_id, row.method);
    states.apply(db, row.dataset_id, stateOfVersion(db, row));
  };
  // All that the data set holds is compared with all that the version holds.
  const weigh = (db: Db, { versionId }: Args): number => findVersion(db, versionId)?.example_count ?? 0;
  events.register('versions.restore', restore, weigh);
}

/** Makes a data set what it was in a version, as one event that can be undone. Job `versions.restore`. */
export function createRestoreJob(parts: VersionWorkerParts) {
  const { states } = parts;
  return async (input: RestoreInput, context: WorkerContext): Promise<void> => {
    const db = parts.openStore(input.store);
    const unlock = await context.lockWriter();
    try {
      const target = findVersion(db, input.versionId);
      if (!target) throw new Error(`no version ${input.versionId}`);
      const events = new EventLog({ now: () => input.at });
      registerOperations(events, states);
      db.transaction(() => {
        const snapshot = takeSnapshot(db, states, target.dataset_id);
        insertVersion(db, rowOf(keptRow(input, target), snapshot), snapshot.state);
        events.run(db, {
          feature: 'versions',
          kind: 'versions.restored',
          label: `restore version ${target.number ?? 0}`,
          forward: restoreTo(target.id),
          inverse: restoreTo(input.keptId),
        });
      });
    } finally {
      unlock();
      db.close();
    }
  };
}

function keptRow(input: RestoreInput, target: VersionRow) {
  return {
    versionId: input.keptId,
    datasetId: target.dataset_id,
    origin: 'restore' as const,
    message: `before version ${target.number ?? 0} was restored`,
    at: input.at,
  };
}
