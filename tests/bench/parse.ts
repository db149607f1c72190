import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTokenCounters } from '../../electron/adapters/tokens/token-counters.ts';
import { decodeUtf8 } from '../../electron/features/datasets/line-file.ts';
import { createSchemaChecker } from '../../electron/features/datasets/schema-checker.ts';
import { readExampleText } from '../../shared/features/datasets/read-line.ts';
import { checkSftExample } from '../../shared/features/datasets/sft/sft.rules.ts';
import { createTempFolder } from '../helpers/test-kit.ts';
import { writeCorpus } from './corpus.ts';
import { median, ratio, threadMs } from './figures.ts';

/*
 * Reading and checking lines as an import does, from their bytes, against JSON.parse of the same bytes and nothing else.
 * `careful` is the way of lines that are not plain, taken by all. Run: node tests/bench/parse.ts [examples] [rounds]
 * Prints one JSON object; figures are of this machine, only their ratios travel.
 */

const examples = Number(process.argv[2] ?? 20_000);
const rounds = Number(process.argv[3] ?? 7);
const temp = createTempFolder();
const file = join(temp.folder, 'corpus.jsonl');
const sizeBytes = writeCorpus(file, examples, { seed: 42 });
const bytes = readFileSync(file);
temp.remove();
const lines: Buffer[] = [];
for (let at = 0, end = bytes.indexOf(10); end >= 0; at = end + 1, end = bytes.indexOf(10, at)) {
  const line = bytes.subarray(at, end);
  // Broken lines would be timed for their exceptions.
  if (readExampleText(line.toString()).kind === 'example') lines.push(line);
}
const texts = lines.map((line) => line.toString());
const schemas = createSchemaChecker();
const counters = createTokenCounters();
const plain = counters.plainLines('o200k_base');
if (plain === null) throw new Error('This machine cannot run the kernel.');

function careful(text: string | null): number {
  const reading = readExampleText(text ?? '');
  return reading.kind === 'example' ? checkSftExample(reading.value, schemas).length : 0;
}

/** Each answers something that depends on all of its work, so that none of it can be left out. */
const steps = {
  parse: (line: Buffer): number => Object.keys(JSON.parse(line.toString('utf8')) as object).length,
  parseText: (_: Buffer, at: number): number => Object.keys(JSON.parse(texts[at] ?? '') as object).length,
  careful: (line: Buffer): number => careful(decodeUtf8(line)),
  readAndCheck: (line: Buffer): number =>
    isUtf8(line) && plain.take(line, 0, line.length) > 0 ? 0 : careful(decodeUtf8(line)),
};
const names = ['parse', 'parseText', 'careful', 'readAndCheck'] as const;
const answers = { parse: 0, parseText: 0, careful: 0, readAndCheck: 0 };
const times: Record<keyof typeof steps, number[]> = {
  parse: [],
  parseText: [],
  careful: [],
  readAndCheck: [],
};
for (let round = 0; round <= rounds; round += 1) {
  for (const name of names) {
    const step = steps[name];
    const start = threadMs();
    for (const [at, line] of lines.entries()) answers[name] += step(line, at);
    // The first round compiles.
    if (round > 0) times[name].push(threadMs() - start);
  }
}
if (answers.careful !== answers.readAndCheck) throw new Error('The two ways have not found the same.');
const share = (name: keyof typeof steps): number => ratio(median(times.parse), median(times[name]));
console.log(
  JSON.stringify({
    bench: 'parse',
    rounds,
    examples: lines.length,
    sizeMb: ratio(sizeBytes, 1e6),
    shareOfParseSpeed: { readAndCheck: share('readAndCheck'), careful: share('careful') },
    // Against JSON.parse of texts that are there already, as no import has them.
    shareOfParseTextSpeed: { readAndCheck: ratio(median(times.parseText), median(times.readAndCheck)) },
    megabytesPerSecond: { parse: ratio(sizeBytes / 1000, median(times.parse)) },
    findings: answers.readAndCheck / (rounds + 1),
  }),
);
counters.free();
