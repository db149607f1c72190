import { createJaccard } from '../../shared/features/quality/near-duplicates/jaccard.ts';
import { findNearGroups } from '../../shared/features/quality/near-duplicates/near-groups.ts';
import { createSketcher, planSketches } from '../../shared/features/quality/near-duplicates/sketch.ts';
import { createSketchTable } from '../../shared/features/quality/near-duplicates/sketch-table.ts';
import { classicalPairs } from './classical-minhash.ts';
import { median, threadMs } from './figures.ts';
import { createRandom } from './random.ts';

/*
 * Near duplicates: the engine (one-permutation MinHash, bands, every pair checked on its texts) against classical MinHash
 * with 128 permutations and bands, on the same texts, one tenth of them copies with 0.5 to 6.5 % of their words changed.
 * Run: node tests/bench/near-duplicates.ts [texts]. Prints one JSON object; only the ratio travels.
 */

const count = Number(process.argv[2] ?? 20_000);
const rounds = 5;
const random = createRandom(5);
const vocabulary = Array.from({ length: 60_000 }, (_, at) => `w${((at * 7919) % 100_003).toString(36)}`);
const word = (): string => vocabulary[Math.floor(vocabulary.length * random() ** 2.5)] ?? '';
const texts: string[] = [];
const planted: [number, number][] = [];
while (texts.length < count) {
  if (texts.length > 100 && random() < 0.1) {
    const from = Math.floor(random() * texts.length);
    const share = 0.005 + random() * 0.06;
    planted.push([from, texts.length]);
    texts.push(
      (texts[from] ?? '')
        .split(' ')
        .map((one) => (random() < share ? word() : one))
        .join(' '),
    );
  } else texts.push(Array.from({ length: 30 + Math.floor(random() * 170) }, word).join(' '));
}

function groups() {
  const plan = planSketches();
  const table = createSketchTable(plan);
  const sketcher = createSketcher(plan);
  for (const text of texts) {
    const { chunk, at } = table.next();
    sketcher.sketch(text, chunk, at);
  }
  return findNearGroups({ plan, table, firstOf: (row) => row, textOf: (row) => texts[row] ?? '' });
}

const timed = (work: () => unknown): number => {
  const start = threadMs();
  work();
  return threadMs() - start;
};
const ratios: number[] = [];
const own: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  const classicalMs = timed(() => classicalPairs(texts, 0.7));
  const ownMs = timed(groups);
  own.push(ownMs);
  ratios.push(classicalMs / ownMs);
}

const found = groups();
const groupOf = new Map(found.flatMap(({ rows }, group) => rows.map((row) => [row, group] as const)));
const jaccard = createJaccard(5);
const similarity = (one: number, other: number): number =>
  jaccard.of(jaccard.set(texts[one] ?? ''), jaccard.set(texts[other] ?? ''));
const isTogether = ([one, other]: readonly [number, number]): boolean =>
  groupOf.get(one) !== undefined && groupOf.get(one) === groupOf.get(other);
const recallFrom = (from: number, to: number): number => {
  const pairs = planted.filter(([one, other]) => {
    const alike = similarity(one, other);
    return alike >= from && alike < to;
  });
  return pairs.filter(isTogether).length / pairs.length;
};
const members = found.flatMap(({ rows: [first = 0, ...others] }) =>
  others.map((row) => similarity(first, row)),
);
const round = (value: number): number => Math.round(value * 1000) / 1000;

console.log(
  JSON.stringify({
    bench: 'near-duplicates',
    texts: count,
    megabytes: round(texts.reduce((sum, text) => sum + text.length, 0) / 1e6),
    ratioToClassical: round(median(ratios)),
    ratioWanted: 3,
    textsPerSecond: Math.round((count / median(own)) * 1000),
    recallFrom80: round(recallFrom(0.8, 1.01)),
    recall70To80: round(recallFrom(0.7, 0.8)),
    precisionFrom60: round(members.filter((alike) => alike >= 0.6).length / members.length),
  }),
);
