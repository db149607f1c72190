import { bootstrapStatistic } from '../../statistics/bootstrap.ts';
import type { LabelFigures, LabelReport } from './evals.model.ts';
import type { Grade } from './graders.model.ts';

type Pair = { expected: number; base: number; tuned: number };
type Side = 'base' | 'tuned';

/**
 * Confusion matrix, accuracy, precision, recall and F1 of both models, macro-averaged over the labels, with BCa
 * intervals of macro F1 and of its paired difference; undefined precision or recall counts 0. Null when no item
 * has an expected label.
 */
export function reportLabels(
  names: readonly string[],
  grades: readonly { base: Grade; tuned: Grade }[],
  seed: number,
): LabelReport | null {
  const pairs = grades.flatMap(({ base, tuned }): Pair[] => {
    const expected = names.indexOf(base.label?.expected ?? '');
    if (expected < 0) return [];
    return [{ expected, base: columnOf(names, base), tuned: columnOf(names, tuned) }];
  });
  if (pairs.length === 0) return null;
  // A canonical order, so that the order of items does not change the resamples.
  pairs.sort((a, b) => a.expected - b.expected || a.base - b.base || a.tuned - b.tuned);
  const f1 = (side: Side): ((items: Int32Array) => number) => {
    const count = confusionCounter(names.length, pairs, side);
    return (items) => macroF1(count(items), names.length);
  };
  const [baseF1, tunedF1] = [f1('base'), f1('tuned')];
  const difference = bootstrapStatistic(pairs.length, seed, (items) => tunedF1(items) - baseF1(items));
  return {
    names: [...names],
    base: figures(names, pairs, { side: 'base', seed, f1: baseF1 }),
    tuned: figures(names, pairs, { side: 'tuned', seed, f1: tunedF1 }),
    macroF1Difference: difference,
  };
}

function columnOf(names: readonly string[], grade: Grade): number {
  const predicted = grade.label?.predicted ?? null;
  const at = predicted === null ? -1 : names.indexOf(predicted);
  return at < 0 ? names.length : at;
}

/** Counts (expected, answered) pairs of drawn items into one reused table. */
function confusionCounter(
  labels: number,
  pairs: readonly Pair[],
  side: Side,
): (items: Int32Array) => Int32Array {
  const width = labels + 1;
  const cells = Int32Array.from(pairs, (pair) => pair.expected * width + pair[side]);
  const table = new Int32Array(labels * width);
  return (items) => {
    table.fill(0);
    for (const item of items) {
      const cell = cells[item] ?? 0;
      table[cell] = (table[cell] ?? 0) + 1;
    }
    return table;
  };
}

type Score = { support: number; answered: number; precision: number; recall: number; f1: number };

function scoreOf(table: Int32Array, labels: number, label: number): Score {
  const width = labels + 1;
  const right = table[label * width + label] ?? 0;
  let support = 0;
  let answered = 0;
  for (let other = 0; other < width; other += 1) support += table[label * width + other] ?? 0;
  for (let row = 0; row < labels; row += 1) answered += table[row * width + label] ?? 0;
  return {
    support,
    answered,
    precision: answered === 0 ? 0 : right / answered,
    recall: support === 0 ? 0 : right / support,
    f1: support + answered === 0 ? 0 : (2 * right) / (support + answered),
  };
}

/** Over the labels that occur: a resample without a rare label says nothing about it. */
function macroF1(table: Int32Array, labels: number): number {
  let sum = 0;
  let occurring = 0;
  for (let label = 0; label < labels; label += 1) {
    const { f1, support, answered } = scoreOf(table, labels, label);
    if (support + answered === 0) continue;
    sum += f1;
    occurring += 1;
  }
  return occurring === 0 ? 0 : sum / occurring;
}

function figures(
  names: readonly string[],
  pairs: readonly Pair[],
  of: { side: Side; seed: number; f1: (items: Int32Array) => number },
): LabelFigures {
  const all = Int32Array.from(pairs.keys());
  const table = confusionCounter(names.length, pairs, of.side)(all);
  const perLabel = names.map((name, label) => ({ name, ...scoreOf(table, names.length, label) }));
  const interval = bootstrapStatistic(pairs.length, of.seed, of.f1);
  const mean = (pick: (score: Score) => number): number =>
    perLabel.reduce((sum, score) => sum + pick(score), 0) / names.length;
  const width = names.length + 1;
  return {
    accuracy: pairs.filter((pair) => pair[of.side] === pair.expected).length / Math.max(1, pairs.length),
    macroPrecision: mean((score) => score.precision),
    macroRecall: mean((score) => score.recall),
    macroF1: interval.estimate,
    macroF1Low: interval.low,
    macroF1High: interval.high,
    perLabel,
    confusion: names.map((_, label) => Array.from(table.subarray(label * width, (label + 1) * width))),
  };
}
