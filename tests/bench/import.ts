import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { everything } from '../../shared/features/datasets/filter.model.ts';
import { taskEnd } from '../helpers/datasets.ts';
import { createTestCore } from '../helpers/test-core.ts';
import { writeCorpus } from './corpus.ts';

/*
 * Import + check + tokens of 100,000 generated examples, and search in them. Run: node tests/bench/import.ts [examples]
 * Prints one JSON object; figures are of this machine, only their ratios travel.
 */

const examples = Number(process.argv[2] ?? 100_000);
const app = createTestCore();
const { client, folder } = app;
const file = join(folder, 'corpus.jsonl');
const sizeBytes = writeCorpus(file, examples, { seed: 42 });
await client.workspaces.create({ name: 'Bench', folder: join(folder, 'ws') });

const start = performance.now();
const chosen = await client.files.choosePath({ path: file });
const { taskId, datasetId } = await client.datasets.importFile({
  fileId: chosen.file.fileId,
  name: null,
  again: false,
});
const task = await taskEnd(client, taskId);
const importMs = performance.now() - start;
const peakRssMb = process.resourceUsage().maxRSS / 1024;

/** Milliseconds from a keystroke to the first 100 rows, for each prefix a person types. */
async function typed(text: string): Promise<{ text: string; total: number; ms: number }[]> {
  const measured: { text: string; total: number; ms: number }[] = [];
  for (let end = 1; end <= text.length; end += 1) {
    const filter = { ...everything, text: text.slice(0, end) };
    const began = performance.now();
    const { viewId, total } = await client.datasets.openView({
      datasetId,
      filter,
      order: { by: 'position', isDescending: false },
    });
    await client.datasets.viewPage({ viewId, start: 0, limit: 100 });
    measured.push({ text: filter.text, total, ms: performance.now() - began });
  }
  return measured;
}
const round = (value: number): number => Math.round(value * 10) / 10;
const searches = [...(await typed('refund')), ...(await typed('warehouse 4')), ...(await typed('包裹'))];
const times = searches.map(({ ms }) => ms).sort((a, b) => a - b);
const scroll: number[] = [];
const whole = await client.datasets.openView({
  datasetId,
  filter: everything,
  order: { by: 'position', isDescending: false },
});
for (let index = 0; index < 50; index += 1) {
  const began = performance.now();
  await client.datasets.viewPage({ viewId: whole.viewId, start: (index * 7919) % examples, limit: 100 });
  scroll.push(performance.now() - began);
}
scroll.sort((a, b) => a - b);
const facetStart = performance.now();
const facets = await client.datasets.viewFacets({ viewId: whole.viewId });
const facetsMs = performance.now() - facetStart;

console.log(
  JSON.stringify(
    {
      state: task.state,
      examples,
      sizeMb: round(sizeBytes / 1e6),
      importMs: Math.round(importMs),
      mbPerSecond: round(sizeBytes / 1e6 / (importMs / 1000)),
      peakRssMb: Math.round(peakRssMb),
      tokenTotal: facets.tokenTotal,
      searchMs: { median: round(times[times.length >> 1] ?? 0), worst: round(times.at(-1) ?? 0) },
      slowestSearch: searches.toSorted((a, b) => b.ms - a.ms)[0],
      pageOf100Ms: { median: round(scroll[25] ?? 0), worst: round(scroll.at(-1) ?? 0) },
      facetsMs: Math.round(facetsMs),
    },
    null,
    2,
  ),
);
await app.close();
rmSync(folder, { recursive: true, force: true });
