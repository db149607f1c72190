import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trustGolden } from '../../../tests/fixtures/preferences/trust-golden.ts';
import {
  agreementByReason,
  agreementByReviewerPair,
  cohenKappa,
  krippendorffAlpha,
  overallAgreement,
  percentAgreement,
} from './agreement.rules.ts';
import { preferenceStep, preferenceSteps, type Ratings } from './ratings.rules.ts';

const few = { seed: 1, draws: 50 };

function ratingsOf(rows: readonly (readonly (number | null)[])[], categories: number): Ratings {
  const entries = rows.flatMap((row, rater) =>
    row.flatMap((value, unit) => (value === null ? [] : [{ rater, unit, value }])),
  );
  return {
    units: Int32Array.from(entries, ({ unit }) => unit),
    raters: Int32Array.from(entries, ({ rater }) => rater),
    values: Int32Array.from(entries, ({ value }) => value),
    categories,
  };
}

const estimate = (of: { value: { estimate: number } | null }): number => of.value?.estimate ?? Number.NaN;
const cellsOf = (cells: number[][]) => ({ cells: Int32Array.from(cells.flat()), categories: cells.length });

const rowsOf = (raters: number, categories: number) =>
  fc.array(
    fc.array(fc.option(fc.nat(categories - 1), { freq: 4 }), { minLength: raters, maxLength: raters }),
    { minLength: 2, maxLength: 25 },
  );
const turned = (units: (number | null)[][]): (number | null)[][] =>
  (units[0] ?? []).map((_, rater) => units.map((unit) => unit[rater] ?? null));

describe('reference values', () => {
  it.each(trustGolden.agreement)('$name', ({ rows, categories, percent, nominal, ordinal }) => {
    const ratings = ratingsOf(rows, categories);
    expect(estimate(percentAgreement(ratings, few))).toBeCloseTo(percent, 12);
    expect(estimate(krippendorffAlpha(ratings, { ...few, scale: 'nominal' }))).toBeCloseTo(nominal, 12);
    expect(estimate(krippendorffAlpha(ratings, { ...few, scale: 'ordinal' }))).toBeCloseTo(ordinal, 12);
  });

  it('prints what Krippendorff (2011) prints: 0.743 nominal and 0.815 ordinal', () => {
    const example = ratingsOf(trustGolden.agreement[0]?.rows ?? [], 5);
    const found = overallAgreement(example, { ...few, isOrdered: true });
    expect(estimate(found.alphaNominal).toFixed(3)).toBe('0.743');
    expect(found.alphaOrdinal === null ? '' : estimate(found.alphaOrdinal).toFixed(3)).toBe('0.815');
    expect(found).toMatchObject({ ratings: 41, percent: { units: 11 } });
  });

  it.each(trustGolden.kappas)('κ and weighted κ: $name', ({ cells, none, linear, quadratic }) => {
    const table = cellsOf(cells);
    expect(estimate(cohenKappa(table, few))).toBeCloseTo(none, 12);
    expect(estimate(cohenKappa(table, { ...few, weights: 'linear' }))).toBeCloseTo(linear, 12);
    expect(estimate(cohenKappa(table, { ...few, weights: 'quadratic' }))).toBeCloseTo(quadratic, 12);
  });

  it('has the BCa intervals of SciPy, but for the chance of other resamples', () => {
    const { cells, kappa, alpha } = trustGolden.intervals;
    const pairs = cells.flatMap((row, a) =>
      row.flatMap((count, b) => Array.from({ length: count }, () => [a, b])),
    );
    const ratings = ratingsOf(turned(pairs), 3);
    const own = cohenKappa(cellsOf(cells), { seed: 4 }).value;
    expect(Math.abs((own?.low ?? 9) - kappa.low)).toBeLessThan(0.008);
    expect(Math.abs((own?.high ?? 9) - kappa.high)).toBeLessThan(0.008);
    const nominal = krippendorffAlpha(ratings, { seed: 4, scale: 'nominal' }).value;
    expect(Math.abs((nominal?.low ?? 9) - alpha.low)).toBeLessThan(0.008);
    expect(Math.abs((nominal?.high ?? 9) - alpha.high)).toBeLessThan(0.008);
  });
});

describe('what holds for all ratings', () => {
  it('is 1 for reviewers who always agree and use more than one category', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(3), { minLength: 2, maxLength: 40 }),
        fc.integer({ min: 2, max: 4 }),
        (values, n) => {
          fc.pre(new Set(values).size > 1);
          const ratings = ratingsOf(
            Array.from({ length: n }, () => values),
            4,
          );
          const { percent, alphaNominal, alphaOrdinal } = overallAgreement(ratings, {
            ...few,
            isOrdered: true,
          });
          for (const one of [percent, alphaNominal, alphaOrdinal])
            expect(one?.value).toEqual({ estimate: 1, low: 1, high: 1 });
          for (const pair of agreementByReviewerPair(ratings, { ...few, isOrdered: true })) {
            expect(pair.kappa.value).toEqual({ estimate: 1, low: 1, high: 1 });
            expect(pair.weightedKappa?.value).toEqual({ estimate: 1, low: 1, high: 1 });
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('does not change when categories, reviewers or units get other numbers', () => {
    fc.assert(
      fc.property(
        rowsOf(4, 5),
        fc.constantFrom([1, 2, 3, 4, 0], [4, 3, 2, 1, 0], [0, 4, 1, 3, 2]),
        (units, names) => {
          const renamed = units
            .map((unit) => unit.map((value) => (value === null ? null : (names[value] ?? 0))).toReversed())
            .toReversed();
          const of = (rows: (number | null)[][], scale: 'nominal' | 'ordinal') =>
            estimate(krippendorffAlpha(ratingsOf(turned(rows), 5), { ...few, scale }));
          expect(of(renamed, 'nominal')).toBeCloseTo(of(units, 'nominal'), 12);
          // An ordinal scale has a direction only; turning it round changes nothing.
          const mirrored = units.map((unit) => unit.map((value) => (value === null ? null : 4 - value)));
          expect(of(mirrored, 'ordinal')).toBeCloseTo(of(units, 'ordinal'), 12);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps the value inside its interval, and the interval from one seed the same', () => {
    fc.assert(
      fc.property(rowsOf(3, 3), fc.nat(1000), (units, seed) => {
        const options = { seed, draws: 400, scale: 'nominal' } as const;
        const one = krippendorffAlpha(ratingsOf(turned(units), 3), options);
        expect(krippendorffAlpha(ratingsOf(turned(units), 3), options)).toEqual(one);
        if (one.value === null) expect(one.why).not.toBeNull();
        else expect(one.value.low).toBeLessThanOrEqual(one.value.high);
      }),
      { numRuns: 30 },
    );
  });

  it('covers the true κ about 95 times in 100', () => {
    // Two reviewers who each copy the truth (three equal categories) with 80 %: κ = (0.66 − 1/3) / (2/3) = 0.49.
    let state = 99;
    const random = (): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    const rate = (truth: number): number => (random() < 0.7 ? truth : Math.floor(random() * 3));
    let covered = 0;
    for (let trial = 0; trial < 100; trial += 1) {
      const cells = new Int32Array(9);
      for (let unit = 0; unit < 120; unit += 1) {
        const truth = Math.floor(random() * 3);
        const cell = rate(truth) * 3 + rate(truth);
        cells[cell] = (cells[cell] ?? 0) + 1;
      }
      const { value } = cohenKappa({ cells, categories: 3 }, { seed: trial, draws: 1000 });
      if (value !== null && value.low <= 0.49 && value.high >= 0.49) covered += 1;
    }
    expect(covered).toBeGreaterThanOrEqual(88);
  });
});

describe('what cannot be said', () => {
  it('names the reason when nothing was rated twice or only one category was used', () => {
    const options = { ...few, isOrdered: false };
    const alone = overallAgreement(
      ratingsOf(
        [
          [0, 1, null],
          [null, null, 1],
        ],
        2,
      ),
      options,
    );
    expect(alone.percent).toMatchObject({ value: null, why: 'no_overlap', units: 0 });
    const same = overallAgreement(
      ratingsOf(
        [
          [1, 1],
          [1, 1],
        ],
        2,
      ),
      options,
    );
    expect(same.percent.value?.estimate).toBe(1);
    expect(same.alphaNominal).toMatchObject({ value: null, why: 'one_category', units: 2 });
  });

  it('counts resamples without a value instead of calling them 0 or 1', () => {
    const { value, undefinedDraws } = cohenKappa(
      cellsOf([
        [9, 0],
        [0, 1],
      ]),
      { seed: 1, draws: 2000 },
    );
    expect(value).toEqual({ estimate: 1, low: 1, high: 1 });
    // All ten draws from the nine: 0.9¹⁰ = 35 %.
    expect(undefinedDraws / 2000).toBeCloseTo(0.35, 1);
  });

  it('refuses categories that do not exist and lists of different lengths', () => {
    const ratings = ratingsOf([[0, 3]], 2);
    expect(() => percentAgreement(ratings, few)).toThrow('no category 3 of 2');
    expect(() => percentAgreement({ ...ratings, units: new Int32Array(1) }, few)).toThrow('differ in length');
    expect(() =>
      percentAgreement({ ...ratings, units: Int32Array.of(-1, 0), values: new Int32Array(2) }, few),
    ).toThrow('start at 0');
  });
});

describe('by reviewer and by reason', () => {
  it('shows each pair of reviewers who share units, the last verdict of each counting', () => {
    const ratings: Ratings = {
      units: Int32Array.of(0, 0, 0, 1, 1, 2, 2, 3),
      raters: Int32Array.of(2, 0, 2, 0, 2, 0, 1, 1),
      values: Int32Array.of(0, 1, 1, 0, 0, 1, 0, 1),
      categories: 2,
    };
    const pairs = agreementByReviewerPair(ratings, { ...few, isOrdered: false });
    expect(pairs.map(({ first, second, units }) => [first, second, units])).toEqual([
      [0, 1, 1],
      [0, 2, 2],
    ]);
    expect(estimate(pairs[1]?.kappa ?? { value: null })).toBe(1);
    expect(pairs[0]).toMatchObject({ percent: { value: { estimate: 0 } }, weightedKappa: null });
  });

  it('measures each reason as given or not given', () => {
    const ratings = { units: Int32Array.of(0, 0, 1, 1, 2, 2), raters: Int32Array.of(0, 1, 0, 1, 0, 1) };
    const marks = { entries: Int32Array.of(0, 1, 2, 4), reasons: Int32Array.of(0, 0, 1, 0), count: 3 };
    const [first, second, third] = agreementByReason(ratings, marks, few);
    expect(first).toMatchObject({ reason: 0, given: 3, percent: { value: { estimate: 2 / 3 } } });
    // Values 1 1 | 0 0 | 1 0: α = 1 − 5 · 2 / (2 · 3 · 3).
    expect(estimate(first?.alpha ?? { value: null })).toBeCloseTo(1 - 10 / 18, 12);
    expect(second).toMatchObject({ reason: 1, given: 1 });
    expect(third).toMatchObject({ given: 0, alpha: { value: null, why: 'one_category' } });
  });

  it('puts verdicts on one scale of seven steps', () => {
    const steps = [
      ...([3, 2, 1] as const).map((strength) => preferenceStep('left', strength)),
      preferenceStep('none', 1),
      ...([1, 2, 3] as const).map((strength) => preferenceStep('right', strength)),
    ];
    expect(steps).toEqual(Array.from({ length: preferenceSteps }, (_, step) => step));
  });
});
