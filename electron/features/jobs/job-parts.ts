import { setTimeout as delay } from 'node:timers/promises';
import type {
  Approvals,
  CostEstimator,
  DatasetReader,
  EgressGate,
  PracticeHost,
  ProviderRegistry,
} from '../../core/feature-ports.ts';
import type { PrivacyGate, VersionKeeper } from '../../core/dataset-ports.ts';
import type { Kit } from '../../core/kit.ts';

/** Waits so many milliseconds; rejects when the signal fires. A port, so that tests need no clock of the world. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

/** Waits on the real clock without keeping the program alive. */
export const realWait: Wait = async (ms, signal) => {
  // Longer than a 32-bit timer can; the caller looks again afterwards.
  await delay(Math.min(ms, 2_000_000_000), undefined, { signal, ref: false });
};

/** What the jobs feature needs from the rest of the core. */
export type JobParts = {
  datasets: Pick<DatasetReader, 'facts' | 'tokenCounts' | 'writeTrainingFile'>;
  costs: CostEstimator;
  providers: ProviderRegistry;
  gate: Pick<EgressGate, 'isOpen'>;
  approvals: Approvals;
  versions: VersionKeeper;
  privacy: PrivacyGate;
  practice: Pick<PracticeHost, 'setPace' | 'pace' | 'onChange'>;
  wait: Wait;
};
export type JobRequires = JobParts & { kit: Kit };
