import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSchemaChecker } from '../../electron/features/datasets/schema-checker.ts';
import { readExampleText } from '../../shared/features/datasets/read-line.ts';
import { checkSftExample } from '../../shared/features/datasets/sft/sft.rules.ts';
import { createTempFolder } from '../helpers/test-kit.ts';
import { writeCorpus } from './corpus.ts';
import { median, ratio } from './figures.ts';

/*
 * Reading lines with all their checks, against JSON.parse alone. Run: node tests/bench/parse.ts [examples] [rounds]
 * Prints one JSON object; figures are of this machine, only their ratios travel.
 */

const examples = Number(process.argv[2] ?? 20_000);
const rounds = Number(process.argv[3] ?? 7);
const temp = createTempFolder();
const file = join(temp.folder, 'corpus.jsonl');
const sizeBytes = writeCorpus(file, examples, { seed: 42 });
// Broken lines would be timed for their exceptions.
const lines = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => readExampleText(line).kind === 'example');
temp.remove();
const schemas = createSchemaChecker();

/** Each answers something that depends on all of its work, so that none of it can be left out. */
const steps = {
  parse: (line: string): number => Object.keys(JSON.parse(line) as object).length,
  read: (line: string): number => (readExampleText(line).kind === 'example' ? 1 : 0),
  readAndCheck(line: string): number {
    const reading = readExampleText(line);
    return reading.kind === 'example' ? checkSftExample(reading.value, schemas).length : 0;
  },
};
const answers = { parse: 0, read: 0, readAndCheck: 0 };
const times = { parse: [], read: [], readAndCheck: [] } as Record<keyof typeof steps, number[]>;
for (let round = 0; round <= rounds; round += 1) {
  for (const name of ['parse', 'read', 'readAndCheck'] as const) {
    const step = steps[name];
    const start = performance.now();
    for (const line of lines) answers[name] += step(line);
    // The first round compiles.
    if (round > 0) times[name].push(performance.now() - start);
  }
}
const parseMs = median(times.parse);
console.log(
  JSON.stringify({
    bench: 'parse',
    rounds,
    examples: lines.length,
    sizeMb: ratio(sizeBytes, 1e6),
    shareOfParseSpeed: {
      read: ratio(parseMs, median(times.read)),
      readAndCheck: ratio(parseMs, median(times.readAndCheck)),
    },
    megabytesPerSecond: { parse: ratio(sizeBytes / 1000, parseMs) },
    findings: answers.readAndCheck / (rounds + 1),
  }),
);
