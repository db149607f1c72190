import { openDatabase } from '../../electron/adapters/sqlite/open-database.ts';
import { createTokenCounters } from '../../electron/adapters/tokens/token-counters.ts';
import type { Workers } from '../../electron/core/ports.ts';
import {
  createReplaceTransform,
  systemPromptTransform,
} from '../../electron/features/datasets/bulk-transforms.ts';
import { datasetJobs } from '../../electron/features/datasets/datasets.jobs.ts';
import { createInlineWorkers } from './inline-workers.ts';

/** The jobs of data sets in the test's own thread, for tests that make hundreds of changes. */
export function createInlineDatasetWorkers(): Workers {
  const tokens = createTokenCounters();
  return createInlineWorkers(
    datasetJobs({
      openStore: openDatabase,
      createCounter: () => tokens.counter('o200k_base'),
      transforms: {
        'datasets.replace': async () => createReplaceTransform(),
        'datasets.system-prompt': async () => systemPromptTransform,
      },
    }),
  );
}
