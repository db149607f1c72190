import type { PairFilter } from '../../../shared/features/preferences/preferences.model.ts';
import type { DbAddress, WorkerJob } from '../../core/ports.ts';
import { createHistoryJob } from '../../core/history-job.ts';
import type { OpenRowFile } from '../../core/row-files.ts';
import { createPreviewJob, createSetJob, type PreferenceWorkerParts } from './create-set.job.ts';
import { createAccountJob } from './generated-source.ts';
import { createPromptsJob } from './generation-prompts.job.ts';
import { createLineageJob } from './lineage.job.ts';
import { createCountOutcomeJob, createSpoolOutcomeJob } from './outcome.job.ts';
import { pairIdsOf, wherePairs } from './pairs.sql.ts';
import { registerOperations } from './operations.ts';
import { createTrustJob, type TrustParts } from './trust.job.ts';
import { createDealJob, createReorderJob } from './reorder.job.ts';

export type PairIdsInput = {
  readonly store: DbAddress;
  readonly key: number;
  readonly isDealt: boolean;
  readonly filter: PairFilter;
  readonly reviewer: string;
};

/** The jobs of this feature that run in worker threads, by name. */
export function preferenceJobs(
  parts: PreferenceWorkerParts & TrustParts & { readonly openRowFile: OpenRowFile },
): Readonly<Record<string, WorkerJob>> {
  return {
    'preferences.create': createSetJob(parts),
    'preferences.prompts': createPromptsJob(parts),
    'preferences.account': createAccountJob(parts),
    'preferences.preview': createPreviewJob(parts),
    'preferences.count-outcome': createCountOutcomeJob(parts),
    'preferences.spool-outcome': createSpoolOutcomeJob(parts),
    'preferences.lineage': createLineageJob(parts),
    'preferences.reorder': createReorderJob(parts),
    'preferences.deal': createDealJob(parts),
    'preferences.trust': createTrustJob(parts),
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
