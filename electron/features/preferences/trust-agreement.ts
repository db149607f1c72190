import {
  agreementByReason,
  agreementByReviewerPair,
  type DrawOptions,
  krippendorffAlpha,
  overallAgreement,
} from '../../../shared/features/preferences/agreement.rules.ts';
import {
  type Ratings,
  preferenceStep,
  preferenceSteps,
} from '../../../shared/features/preferences/ratings.rules.ts';
import { choice, type PreferenceKind } from '../../../shared/features/preferences/preferences.model.ts';
import type { TrustAgreement } from '../../../shared/features/preferences/trust.model.ts';
import type { GivenRow } from './trust.sql.ts';

/** Resamples of each interval; fewer where many pairs of reviewers have one each. */
const usualDraws = 10_000;
const fewDraws = 2_000;
const manyReviewers = 6;
const stars = 5;

/** A dense number for each of some things, in order of first sight. */
export function createNumbers<Thing>() {
  const numbers = new Map<Thing, number>();
  return {
    of(thing: Thing): number {
      const known = numbers.get(thing) ?? numbers.size;
      numbers.set(thing, known);
      return known;
    },
    get count(): number {
      return numbers.size;
    },
  };
}

/** Step of a verdict on the ordered scale: stars, or from A far better to B far better. */
function stepOf({ choice: chosen, rating, strength }: GivenRow): number {
  if (rating !== null) return rating - 1;
  const side = chosen === 'a' ? 'left' : chosen === 'b' ? 'right' : 'none';
  return preferenceStep(side, strength ?? 1);
}

/**
 * How far reviewers agree on what each saw first; the adjudicator's verdicts and repeats are left out. Choices are five
 * unordered categories, preferences with their strength seven ordered steps, stars five.
 */
export function agreementOf(
  kind: PreferenceKind,
  rows: readonly GivenRow[],
  of: { reviewers: readonly string[]; seed: number },
): TrustAgreement {
  const looked = rows.filter(({ role, isRepeat }) => role === 'reviewer' && isRepeat === 0);
  const units = createNumbers<number>();
  const places = new Map(of.reviewers.map((name, at) => [name, at]));
  const shared = {
    units: Int32Array.from(looked, ({ first }) => units.of(first)),
    raters: Int32Array.from(looked, ({ reviewer }) => places.get(reviewer) ?? 0),
  };
  const isRated = kind === 'ratings';
  const ordered: Ratings = {
    ...shared,
    values: Int32Array.from(looked, stepOf),
    categories: isRated ? stars : preferenceSteps,
  };
  const nominal: Ratings = isRated
    ? ordered
    : {
        ...shared,
        values: Int32Array.from(looked, (row) => choice.options.indexOf(row.choice ?? 'tie')),
        categories: choice.options.length,
      };
  const draws = of.reviewers.length > manyReviewers ? fewDraws : usualDraws;
  const options = { seed: of.seed, draws };
  const { percent, alphaNominal } = overallAgreement(nominal, { ...options, isOrdered: false });
  return {
    overlap: percent.units,
    percent,
    alphaNominal,
    alphaOrdinal: krippendorffAlpha(ordered, { ...options, scale: 'ordinal' }),
    reviewers: byReviewers({ nominal, ordered }, of.reviewers, options),
    reasons: byReasons(looked, shared, options),
  };
}

function byReviewers(
  { nominal, ordered }: { nominal: Ratings; ordered: Ratings },
  names: readonly string[],
  options: DrawOptions,
): TrustAgreement['reviewers'] {
  const weighted = agreementByReviewerPair(ordered, { ...options, isOrdered: true });
  return agreementByReviewerPair(nominal, { ...options, isOrdered: false }).map((pair, at) => ({
    first: names[pair.first] ?? '',
    second: names[pair.second] ?? '',
    pairs: pair.units,
    percent: pair.percent,
    kappa: pair.kappa,
    // Both lists hold the pairs of reviewers who share a unit, in one order.
    weightedKappa: weighted[at]?.weightedKappa ?? null,
  }));
}

function byReasons(
  rows: readonly GivenRow[],
  ratings: Pick<Ratings, 'units' | 'raters'>,
  options: DrawOptions,
): TrustAgreement['reasons'] {
  const codes = createNumbers<string>();
  const [names, entries, reasons]: [string[], number[], number[]] = [[], [], []];
  for (const [entry, row] of rows.entries()) {
    for (const code of JSON.parse(row.reasons) as string[]) {
      const reason = codes.of(code);
      names[reason] = code;
      entries.push(entry);
      reasons.push(reason);
    }
  }
  const marks = { entries: Int32Array.from(entries), reasons: Int32Array.from(reasons), count: codes.count };
  return agreementByReason(ratings, marks, options)
    .map(({ reason, given, percent, alpha }) => ({ code: names[reason] ?? '', given, percent, alpha }))
    .toSorted((one, other) => other.given - one.given || one.code.localeCompare(other.code));
}
