import type { PairFilter } from '../../../shared/features/preferences/preferences.model.ts';
import type { DbAddress, WorkerJob } from '../../core/ports.ts';
import { createHistoryJob } from '../../core/history-job.ts';
import { createPreviewJob, createSetJob, type PreferenceWorkerParts } from './create-set.job.ts';
import { pairIdsOf, wherePairs } from './pairs.sql.ts';
import { registerOperations } from './preferences.service.ts';
import { createDealJob, createReorderJob } from './reorder.job.ts';

export type PairIdsInput = {
  readonly store: DbAddress;
  readonly key: number;
  readonly isDealt: boolean;
  readonly filter: PairFilter;
  readonly reviewer: string;
};

/** The jobs of this feature that run in worker threads, by name. */
export function preferenceJobs(parts: PreferenceWorkerParts): Readonly<Record<string, WorkerJob>> {
  return {
    'preferences.create': createSetJob(parts),
    'preferences.preview': createPreviewJob(parts),
    'preferences.reorder': createReorderJob(parts),
    'preferences.deal': createDealJob(parts),
    'preferences.history': createHistoryJob(parts, registerOperations),
    async 'preferences.pair-ids'({ store, key, isDealt, filter, reviewer }: PairIdsInput) {
      const db = parts.openStore(store, { readonly: true });
      try {
        return Uint32Array.from(pairIdsOf(db, wherePairs({ key, isDealt }, filter, reviewer)));
      } finally {
        db.close();
      }
    },
  };
}
