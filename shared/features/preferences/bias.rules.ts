import type { Interval } from '../../statistics/interval.ts';
import { exactShare } from '../../statistics/proportions.ts';
import { medianOf, robustScale } from '../../statistics/robust.ts';
import { fitLogistic, type LogisticFit } from './logistic.rules.ts';

/** A share with its 95 % Clopper–Pearson interval and the exact two-sided p against one half. */
export type TestedShare = Interval & { p: number };

/** Which side was chosen, as shown on screen: −1 left, 0 neither, 1 right. */
export type ChosenSides = Int8Array;

/**
 * What came of pairs that were shown again with their sides swapped: the same answer chosen twice (`same`), the same
 * side chosen twice and so the opposite answer (`leftTwice`, `rightTwice`), or a choice once and none the other time.
 */
export type SelfConsistency = {
  repeats: number;
  same: number;
  leftTwice: number;
  rightTwice: number;
  softened: number;
  share: TestedShare | null;
};

/** Compares the side chosen the first time with the one chosen on the swapped repeat; `share` is that of `same`. */
export function selfConsistency(first: ChosenSides, second: ChosenSides): SelfConsistency {
  if (first.length !== second.length) throw new RangeError('first and second choices differ in number');
  const found = { repeats: first.length, same: 0, leftTwice: 0, rightTwice: 0, softened: 0 };
  for (const [at, side] of first.entries()) {
    const again = second[at] ?? 0;
    if (side + again === 0) found.same += 1;
    else if (side === 0 || again === 0) found.softened += 1;
    else if (side < 0) found.leftTwice += 1;
    else found.rightTwice += 1;
  }
  return { ...found, share: found.repeats === 0 ? null : exactShare(found.same, found.repeats) };
}

/** Share of left among the choices of a side. With sides drawn at random it is one half for a fair reviewer. */
export type PositionBias = { left: number; right: number; neither: number; share: TestedShare | null };

/** Counts sides; `share` is null when no side was ever chosen. */
export function positionBias(sides: ChosenSides): PositionBias {
  let [left, right] = [0, 0];
  for (const side of sides) {
    if (side < 0) left += 1;
    else if (side > 0) right += 1;
  }
  const decided = left + right;
  return {
    left,
    right,
    neither: sides.length - decided,
    share: decided === 0 ? null : exactShare(left, decided),
  };
}

/**
 * How winning goes with length: the share of pairs of unequal length that the longer side won, and a logistic
 * regression of "left won" on the length of left minus that of right. Its slope is per unit of length (say per 100
 * characters), its intercept is what position adds at equal length.
 */
export type LengthBias = { pairs: number; longer: TestedShare | null; model: LogisticFit };

/** `differences[i]` is the length of left minus right of a pair with a winner, `leftWon[i]` 1 or 0. */
export function lengthBias(differences: Float64Array, leftWon: Uint8Array): LengthBias {
  if (differences.length !== leftWon.length) throw new RangeError('differences and winners differ in number');
  let [unequal, longer] = [0, 0];
  for (const [at, difference] of differences.entries()) {
    if (difference === 0) continue;
    unequal += 1;
    if (difference > 0 === (leftWon[at] === 1)) longer += 1;
  }
  return {
    pairs: differences.length,
    longer: unequal === 0 ? null : exactShare(longer, unequal),
    model: fitLogistic(differences, leftWon),
  };
}

/**
 * More characters a second than this cannot have been read: about four times the 238 words of six characters that
 * adults read silently in a minute (Brysbaert 2019), which is faster than skimming.
 */
export const fastestReading = 100;

/** Distance from the median of log time, in robust standard deviations, from which a verdict counts as an outlier. */
export const outlierDistance = 3.5;

/** With fewer verdicts no distance from the median is judged. */
export const fewestForOutliers = 20;

/** Bits of {@link SpeedReport} flags. */
export const speedFlags = { unread: 1, hurried: 2, paused: 4 } as const;

/**
 * `flags[i]` holds the bits of verdict i: too fast to have been read, unusually fast, unusually slow (a pause rather
 * than doubt). Medians are in milliseconds and characters a second; null without verdicts.
 */
export type SpeedReport = {
  flags: Uint8Array;
  unread: number;
  hurried: number;
  paused: number;
  medianMs: number | null;
  medianCharactersPerSecond: number | null;
};

/** Judges the times of one reviewer; `characters[i]` is what stood on screen (prompt and both sides). */
export function speedOutliers(milliseconds: Float64Array, characters: Int32Array): SpeedReport {
  if (milliseconds.length !== characters.length) throw new RangeError('times and lengths differ in number');
  const flags = new Uint8Array(milliseconds.length);
  const report = { flags, unread: 0, hurried: 0, paused: 0 };
  if (flags.length === 0) return { ...report, medianMs: null, medianCharactersPerSecond: null };
  // A clock may give 0 ms; one millisecond keeps its logarithm.
  const logs = milliseconds.map((time) => Math.log(Math.max(1, time)));
  const { median, scale } = robustScale(logs);
  const rates = milliseconds.map((time, at) => (characters[at] ?? 0) / (Math.max(1, time) / 1000));
  const isJudged = flags.length >= fewestForOutliers && scale > 0;
  for (const [at, log] of logs.entries()) {
    const distance = isJudged ? (log - median) / scale : 0;
    const isUnread = (rates[at] ?? 0) > fastestReading;
    const [isHurried, isPaused] = [distance < -outlierDistance, distance > outlierDistance];
    report.unread += Number(isUnread);
    report.hurried += Number(isHurried);
    report.paused += Number(isPaused);
    flags[at] =
      (isUnread ? speedFlags.unread : 0) |
      (isHurried ? speedFlags.hurried : 0) |
      (isPaused ? speedFlags.paused : 0);
  }
  return {
    ...report,
    medianMs: medianOf(milliseconds),
    medianCharactersPerSecond: medianOf(rates),
  };
}
