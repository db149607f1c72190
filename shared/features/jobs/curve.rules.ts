import type { JobMetric } from './jobs.model.ts';

/** One line of a chart: the provider's name for a metric, and its values by step. */
export type CurvePoint = { step: number; value: number };

/** Names under which providers report the same thing, the first that is there is used (platform reference 1.1.3). */
const names = {
  trainLoss: ['train_loss'],
  validLoss: ['full_valid_loss', 'valid_loss'],
  trainAccuracy: ['train_mean_token_accuracy', 'train_accuracy'],
  validAccuracy: ['full_valid_mean_token_accuracy', 'valid_mean_token_accuracy'],
  // Preference training: no names are documented; these are ours and those seen in the wild.
  trainMargin: ['train_reward_margin', 'train_rewards_margin', 'rewards/margins'],
  validMargin: ['full_valid_reward_margin', 'valid_reward_margin', 'valid_rewards_margin'],
  trainRewardAccuracy: ['train_reward_accuracy', 'train_rewards_accuracy', 'rewards/accuracies'],
  validRewardAccuracy: ['full_valid_reward_accuracy', 'valid_reward_accuracy', 'valid_rewards_accuracy'],
} as const;
export type CurveName = keyof typeof names;

/** The points of a curve; metrics with none of its names are passed over. */
export function curveOf(metrics: readonly JobMetric[], name: CurveName): CurvePoint[] {
  const key = names[name].find((one) => metrics.some((metric) => one in metric.values));
  if (!key) return [];
  return metrics.flatMap((metric) => {
    const value = metric.values[key];
    return value === undefined ? [] : [{ step: metric.step, value }];
  });
}

/** The mean of each point and the `width − 1` before it, so that the noise of small batches does not hide the course. */
export function runningMean(points: readonly CurvePoint[], width: number): CurvePoint[] {
  let sum = 0;
  return points.map((point, place) => {
    sum += point.value;
    const gone = points[place - width];
    if (gone) sum -= gone.value;
    return { step: point.step, value: sum / Math.min(width, place + 1) };
  });
}

/** What the curves say: a sentence with its numbers, and the step it is about. */
export type CurveVerdict = {
  kind: 'overfitting' | 'diverging' | 'still_improving' | 'flat';
  step: number;
  sentence: string;
};

/** A change of validation loss that is more than noise: this share of its lowest value, … */
const noticeableRise = 0.05;
/** … and this share of where it began, because near zero every change is a large share of itself. */
const noticeableShare = 0.02;
const fewestValidations = 3;

const show = (value: number): string => (Math.abs(value) >= 1000 ? value.toExponential(2) : value.toFixed(3));

/**
 * Reads the curves as a person would: over-fitting is validation loss noticeably above its lowest value while
 * training loss went on falling; diverging is training loss ending above where it began. Null when there is too
 * little to say anything.
 */
export function judgeCurves(metrics: readonly JobMetric[]): CurveVerdict | null {
  const train = curveOf(metrics, 'trainLoss');
  return judgeTraining(train) ?? judgeValidation(curveOf(metrics, 'validLoss'), train);
}

function mean(points: readonly CurvePoint[]): number {
  return points.reduce((sum, point) => sum + point.value, 0) / Math.max(1, points.length);
}

/** Ends of a noisy curve as means over a tenth of it, at least one point. */
function ends(points: readonly CurvePoint[]): { first: number; last: number } {
  const width = Math.max(1, Math.floor(points.length / 10));
  return { first: mean(points.slice(0, width)), last: mean(points.slice(-width)) };
}

function judgeTraining(train: readonly CurvePoint[]): CurveVerdict | null {
  const lastPoint = train.at(-1);
  if (train.length < 5 || !lastPoint) return null;
  const { first, last } = ends(train);
  if (!(last > first * 1.1)) return null;
  return {
    kind: 'diverging',
    step: lastPoint.step,
    sentence: `Training loss rose from ${show(first)} to ${show(last)}: the learning rate is too high. Train again with a lower one.`,
  };
}

/** Mean training loss in the tenth of the steps that ends at `step`. */
function trainingNear(train: readonly CurvePoint[], step: number): number | null {
  const until = train.filter((point) => point.step <= step);
  const width = Math.max(1, Math.floor(train.length / 10));
  return until.length > 0 ? mean(until.slice(-width)) : null;
}

function judgeValidation(valid: readonly CurvePoint[], train: readonly CurvePoint[]): CurveVerdict | null {
  const last = valid.at(-1);
  const first = valid[0];
  if (valid.length < fewestValidations || !last || !first) return null;
  const lowest = valid.reduce((best, point) => (point.value < best.value ? point : best), first);
  const scale = Math.max(first.value, train[0]?.value ?? 0);
  const isMore = (high: number, low: number): boolean =>
    high > low * (1 + noticeableRise) && high - low > scale * noticeableShare;
  const [then, now] = [trainingNear(train, lowest.step), trainingNear(train, last.step)];
  if (isMore(last.value, lowest.value) && then !== null && now !== null && now < then) {
    return {
      kind: 'overfitting',
      step: lowest.step,
      sentence: `Validation loss was lowest at step ${lowest.step} (${show(lowest.value)}) and is ${show(last.value)} at step ${last.step}, while training loss fell from ${show(then)} to ${show(now)}: since then it learns the training examples by heart. A checkpoint near step ${lowest.step} is the better model.`,
    };
  }
  const before = valid.at(-2);
  if (before && last.step === lowest.step && isMore(before.value, last.value)) {
    return {
      kind: 'still_improving',
      step: last.step,
      sentence: `Validation loss was still falling at step ${last.step} (${show(before.value)} to ${show(last.value)}): one or two more epochs may help.`,
    };
  }
  return {
    kind: 'flat',
    step: lowest.step,
    sentence: `Validation loss is lowest at step ${lowest.step} (${show(lowest.value)}) and did not rise noticeably after it.`,
  };
}
