import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createTempFolder } from '../helpers/test-kit.ts';
import { writeCorpus } from './corpus.ts';
import { median, ratio } from './figures.ts';

/*
 * The import of a generated corpus, plain and encrypted, against the notebook's steps on a slice of it, by turns. Every run
 * is a process of its own. Run: node tests/bench/import.ts [examples] [rounds]. Prints one JSON object; figures are of this
 * machine, only their ratios travel. Where other programs have the processor too, read the ratios of processor time.
 */

const examples = Number(process.argv[2] ?? 100_000);
const rounds = Number(process.argv[3] ?? 5);
const slices = { 'gpt-tokenizer': 20_000, 'js-tiktoken': 3000 };
const temp = createTempFolder();
const file = join(temp.folder, 'corpus.jsonl');
const sizeBytes = writeCorpus(file, examples, { seed: 42 });

type Baseline = { bytes: number; ms: number; cpuMs: number };
type Times = { ms: number; cpuMs: number; rssMb: number };
type Import = { state: string; usable: Times; clustered: Times; indexed: Times; [figure: string]: unknown };

function run<Answer>(program: string, ...parameters: string[]): Answer {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, program), ...parameters],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
  return JSON.parse(stdout) as Answer;
}

const baselines: Record<string, Baseline[]> = { 'gpt-tokenizer': [], 'js-tiktoken': [] };
const imports: Record<string, Import[]> = { plain: [], encrypted: [] };
for (let round = 0; round < rounds; round += 1) {
  for (const [library, lines] of Object.entries(slices)) {
    baselines[library]?.push(run<Baseline>('notebook.ts', file, library, String(lines)));
  }
  for (const kind of ['plain', 'encrypted']) imports[kind]?.push(run<Import>('import-once.ts', file, kind));
}
temp.remove();

/** Bytes a millisecond. */
const speed = (bytes: number, times: readonly number[]): number => bytes / median(times);
const against = (library: string, part: 'usable' | 'clustered' | 'indexed', kind: string) => {
  const baseline = baselines[library] ?? [];
  const bytes = baseline[0]?.bytes ?? 0;
  const made = imports[kind] ?? [];
  return {
    clock: ratio(
      speed(
        sizeBytes,
        made.map((one) => one[part].ms),
      ),
      speed(
        bytes,
        baseline.map(({ ms }) => ms),
      ),
    ),
    // Processor time of all threads, as if two of them ran all the time.
    twoProcessors: ratio(
      2 *
        speed(
          sizeBytes,
          made.map((one) => one[part].cpuMs),
        ),
      speed(
        bytes,
        baseline.map(({ cpuMs }) => cpuMs),
      ),
    ),
  };
};
for (const kind of ['plain', 'encrypted']) {
  const { usable, clustered, indexed, ...figures } = imports[kind]?.at(-1) ?? {};
  console.log(
    JSON.stringify({
      bench: 'import',
      store: kind,
      examples,
      sizeMb: Math.round(sizeBytes / 1e6),
      usableToGptTokenizer: against('gpt-tokenizer', 'usable', kind),
      clusteredToGptTokenizer: against('gpt-tokenizer', 'clustered', kind),
      clusteredToJsTiktoken: against('js-tiktoken', 'clustered', kind),
      indexedToJsTiktoken: against('js-tiktoken', 'indexed', kind),
      mbPerSecond: ratio(
        speed(
          sizeBytes,
          (imports[kind] ?? []).map((one) => one.usable.ms),
        ),
        1000,
      ),
      peakRssMb: Math.round(indexed?.rssMb ?? 0),
      usableRssMb: Math.round(usable?.rssMb ?? 0),
      clusteredRssMb: Math.round(clustered?.rssMb ?? 0),
      ...figures,
    }),
  );
}
