import type { Interval } from '../../statistics/interval.ts';
import { bootstrapCounts, type CountStatistic } from '../../statistics/resample-counts.ts';
import {
  byUnit,
  type CrossTable,
  crossTables,
  patternsOf,
  type Ratings,
  type UnitPatterns,
} from './ratings.rules.ts';

/** Seed of the bootstrap, and how many resamples (10,000 unless said otherwise). */
export type DrawOptions = { seed: number; draws?: number };

/**
 * A coefficient of agreement with its 95 % BCa bootstrap interval (units are resampled). Without a value, `why` says
 * the reason: no unit was rated twice, or only one category was ever given, so that chance alone explains everything.
 * `undefinedDraws` of `draws` resamples had no value for that second reason and are left out of the interval.
 */
export type Agreement = {
  value: Interval | null;
  why: 'no_overlap' | 'one_category' | null;
  /** Units with at least two ratings. */
  units: number;
  draws: number;
  undefinedDraws: number;
};

/** How far two ratings are apart for weighted κ: not at all equal, by steps, or by squared steps. */
export type KappaWeights = 'none' | 'linear' | 'quadratic';

/** What α counts as disagreement: any difference, or how many ratings lie between two ordered categories. */
export type AlphaScale = 'nominal' | 'ordinal';

/** Share of all pairs of ratings of one unit by two reviewers that are equal. */
export function percentAgreement(ratings: Ratings, options: DrawOptions): Agreement {
  const patterns = patternsOf(byUnit(ratings));
  return measure(patterns.counts, percentStatistic(patterns), options);
}

/**
 * Krippendorff's α (2011, "Computing Krippendorff's Alpha-Reliability") for any number of reviewers and with missing
 * ratings: 1 is agreement without exception, 0 what chance would give, below 0 worse than chance.
 */
export function krippendorffAlpha(ratings: Ratings, options: DrawOptions & { scale: AlphaScale }): Agreement {
  const patterns = patternsOf(byUnit(ratings));
  return measure(patterns.counts, alphaStatistic(patterns, options.scale), options);
}

/** Cohen's κ (1960) of two reviewers, or weighted κ (1968) for ordered categories. */
export function cohenKappa(
  table: Pick<CrossTable, 'cells' | 'categories'>,
  options: DrawOptions & { weights?: KappaWeights },
): Agreement {
  const statistic = kappaStatistic(table.categories, options.weights ?? 'none');
  return measure(table.cells, statistic, options);
}

/** All figures over all reviewers; α ordinal only where the categories have an order. */
export type OverallAgreement = {
  ratings: number;
  percent: Agreement;
  alphaNominal: Agreement;
  alphaOrdinal: Agreement | null;
};

/** Percent agreement and α over all reviewers, from one pass over the ratings. */
export function overallAgreement(
  ratings: Ratings,
  options: DrawOptions & { isOrdered: boolean },
): OverallAgreement {
  const table = byUnit(ratings);
  const patterns = patternsOf(table);
  const of = (statistic: CountStatistic): Agreement => measure(patterns.counts, statistic, options);
  return {
    ratings: table.values.length,
    percent: of(percentStatistic(patterns)),
    alphaNominal: of(alphaStatistic(patterns, 'nominal')),
    alphaOrdinal: options.isOrdered ? of(alphaStatistic(patterns, 'ordinal')) : null,
  };
}

/** Two reviewers on the units both rated; weighted κ (linear) only where the categories have an order. */
export type ReviewerPair = {
  first: number;
  second: number;
  units: number;
  percent: Agreement;
  kappa: Agreement;
  weightedKappa: Agreement | null;
};

/** Figures of each pair of reviewers who share a unit, in order of reviewer numbers. */
export function agreementByReviewerPair(
  ratings: Ratings,
  options: DrawOptions & { isOrdered: boolean },
): ReviewerPair[] {
  return crossTables(byUnit(ratings)).map((table) => ({
    first: table.first,
    second: table.second,
    units: table.units,
    percent: measure(table.cells, diagonalShare(table.categories), options),
    kappa: cohenKappa(table, options),
    weightedKappa: options.isOrdered ? cohenKappa(table, { ...options, weights: 'linear' }) : null,
  }));
}

/** Which reasons were given: `reasons[i]` (0 … count − 1) with rating number `entries[i]` of the ratings. */
export type ReasonMarks = { entries: Int32Array; reasons: Int32Array; count: number };

/** Whether reviewers give one reason for the same units; `given` counts the ratings that carry it. */
export type ReasonAgreement = { reason: number; given: number; percent: Agreement; alpha: Agreement };

/** For each reason: given or not given, as a nominal rating of two categories. A rare reason has a high percentage by chance; α tells. */
export function agreementByReason(
  ratings: Pick<Ratings, 'units' | 'raters'>,
  marks: ReasonMarks,
  options: DrawOptions,
): ReasonAgreement[] {
  return Array.from({ length: marks.count }, (_, reason) => {
    const values = new Int32Array(ratings.units.length);
    for (const [at, entry] of marks.entries.entries()) if (marks.reasons[at] === reason) values[entry] = 1;
    const given = values.reduce((sum, value) => sum + value, 0);
    const { percent, alphaNominal } = overallAgreement(
      { ...ratings, values, categories: 2 },
      { ...options, isOrdered: false },
    );
    return { reason, given, percent, alpha: alphaNominal };
  });
}

function measure(counts: Int32Array, statistic: CountStatistic, options: DrawOptions): Agreement {
  let units = 0;
  for (const count of counts) units += count;
  const { interval, draws, undefinedDraws } = bootstrapCounts(counts, statistic, options);
  const why = interval !== null ? null : units === 0 ? 'no_overlap' : 'one_category';
  return { value: interval, why, units, draws, undefinedDraws };
}

function percentStatistic({ counts, tallies, categories }: UnitPatterns): CountStatistic {
  const equal = new Float64Array(counts.length);
  const all = new Float64Array(counts.length);
  for (let pattern = 0; pattern < counts.length; pattern += 1) {
    let ratings = 0;
    let pairs = 0;
    for (let category = 0; category < categories; category += 1) {
      const tally = tallies[pattern * categories + category] ?? 0;
      ratings += tally;
      pairs += (tally * (tally - 1)) / 2;
    }
    equal[pattern] = pairs;
    all[pattern] = (ratings * (ratings - 1)) / 2;
  }
  return (drawn) => dot(drawn, equal) / dot(drawn, all);
}

/** α = 1 − observed / expected disagreement, both from the coincidences each pattern contributes. */
function alphaStatistic(patterns: UnitPatterns, scale: AlphaScale): CountStatistic {
  const { counts, tallies, categories } = patterns;
  const coincidences = coincidencesOf(patterns);
  const cells = (categories * (categories - 1)) / 2;
  const observed = new Float64Array(cells);
  const margins = new Float64Array(categories);
  return (drawn) => {
    observed.fill(0);
    margins.fill(0);
    for (let pattern = 0; pattern < counts.length; pattern += 1) {
      const units = drawn[pattern] ?? 0;
      if (units === 0) continue;
      for (let cell = 0; cell < cells; cell += 1)
        observed[cell] = (observed[cell] ?? 0) + units * (coincidences[pattern * cells + cell] ?? 0);
      for (let category = 0; category < categories; category += 1)
        margins[category] =
          (margins[category] ?? 0) + units * (tallies[pattern * categories + category] ?? 0);
    }
    return alphaFrom(observed, margins, scale);
  };
}

/** What one unit of each pattern adds above the diagonal of the coincidence matrix, one row of cells a pattern. */
function coincidencesOf({ counts, tallies, categories }: UnitPatterns): Float64Array {
  const cells = (categories * (categories - 1)) / 2;
  const coincidences = new Float64Array(counts.length * cells);
  for (let pattern = 0; pattern < counts.length; pattern += 1) {
    const tally = tallies.subarray(pattern * categories, (pattern + 1) * categories);
    const ratings = tally.reduce((sum, value) => sum + value, 0);
    let cell = pattern * cells;
    for (let one = 0; one < categories; one += 1)
      for (let other = one + 1; other < categories; other += 1) {
        coincidences[cell] = ((tally[one] ?? 0) * (tally[other] ?? 0)) / (ratings - 1);
        cell += 1;
      }
  }
  return coincidences;
}

function alphaFrom(observed: Float64Array, margins: Float64Array, scale: AlphaScale): number {
  let [total, found, expected, cell] = [0, 0, 0, 0];
  for (const margin of margins) total += margin;
  for (let one = 0; one < margins.length; one += 1) {
    const own = margins[one] ?? 0;
    // Ratings from the middle of the one category to the middle of the other, squared, for the ordinal scale.
    let reached = own / 2;
    for (let other = one + 1; other < margins.length; other += 1) {
      const margin = margins[other] ?? 0;
      const distance = scale === 'nominal' ? 1 : (reached + margin / 2) ** 2;
      reached += margin;
      found += (observed[cell] ?? 0) * distance;
      expected += own * margin * distance;
      cell += 1;
    }
  }
  return expected === 0 ? Number.NaN : 1 - ((total - 1) * found) / expected;
}

function kappaStatistic(categories: number, weights: KappaWeights): CountStatistic {
  const rows = new Float64Array(categories);
  const columns = new Float64Array(categories);
  const weightOf = (one: number, other: number): number => {
    if (weights === 'none') return one === other ? 0 : 1;
    return weights === 'linear' ? Math.abs(one - other) : (one - other) ** 2;
  };
  const distances = Float64Array.from({ length: categories * categories }, (_, cell) =>
    weightOf(Math.floor(cell / categories), cell % categories),
  );
  return (cells) => {
    rows.fill(0);
    columns.fill(0);
    let [units, found, expected] = [0, 0, 0];
    for (let cell = 0; cell < cells.length; cell += 1) {
      const count = cells[cell] ?? 0;
      const [row, column] = [Math.floor(cell / categories), cell % categories];
      units += count;
      rows[row] = (rows[row] ?? 0) + count;
      columns[column] = (columns[column] ?? 0) + count;
      found += count * (distances[cell] ?? 0);
    }
    for (let cell = 0; cell < cells.length; cell += 1)
      expected +=
        (distances[cell] ?? 0) *
        (rows[Math.floor(cell / categories)] ?? 0) *
        (columns[cell % categories] ?? 0);
    return expected === 0 ? Number.NaN : 1 - (units * found) / expected;
  };
}

function diagonalShare(categories: number): CountStatistic {
  return (cells) => {
    let [same, units] = [0, 0];
    for (const [cell, count] of cells.entries()) {
      units += count;
      if (cell % (categories + 1) === 0) same += count;
    }
    return same / units;
  };
}

function dot(drawn: Int32Array, values: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) sum += (drawn[at] ?? 0) * (values[at] ?? 0);
  return sum;
}
