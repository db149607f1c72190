import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeCorpus } from '../../../tests/bench/corpus.ts';
import { importText } from '../../../tests/helpers/datasets.ts';
import { createTestCore } from '../../../tests/helpers/test-core.ts';
import { createTestWorkers } from '../../../tests/helpers/test-workers.ts';
import { createMemorySecrets } from '../../adapters/keychain/memory-secrets.ts';
import { openDatabase } from '../../adapters/sqlite/open-database.ts';
import type { Db } from '../../core/ports.ts';
import { streamExamples } from '../datasets/example-stream.ts';
import { datasetStates } from '../datasets/states.sql.ts';
import { type CompareInput, createCompareJob } from './compare.job.ts';

let app: ReturnType<typeof createTestCore>;
const compared = Promise.withResolvers<CompareInput>();
beforeEach(() => {
  const threads = createTestWorkers();
  app = createTestCore({
    secrets: createMemorySecrets('Keys are kept by the test.'),
    workers: {
      ...threads,
      async run(job, input, call) {
        const result = await threads.run(job, input, call);
        if (job === 'quality.compare') compared.resolve(input as CompareInput);
        return result as never;
      },
    },
  });
});
afterEach(() => app.close());

const context = { progress: () => {}, isCancelled: () => false, lockWriter: async () => () => {} };

function groupsIn(db: Db): unknown {
  return ['quality_comparisons', 'quality_groups', 'quality_group_members'].map((table) =>
    db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2, 3`).all(),
  );
}

test('sketches from the import find what sketches of the texts find, and are left aside once a row has changed', async () => {
  await app.client.workspaces.create({ name: 'Test', folder: join(app.folder, 'ws') });
  const file = join(app.folder, 'corpus.jsonl');
  writeCorpus(file, 4200, { seed: 3 });
  const content = readFileSync(file, 'utf8');
  const { datasetId } = await importText(app.client, { folder: app.folder, name: 'c.jsonl', content });
  const input = await compared.promise;
  expect(input.sketches?.rows).toBe(input.examples);
  const open = (): Db => openDatabase({ file: join(app.folder, 'ws', 'workspace.db'), keyHex: null });
  const db = open();
  const found = groupsIn(db);
  let texts = 0;
  const job = createCompareJob({
    openStore: open,
    states: datasetStates,
    *examples(store, id) {
      for (const one of streamExamples(store, id)) {
        texts += 1;
        yield one;
      }
    },
  });
  await job(input, context);
  expect([texts, groupsIn(db)]).toEqual([0, found]);
  await job({ ...input, sketches: null }, context);
  expect([texts, groupsIn(db)]).toEqual([input.examples, found]);
  expect(JSON.stringify(found).length).toBeGreaterThan(5000);

  const { exampleId = 0 } =
    db.prepare<{ exampleId: number }>('SELECT MIN(id) AS exampleId FROM examples').get() ?? {};
  await app.client.datasets.deleteExamples({ datasetId, which: { exampleIds: [exampleId] } });
  texts = 0;
  await job(input, context);
  expect(texts).toBe(input.examples - 1);
  db.close();
});
