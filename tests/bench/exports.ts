import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { taskEnd } from '../helpers/datasets.ts';
import { createTestCore } from '../helpers/test-core.ts';
import { writeCorpus } from './corpus.ts';
import { median, ratio } from './figures.ts';

/*
 * Writing a data set as a file, as it came and converted, by turns with JSON.parse of the same bytes.
 * Run: node tests/bench/exports.ts [examples] [rounds]. Prints one JSON object; an encrypted workspace.
 */

const examples = Number(process.argv[2] ?? 100_000);
const rounds = Number(process.argv[3] ?? 5);
const app = createTestCore();
const { client, folder } = app;
const file = join(folder, 'corpus.jsonl');
writeCorpus(file, examples, { seed: 42 });
await client.workspaces.create({ name: 'Bench', folder: join(folder, 'ws') });
const chosen = await client.files.choosePath({ path: file });
const made = await client.datasets.importFile({ fileId: chosen.file.fileId, name: null, again: false });
const { datasetId } = made;
await taskEnd(client, made.taskId);
// What else an import sets going would be timed too.
for await (const tasks of await client.activity.watch())
  if (tasks.every(({ endedAt }) => endedAt !== null)) break;

type Figures = { ms: number; cpuMs: number; bytes: number };
const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

async function timed(work: () => number | Promise<number>): Promise<Figures> {
  const [start, startCpu] = [performance.now(), cpuMs()];
  const bytes = await work();
  return { ms: performance.now() - start, cpuMs: cpuMs() - startCpu, bytes };
}

let turn = 0;
async function exported(target: 'openai-sft' | 'sharegpt'): Promise<number> {
  turn += 1;
  const path = join(folder, `out-${turn}.jsonl`);
  const { destination } = await client.files.destinationPath({ path });
  const { taskId } = await client.exports.start({
    datasetId,
    target,
    which: { kind: 'all' },
    perSplit: false,
    destinationId: destination.destinationId,
  });
  await taskEnd(client, taskId);
  return statSync(path).size;
}

/** Every line that is JSON, decoded and parsed. */
function parsed(): number {
  const bytes = readFileSync(file);
  let [from, keys] = [0, 0];
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
    const line = bytes.toString('utf8', from, end);
    from = end + 1;
    try {
      keys += Object.keys(JSON.parse(line) as object).length;
    } catch {
      // Few lines of the corpus are broken on purpose.
    }
  }
  return keys > 0 ? bytes.length : 0;
}

const figures: Record<'parse' | 'untouched' | 'converted', Figures[]> = {
  parse: [],
  untouched: [],
  converted: [],
};
for (let round = 0; round < rounds; round += 1) {
  figures.parse.push(await timed(parsed));
  figures.untouched.push(await timed(() => exported('openai-sft')));
  figures.converted.push(await timed(() => exported('sharegpt')));
}
await app.close();

/** Megabytes that come out a second. */
const speed = (kind: keyof typeof figures, clock: 'ms' | 'cpuMs'): number =>
  ratio(median(figures[kind].map((one) => one.bytes / one[clock])), 1000);
const speeds = (kind: keyof typeof figures) => ({
  mbPerSecond: speed(kind, 'ms'),
  mbPerProcessorSecond: speed(kind, 'cpuMs'),
  toParse: ratio(speed(kind, 'cpuMs'), speed('parse', 'cpuMs')),
});
console.log(
  JSON.stringify({
    bench: 'exports',
    examples,
    rounds,
    parse: speeds('parse'),
    untouched: speeds('untouched'),
    converted: speeds('converted'),
  }),
);
