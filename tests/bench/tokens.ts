import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createTokenCounters } from '../../electron/adapters/tokens/token-counters.ts';
import { createTempFolder } from '../helpers/test-kit.ts';
import { writeCorpus } from './corpus.ts';
import { median, ratio, threadMs } from './figures.ts';
import { type Counted, counterNames, randomLetters } from './token-libraries.ts';

/*
 * Counting tokens, o200k_base: cold (a fresh process for every figure, as an import sees it) against gpt-tokenizer and
 * js-tiktoken, and unbroken texts of 1 and 2 MB. Run: node tests/bench/tokens.ts [megabytes] [rounds]
 * Prints one JSON object; figures are of this machine, only their ratios travel.
 */

const megabytes = Number(process.argv[2] ?? 20);
const rounds = Number(process.argv[3] ?? 5);
/** js-tiktoken keeps nothing between texts, so a part shows its speed. */
const partOf = { ours: megabytes, twin: megabytes, 'gpt-tokenizer': megabytes, 'js-tiktoken': megabytes / 5 };
type Name = keyof typeof partOf;

function countCold(name: Name, file: string): Counted {
  const script = join(import.meta.dirname, 'token-libraries.ts');
  const run = spawnSync(process.execPath, [script, name, file, String(partOf[name])], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (run.status !== 0) throw new Error(`${name}: ${run.stderr}`);
  return JSON.parse(run.stdout) as Counted;
}

type Runs = Record<Name, Counted[]>;

/** All libraries once, then all again, so that a slow moment of the machine meets every one of them. */
function interleaved(file: string): Runs {
  const runs: Runs = { ours: [], twin: [], 'gpt-tokenizer': [], 'js-tiktoken': [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const name of counterNames) runs[name].push(countCold(name, file));
  }
  return runs;
}

/** Texts whose count differs from ours. */
function mismatches(runs: Runs, name: Name): number {
  const ours = runs.ours[0]?.counts ?? [];
  return (runs[name][0]?.counts ?? [-1]).filter((count, index) => count !== ours[index]).length;
}

/** Milliseconds of work for one message of 1 MB without a break, and how much longer one of 2 MB takes. */
function unbroken(): Record<string, { ms: number; twice: number }> {
  const count = createTokenCounters().counter('o200k_base');
  const letters = randomLetters(2_000_000);
  const texts: Record<string, (bytes: number) => string> = {
    a: (bytes) => 'a'.repeat(bytes),
    spaces: (bytes) => ' '.repeat(bytes),
    chinese: (bytes) => '漢'.repeat(bytes / 3),
    emoji: (bytes) => '😀'.repeat(bytes / 4),
    'random letters': (bytes) => letters.slice(0, bytes),
  };
  count(texts.a?.(2_000_000) ?? '');
  const measured = Object.entries(texts).map(([name, text]) => {
    const [once, twice] = [text(1_000_000), text(2_000_000)];
    const times: { once: number; twice: number }[] = [];
    for (let round = 0; round < Math.max(5, rounds); round += 1) {
      const start = threadMs();
      count(once);
      const between = threadMs();
      count(twice);
      times.push({ once: between - start, twice: threadMs() - between });
    }
    const onceMs = median(times.map((time) => time.once));
    return [
      name,
      { ms: Math.round(onceMs), twice: ratio(median(times.map((time) => time.twice)), onceMs) },
    ] as const;
  });
  return Object.fromEntries(measured);
}

const temp = createTempFolder();
const file = join(temp.folder, 'corpus.jsonl');
writeCorpus(file, Math.ceil(megabytes * 1200), { seed: 42 });
const runs = interleaved(file);
const speed = (name: Name): number => median(runs[name].map((run) => run.sizeBytes / 1000 / run.ms));
const each = <T>(answer: (name: Name) => T) =>
  Object.fromEntries(counterNames.map((name) => [name, answer(name)]));
console.log(
  JSON.stringify({
    bench: 'tokens',
    rounds,
    megabytes,
    timesAsFastAs: each((name) => ratio(speed('ours'), speed(name))),
    megabytesPerSecond: each((name) => ratio(speed(name), 1)),
    loadMs: each((name) => Math.round(median(runs[name].map((run) => run.loadMs)))),
    mismatches: each((name) => mismatches(runs, name)),
    unbrokenMegabyte: unbroken(),
  }),
);
temp.remove();
