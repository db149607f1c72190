import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createMemorySecrets } from '../../electron/adapters/keychain/memory-secrets.ts';
import { everything } from '../../shared/features/datasets/filter.model.ts';
import { taskEnd } from '../helpers/datasets.ts';
import { createTestCore } from '../helpers/test-core.ts';

/*
 * One import with all that is asked of a data set afterwards. Run: node tests/bench/import-once.ts FILE plain|encrypted
 * Prints one JSON object: times in ms, of all threads together where it says cpu.
 */

const [file = '', kind = 'plain'] = process.argv.slice(2);
const app = createTestCore(
  kind === 'plain' ? { secrets: createMemorySecrets('The bench keeps no keys.') } : {},
);
const { client, folder } = app;
await client.workspaces.create({ name: 'Bench', folder: join(folder, 'ws') });
const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const [start, startCpu] = [performance.now(), cpuMs()];
const since = () => ({
  ms: performance.now() - start,
  cpuMs: cpuMs() - startCpu,
  rssMb: process.resourceUsage().maxRSS / 1024,
});
const chosen = await client.files.choosePath({ path: file });
const { taskId, datasetId } = await client.datasets.importFile({
  fileId: chosen.file.fileId,
  name: null,
  again: false,
});
const { state } = await taskEnd(client, taskId);
const usable = since();
for await (const tasks of await client.activity.watch()) {
  if (tasks.every(({ kind: one, endedAt }) => one !== 'quality.compare' || endedAt !== null)) break;
}
const clustered = since();
for await (const tasks of await client.activity.watch())
  if (tasks.every(({ endedAt }) => endedAt !== null)) break;
const indexed = since();

/** Milliseconds until a view is open with its first page. */
async function opened(want: {
  filter?: Partial<typeof everything>;
  by?: 'position' | 'tokens' | 'findings';
}): Promise<{ ms: number; total: number; viewId: string }> {
  const began = performance.now();
  const order = { by: want.by ?? ('position' as const), isDescending: want.by !== undefined };
  const { viewId, total } = await client.datasets.openView({
    datasetId,
    filter: { ...everything, ...want.filter },
    order,
  });
  await client.datasets.viewPage({ viewId, start: 0, limit: 100 });
  return { ms: performance.now() - began, total, viewId };
}
await opened({});
await opened({ filter: { text: 'the' } });
const sorted = await opened({ by: 'tokens' });
const filtered = await opened({ filter: { severities: ['error'] } });
const searched = await opened({ filter: { text: '数据' } });
const pages: number[] = [];
for (let turn = 0; turn < 200; turn += 1) {
  const began = performance.now();
  await client.datasets.viewPage({
    viewId: sorted.viewId,
    start: (turn * 7919) % Math.max(1, sorted.total - 100),
    limit: 100,
  });
  pages.push(performance.now() - began);
}
const sizeOf = (name: RegExp): number =>
  readdirSync(join(folder, 'ws'))
    .filter((one) => name.test(one))
    .reduce((sum, one) => sum + statSync(join(folder, 'ws', one)).size, 0);
const input = statSync(file).size;
console.log(
  JSON.stringify({
    state,
    usable,
    clustered,
    indexed,
    sortedViewMs: sorted.ms,
    filteredCountMs: filtered.ms,
    searchMs: searched.ms,
    pageP95Ms: pages.toSorted((a, b) => a - b)[190],
    storeToInput: sizeOf(/^workspace\.db$/) / input,
    searchToInput: sizeOf(/^search-\d\.db$/) / input,
  }),
);
await app.close();
rmSync(folder, { recursive: true, force: true });
