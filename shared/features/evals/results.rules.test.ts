import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Grade, Grader } from './graders.model.ts';
import { type GradePair, outcomeOf, summarise } from './results.rules.ts';

const exact: Grader = {
  type: 'string_check',
  name: 'Exact match',
  input: '{{sample.output_text}}',
  reference: '{{item.expected_text}}',
  operation: 'eq',
};
const similarity: Grader = {
  type: 'text_similarity',
  name: 'Fuzzy match',
  input: '{{sample.output_text}}',
  reference: '{{item.expected_text}}',
  evaluation_metric: 'fuzzy_match',
};
const grade = (part: Partial<Grade>): Grade => ({
  score: 0,
  passed: false,
  failure: null,
  note: '',
  label: null,
  fields: null,
  ...part,
});
const passFail = (base: boolean, tuned: boolean): GradePair => ({
  base: grade({ score: Number(base), passed: base }),
  tuned: grade({ score: Number(tuned), passed: tuned }),
});
const repeat = (count: number, pair: GradePair): GradePair[] => Array.from({ length: count }, () => pair);
const right = passFail(true, true);
const wrong = passFail(false, false);
const gained = passFail(false, true);
const lost = passFail(true, false);

describe('summarise', () => {
  it('counts the four paired outcomes and says better when interval and test agree', () => {
    const result = summarise(
      exact,
      [...repeat(20, right), ...repeat(15, gained), ...repeat(2, lost), ...repeat(3, wrong)],
      1,
    );
    expect(result.pairs).toEqual({ bothRight: 20, improved: 15, worsened: 2, bothWrong: 3 });
    expect(result.base).toMatchObject({ mean: 22 / 40, n: 40, method: 'wilson' });
    expect(result.difference.estimate).toBeCloseTo(13 / 40, 12);
    expect(result.difference.verdict).toBe('better');
    expect(result.sentence).toMatch(
      /^The tuned model is better\. Exact match: 55\.0 % before, 87\.5 % after/,
    );
  });

  it('never says better without evidence, whatever the items are', () => {
    const outcome = fc.constantFrom(right, wrong, gained, lost);
    fc.assert(
      fc.property(fc.array(outcome, { minLength: 1, maxLength: 25 }), (pairs) => {
        const { difference, sentence } = summarise(exact, pairs, 3);
        const says = /\bbetter\b/.test(sentence);
        expect(says).toBe(difference.verdict === 'better');
        if (says) expect(difference.low).toBeGreaterThan(0);
      }),
      { numRuns: 15 },
    );
  });

  it('says why not: no difference, zero inside, too few items', () => {
    expect(summarise(exact, repeat(9, right), 1).sentence).toContain(
      'No item was answered with another score.',
    );
    expect(
      summarise(exact, [...repeat(20, right), ...repeat(7, gained), ...repeat(6, lost)], 1).sentence,
    ).toContain('The interval includes zero.');
    expect(summarise(exact, repeat(4, gained), 1).sentence).toContain('Only 4 items differ');
  });

  it('swaps sign when base and tuned are swapped', () => {
    const pairs = [...repeat(8, gained), ...repeat(3, lost), ...repeat(9, right)];
    const swapped = pairs.map(({ base, tuned }) => ({ base: tuned, tuned: base }));
    const one = summarise(exact, pairs, 4).difference;
    const other = summarise(exact, swapped, 4).difference;
    expect(other.low).toBeCloseTo(-one.high, 12);
    expect(other.high).toBeCloseTo(-one.low, 12);
    expect(other.mcnemarP).toBe(one.mcnemarP);
  });

  it('measures scores without a test of pass and fail', () => {
    const pairs = Array.from({ length: 30 }, (_, index) => ({
      base: grade({ score: 0.2 + (index % 5) / 20, passed: null }),
      tuned: grade({ score: 0.5 + (index % 7) / 20, passed: null }),
    }));
    const result = summarise(similarity, pairs, 1);
    expect(result).toMatchObject({ isPassFail: false, pairs: null, base: { method: 'bca' } });
    expect(result.difference).toMatchObject({ mcnemarP: null, verdict: 'better' });
  });

  it('counts failures and fields per model', () => {
    const pairs: GradePair[] = [
      {
        base: grade({ failure: 'parse_failure', fields: { a: false, b: false } }),
        tuned: grade({ score: 0.5, fields: { a: true, b: false } }),
      },
      {
        base: grade({ fields: { a: true, b: false } }),
        tuned: grade({ score: 1, passed: true, fields: { a: true, b: true } }),
      },
    ];
    const result = summarise({ type: 'json_match', name: 'All fields', fields: null }, pairs, 1);
    expect(result.failures).toEqual([{ failure: 'parse_failure', base: 1, tuned: 0 }]);
    expect(result.fields).toEqual([
      { field: 'a', n: 2, baseRight: 1, tunedRight: 2 },
      { field: 'b', n: 2, baseRight: 0, tunedRight: 1 },
    ]);
  });
});

describe('labels', () => {
  const grader: Grader = {
    type: 'classification',
    name: 'Label',
    source: { kind: 'text' },
    labels: ['cat', 'dog', 'pig'],
  };
  const labelled = (expected: string, predicted: string | null): Grade =>
    grade({
      score: Number(expected === predicted),
      passed: expected === predicted,
      label: { expected, predicted },
    });

  it('equals scikit-learn on its documented example, with a column for what is no label', () => {
    // classification_report's example: y_true = [0, 1, 2, 2, 2], y_pred = [0, 0, 2, 2, 1] with macro averages.
    const truth = ['cat', 'dog', 'pig', 'pig', 'pig'];
    const answers = ['cat', 'cat', 'pig', 'pig', 'dog'];
    const pairs = truth.map((expected, index) => ({
      base: labelled(expected, index === 0 ? null : (answers[index] ?? null)),
      tuned: labelled(expected, answers[index] ?? null),
    }));
    const { labels } = summarise(grader, pairs, 1);
    expect(labels?.tuned.confusion).toEqual([
      [1, 0, 0, 0],
      [1, 0, 0, 0],
      [0, 1, 2, 0],
    ]);
    expect(labels?.base.confusion[0]).toEqual([0, 0, 0, 1]);
    expect(labels?.tuned.accuracy).toBeCloseTo(0.6, 12);
    expect(labels?.tuned.macroPrecision).toBeCloseTo(0.5, 12);
    expect(labels?.tuned.macroRecall).toBeCloseTo(0.5555555555555555, 12);
    expect(labels?.tuned.macroF1).toBeCloseTo((2 / 3 + 0 + 0.8) / 3, 12);
    expect(labels?.tuned.perLabel[2]).toMatchObject({ support: 3, precision: 1, f1: 0.8 });
  });

  it('does not depend on the order of items', () => {
    const pairs = Array.from({ length: 24 }, (_, index) => ({
      base: labelled(['cat', 'dog', 'pig'][index % 3] ?? '', ['cat', 'cat', 'dog'][index % 3] ?? null),
      tuned: labelled(
        ['cat', 'dog', 'pig'][index % 3] ?? '',
        index % 8 === 0 ? null : (['cat', 'dog', 'pig'][index % 3] ?? null),
      ),
    }));
    const one = summarise(grader, pairs, 2);
    const other = summarise(grader, pairs.toReversed(), 2);
    expect(other.labels).toEqual(one.labels);
    expect(other.difference).toEqual(one.difference);
    expect(one.labels?.macroF1Difference.low).toBeGreaterThan(0);
  });
});

describe('outcomeOf', () => {
  it('knows all five', () => {
    expect([gained, lost, right, wrong].map(outcomeOf)).toEqual([
      'improved',
      'worsened',
      'both_right',
      'both_wrong',
    ]);
    const scores = (base: number, tuned: number): GradePair => ({
      base: grade({ score: base, passed: null }),
      tuned: grade({ score: tuned, passed: null }),
    });
    expect([scores(0.2, 0.3), scores(0.3, 0.2), scores(0.3, 0.3)].map(outcomeOf)).toEqual([
      'improved',
      'worsened',
      'unchanged',
    ]);
  });
});
