import { readPicture } from '../../electron/adapters/pictures/read-picture.ts';
import { openDatabase } from '../../electron/adapters/sqlite/open-database.ts';
import { createTokenCounters } from '../../electron/adapters/tokens/token-counters.ts';
import type { Workers } from '../../electron/core/ports.ts';
import {
  createReplaceTransform,
  systemPromptTransform,
} from '../../electron/features/datasets/bulk-transforms.ts';
import { datasetJobs } from '../../electron/features/datasets/datasets.jobs.ts';
import { createInlineWorkers } from './inline-workers.ts';
import { createTestWorkers } from './test-workers.ts';

const inline = new Set(
  ['rewrite', 'bulk', 'history', 'match', 'names', 'preview', 'add', 'check-text', 'agreement'].map(
    (job) => `datasets.${job}`,
  ),
);

/** The short jobs of data sets in the test's own thread, for tests that make hundreds of changes; others in real ones. */
export function createInlineDatasetWorkers(): Workers {
  const tokens = createTokenCounters();
  const threads = createTestWorkers();
  const here = createInlineWorkers(
    datasetJobs({
      openStore: openDatabase,
      createCounter: () => tokens.counter('o200k_base'),
      plainLines: (encoding) => tokens.plainLines(encoding),
      readPicture,
      transforms: {
        'datasets.replace': async () => createReplaceTransform(),
        'datasets.system-prompt': async () => systemPromptTransform,
      },
    }),
  );
  return {
    run: (job, input, call) => (inline.has(job) ? here : threads).run(job, input, call),
    close: () => threads.close(),
  };
}
