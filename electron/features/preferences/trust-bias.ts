import {
  lengthBias,
  positionBias,
  selfConsistency,
  speedFlags,
  speedOutliers,
} from '../../../shared/features/preferences/bias.rules.ts';
import { textOf } from '../../../shared/features/datasets/example-facts.ts';
import type { PreferenceKind } from '../../../shared/features/preferences/preferences.model.ts';
import type {
  Consistency,
  LengthFigure,
  PositionFigure,
  SpeedFigure,
} from '../../../shared/features/preferences/trust.model.ts';
import { exactShare } from '../../../shared/statistics/proportions.ts';
import type { GivenRow, Texts } from './trust.sql.ts';

/** Characters that a slope of length is per. */
const lengthUnit = 100;
const mostPairsNamed = 1000;

const sideOf = ({ choice }: GivenRow): number => (choice === 'a' ? -1 : choice === 'b' ? 1 : 0);

/** All together, and each reviewer where there are several. */
function eachReviewer<Found>(
  rows: readonly GivenRow[],
  reviewers: readonly string[],
  find: (rows: readonly GivenRow[]) => Found,
): (Found & { reviewer: string | null })[] {
  const all = { ...find(rows), reviewer: null };
  if (reviewers.length < 2) return [all];
  const own = Map.groupBy(rows, ({ reviewer }) => reviewer);
  return [all, ...reviewers.map((reviewer) => ({ ...find(own.get(reviewer) ?? []), reviewer }))];
}

/** Whether reviewers say the same of a pair when it comes back with its sides swapped. */
export function consistencyOf(
  kind: PreferenceKind,
  rows: readonly GivenRow[],
  reviewers: readonly string[],
): Consistency[] {
  return eachReviewer(rows, reviewers, (own) => {
    const first = new Map<string, GivenRow>();
    for (const row of own) if (row.isRepeat === 0) first.set(`${row.first} ${row.reviewer}`, row);
    const twice = own.flatMap((again) => {
      const before = again.isRepeat === 1 ? first.get(`${again.first} ${again.reviewer}`) : undefined;
      return before ? [{ before, again }] : [];
    });
    if (kind === 'pairs') {
      return selfConsistency(
        Int8Array.from(twice, ({ before }) => sideOf(before)),
        Int8Array.from(twice, ({ again }) => sideOf(again)),
      );
    }
    const same = twice.filter(({ before, again }) => before.rating === again.rating).length;
    return {
      repeats: twice.length,
      same,
      leftTwice: 0,
      rightTwice: 0,
      softened: twice.length - same,
      share: twice.length === 0 ? null : exactShare(same, twice.length),
    };
  });
}

/** How often the left side was chosen, on everything that was shown. */
export function positionOf(rows: readonly GivenRow[], reviewers: readonly string[]): PositionFigure[] {
  return eachReviewer(rows, reviewers, (own) => positionBias(Int8Array.from(own, sideOf)));
}

/** How winning goes with length, on what each saw first: a repeat would say the same twice. */
export function lengthOf(rows: readonly GivenRow[], reviewers: readonly string[]): LengthFigure[] {
  const decided = rows.filter((row) => row.isRepeat === 0 && sideOf(row) !== 0);
  return eachReviewer(decided, reviewers, (own) => {
    const { pairs, longer, model } = lengthBias(
      Float64Array.from(own, (row) => (row.aCharacters - (row.bCharacters ?? 0)) / lengthUnit),
      Uint8Array.from(own, (row) => Number(sideOf(row) < 0)),
    );
    return { pairs, longer, model: plainModel(model) };
  });
}

function plainModel(model: ReturnType<typeof lengthBias>['model']): LengthFigure['model'] {
  if (model.state === 'separated') return model;
  if (model.state !== 'fitted') return { state: model.state };
  const { slope, intercept } = model;
  return { state: 'fitted', slope, intercept };
}

/** Verdicts that came unusually fast or slow, reviewer by reviewer. */
export function speedOf(
  rows: readonly GivenRow[],
  reviewers: readonly string[],
  texts: Texts,
): SpeedFigure[] {
  const lengths = new Map<number, number>();
  const promptLength = (promptId: number): number => {
    const known = lengths.get(promptId);
    if (known !== undefined) return known;
    const { messages } = JSON.parse(texts.prompt(promptId).input) as { messages: Record<string, unknown>[] };
    const length = messages.reduce((sum, message) => sum + textOf(message).length, 0);
    lengths.set(promptId, length);
    return length;
  };
  const byReviewer = Map.groupBy(rows, ({ reviewer }) => reviewer);
  return reviewers.map((reviewer) => {
    const own = byReviewer.get(reviewer) ?? [];
    const { flags, ...found } = speedOutliers(
      Float64Array.from(own, ({ elapsedMs }) => elapsedMs),
      Int32Array.from(own, (row) => promptLength(row.promptId) + row.aCharacters + (row.bCharacters ?? 0)),
    );
    const named = (bits: number): number[] =>
      [...new Set(own.filter((_, at) => ((flags[at] ?? 0) & bits) !== 0).map(({ pairId }) => pairId))].slice(
        0,
        mostPairsNamed,
      );
    return {
      reviewer,
      verdicts: own.length,
      ...found,
      fastPairs: named(speedFlags.unread | speedFlags.hurried),
      slowPairs: named(speedFlags.paused),
    };
  });
}
