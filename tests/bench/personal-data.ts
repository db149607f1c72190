import { join } from 'node:path';
import { openDetector } from '../../electron/features/privacy/word-lists.ts';
import { findByPattern } from '../../shared/features/privacy/detect/detector.ts';
import { readFacts } from '../../shared/features/privacy/detect/text-facts.ts';
import { readCorpus } from '../fixtures/privacy/corpus.ts';
import { projectFolder } from '../helpers/project.ts';
import { createRandom } from './random.ts';

/*
 * The patterns of personal data behind their triggers against the same expressions run on every text, with the same
 * finds; and the whole detector with names. One text in twenty holds something, the rest is prose.
 * Run: node tests/bench/personal-data.ts [texts]. Prints one JSON object.
 */
const count = Number(process.argv[2] ?? 40_000);
const next = createRandom(7);
const random = (limit: number): number => Math.floor(next() * limit);
const corpus = readCorpus();
const words =
  'the order was late and we wait for the parcel since two weeks please tell us when it comes or give the money back because nobody at the shop answers our letters and the box arrived broken'.split(
    ' ',
  );
const prose = (): string => {
  const text = Array.from({ length: 30 + random(120) }, () => words[random(words.length)]).join(' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
};
const texts = Array.from({ length: count }, (_, index) =>
  index % 20 === 0 ? `${prose()} ${corpus[random(corpus.length)]?.text ?? ''}` : prose(),
);
const megabytes = texts.reduce((sum, text) => sum + text.length, 0) / 1e6;

function timed(work: () => number): { ms: number; found: number } {
  const start = performance.now();
  const found = work();
  return { ms: performance.now() - start, found };
}

const detect = openDetector(join(projectFolder, 'resources', 'privacy'));
const patterns = (isNaive: boolean) => () =>
  texts.reduce((sum, text) => sum + findByPattern(readFacts(text), isNaive).length, 0);
const runs = { naive: [] as number[], triggered: [] as number[], whole: [] as number[] };
for (let round = 0; round < 6; round += 1) {
  const naive = timed(patterns(true));
  const triggered = timed(patterns(false));
  const whole = timed(() => texts.reduce((sum, text) => sum + detect(text).length, 0));
  if (naive.found !== triggered.found) throw new Error(`${naive.found} finds against ${triggered.found}`);
  if (round === 0) continue;
  runs.naive.push(naive.ms);
  runs.triggered.push(triggered.ms);
  runs.whole.push(whole.ms);
}
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const speed = (values: readonly number[]): number =>
  Math.round((megabytes / (median(values) / 1000)) * 10) / 10;
const hostile = 'Aa '.repeat(350_000).slice(0, 1_000_000);
console.log(
  JSON.stringify({
    bench: 'personal-data',
    texts: count,
    megabytes: Math.round(megabytes * 10) / 10,
    patternsAgainstNaive: Math.round((median(runs.naive) / median(runs.triggered)) * 10) / 10,
    megabytesPerSecond: {
      naive: speed(runs.naive),
      patterns: speed(runs.triggered),
      withNames: speed(runs.whole),
    },
    hostileMegabyteMs: Math.round(timed(() => detect(hostile).length).ms),
  }),
);
