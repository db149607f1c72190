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
import type { Wait } from '../../core/waiting.ts';

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
