import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { everything } from '../../shared/features/datasets/filter.model.ts';
import { allEnded, taskEnd } from '../helpers/datasets.ts';
import { createTestCore } from '../helpers/test-core.ts';
import { writeCorpus } from './corpus.ts';

/*
 * Freezing a data set, comparing two versions of it, restoring one and undoing that.
 * Run: node tests/bench/versions.ts [examples]; the figures are for 1,000,000. Prints one JSON object.
 */

const examples = Number(process.argv[2] ?? 100_000);
const app = createTestCore();
const { client, folder } = app;
const file = join(folder, 'corpus.jsonl');
writeCorpus(file, examples, { seed: 42 });
await client.workspaces.create({ name: 'Bench', folder: join(folder, 'ws') });
const chosen = await client.files.choosePath({ path: file });
const made = await client.datasets.importFile({ fileId: chosen.file.fileId, name: null, again: false });
const { datasetId } = made;
await taskEnd(client, made.taskId);
// The search index and the look for duplicates go on after an import; here they are not measured.
await allEnded(client);

async function timed<T>(work: () => Promise<T>): Promise<{ seconds: number; result: T }> {
  const began = performance.now();
  const result = await work();
  return { seconds: Math.round(performance.now() - began) / 1000, result };
}
const freeze = async (message: string): Promise<string> => {
  const { taskId } = await client.versions.freeze({ datasetId, message });
  await taskEnd(client, taskId);
  const { versions } = await client.versions.list({ datasetId });
  return versions[0]?.versionId ?? '';
};

const first = await timed(() => freeze('as it came'));
const ratios = { train: 0.8, validation: 0.1, test: 0.1 };
const split = await timed(() => client.datasets.split({ datasetId, recipe: { ratios, seed: 1 } }));
const { viewId } = await client.datasets.openView({
  datasetId,
  filter: { ...everything, tokens: { min: 600, max: null } },
  order: { by: 'position', isDescending: false },
});
const remove = await timed(() => client.datasets.deleteExamples({ datasetId, which: { viewId } }));
const second = await timed(() => freeze('split, without the long ones'));
const diff = await timed(() =>
  client.versions.openDiff({ before: { versionId: first.result }, after: { versionId: second.result } }),
);
const restore = await timed(async () =>
  taskEnd(client, (await client.versions.restore({ versionId: first.result })).taskId),
);
const undo = await timed(() => client.workspaces.undo());

console.log(
  JSON.stringify(
    {
      examples,
      splitSeconds: split.seconds,
      deleteSeconds: remove.seconds,
      freezeSeconds: [first.seconds, second.seconds],
      diffSeconds: diff.seconds,
      differing: diff.result.summary,
      restoreSeconds: restore.seconds,
      undoSeconds: undo.seconds,
      peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
    },
    null,
    2,
  ),
);
await app.close();
rmSync(folder, { recursive: true, force: true });
