import { bootstrapMean } from '../../statistics/bootstrap.ts';
import { wilsonInterval } from '../../statistics/proportions.ts';
import type { FieldReport, GraderResult, ItemOutcome, Measured, PairedDifference } from './evals.model.ts';
import type { Grade, Grader } from './graders.model.ts';
import { passes } from './graders.rules.ts';
import { reportLabels } from './labels.rules.ts';
import { judge, mcnemarExact } from './statistics.rules.ts';
import { sentenceOf } from './verdict.rules.ts';

/** Base and tuned grades of one item by one grader. */
export type GradePair = { base: Grade; tuned: Grade };

/** Sums up one grader over all items, paired. For pass/fail graders the score of an item is 1 or 0. */
export function summarise(grader: Grader, pairs: readonly GradePair[], seed: number): GraderResult {
  const isPassFail = passes(grader);
  const value = (grade: Grade): number => (isPassFail ? Number(grade.passed) : grade.score);
  const base = pairs.map((pair) => value(pair.base));
  const tuned = pairs.map((pair) => value(pair.tuned));
  const differences = tuned.map((score, index) => score - (base[index] ?? 0));
  const improved = differences.filter((difference) => difference > 0).length;
  const worsened = differences.filter((difference) => difference < 0).length;
  const mcnemarP = isPassFail ? mcnemarExact(improved, worsened) : null;
  const interval = bootstrapMean(differences, seed);
  const verdict = judge({ interval, differing: improved + worsened, mcnemarP });
  const difference: PairedDifference = { ...interval, n: pairs.length, verdict, mcnemarP };
  const measure = isPassFail ? measurePasses : measureScores;
  const measured = { base: measure(base, seed), tuned: measure(tuned, seed) };
  const bothRight = pairs.filter((pair) => pair.base.passed && pair.tuned.passed).length;
  return {
    grader,
    isPassFail,
    ...measured,
    difference,
    pairs: isPassFail
      ? { bothRight, improved, worsened, bothWrong: pairs.length - bothRight - improved - worsened }
      : null,
    failures: countFailures(pairs),
    fields: countFields(pairs),
    labels: grader.type === 'classification' ? reportLabels(grader.labels, pairs, seed) : null,
    sentence: sentenceOf({ grader, isPassFail, ...measured, difference, improved, worsened }),
  };
}

function measurePasses(values: readonly number[]): Measured {
  const passed = values.reduce((sum, value) => sum + value, 0);
  const { estimate, low, high } = wilsonInterval(passed, values.length);
  return { mean: estimate, low, high, n: values.length, method: 'wilson' };
}

function measureScores(values: readonly number[], seed: number): Measured {
  const { estimate, low, high } = bootstrapMean(values, seed);
  return { mean: estimate, low, high, n: values.length, method: 'bca' };
}

function countFailures(pairs: readonly GradePair[]): GraderResult['failures'] {
  const counts = new Map<string, { base: number; tuned: number }>();
  const count = (grade: Grade, side: 'base' | 'tuned'): void => {
    if (!grade.failure) return;
    const entry = counts.get(grade.failure) ?? { base: 0, tuned: 0 };
    entry[side] += 1;
    counts.set(grade.failure, entry);
  };
  for (const { base, tuned } of pairs) {
    count(base, 'base');
    count(tuned, 'tuned');
  }
  return [...counts].map(([failure, entry]) => ({ failure, ...entry }));
}

function countFields(pairs: readonly GradePair[]): FieldReport[] {
  const reports = new Map<string, FieldReport>();
  for (const { base, tuned } of pairs) {
    for (const field of Object.keys(base.fields ?? tuned.fields ?? {})) {
      const entry = reports.get(field) ?? { field, n: 0, baseRight: 0, tunedRight: 0 };
      entry.n += 1;
      if (base.fields?.[field]) entry.baseRight += 1;
      if (tuned.fields?.[field]) entry.tunedRight += 1;
      reports.set(field, entry);
    }
  }
  return [...reports.values()];
}

/** How an item fared under one grader; see {@link ItemOutcome}. */
export function outcomeOf({ base, tuned }: GradePair): ItemOutcome {
  if (base.passed !== null && tuned.passed !== null) {
    if (base.passed === tuned.passed) return tuned.passed ? 'both_right' : 'both_wrong';
    return tuned.passed ? 'improved' : 'worsened';
  }
  if (base.score === tuned.score) return 'unchanged';
  return tuned.score > base.score ? 'improved' : 'worsened';
}
