import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { curveOf, judgeCurves, runningMean } from './curve.rules.ts';
import type { JobMetric } from './jobs.model.ts';

function metrics(train: readonly number[], valid: readonly (number | null)[]): JobMetric[] {
  return train.map((loss, index) => ({
    step: index + 1,
    totalSteps: train.length,
    values: {
      train_loss: loss,
      ...(valid[index] === null || valid[index] === undefined ? {} : { valid_loss: valid[index] }),
    },
  }));
}

const falling = [2, 1.6, 1.3, 1, 0.8, 0.6, 0.5, 0.4, 0.3, 0.2];

describe('the curves', () => {
  test('over-fitting is told with its numbers and the step to go back to', () => {
    const verdict = judgeCurves(metrics(falling, [2, 1.5, 1.2, 1.1, 1.0, 1.02, 1.1, 1.2, 1.3, 1.4]));
    expect(verdict).toMatchObject({ kind: 'overfitting', step: 5 });
    expect(verdict?.sentence).toContain('lowest at step 5 (1.000) and is 1.400 at step 10');
    expect(verdict?.sentence).toContain('fell from 0.800 to 0.200');
  });

  test('a rise within five percent is not called over-fitting', () => {
    expect(judgeCurves(metrics(falling, [2, 1.5, 1.2, 1.1, 1.0, 1.02, 1.01, 1.03, 1.02, 1.04]))?.kind).toBe(
      'flat',
    );
  });

  test('near zero, where every change is a large share of itself, there is nothing to call', () => {
    const train = [1, 0.5, 0.1, 0.01, 0.005, 0.002, 0.001];
    expect(judgeCurves(metrics(train, [0.8, 0.2, 0.05, 0.01, 0.004, 0.002, 0.001]))?.kind).toBe('flat');
    expect(judgeCurves(metrics(train, [0.8, 0.2, 0.05, 0.001, 0.004, 0.006, 0.009]))?.kind).toBe('flat');
  });

  test('a rise while training loss rises too is not over-fitting', () => {
    const train = [2, 1, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2];
    expect(judgeCurves(metrics(train, [2, 1, 0.6, 0.8, 1, 1.1, 1.2, 1.3, 1.4, 1.5]))?.kind).toBe('flat');
  });

  test('still improving at the end, diverging, and too little to say', () => {
    expect(judgeCurves(metrics(falling, falling))?.kind).toBe('still_improving');
    expect(judgeCurves(metrics([1, 2, 5, 20, 90], []))?.kind).toBe('diverging');
    expect(judgeCurves(metrics([1, 0.9], [1, 0.9]))).toBeNull();
    expect(judgeCurves([])).toBeNull();
  });

  test('the validation over the whole split counts more than the one over a batch', () => {
    const point: JobMetric = { step: 3, totalSteps: 3, values: { valid_loss: 9, full_valid_loss: 1 } };
    const batch: JobMetric = { step: 2, totalSteps: 3, values: { valid_loss: 8 } };
    expect(curveOf([batch, point], 'validLoss')).toEqual([{ step: 3, value: 1 }]);
    expect(curveOf([batch], 'validLoss')).toEqual([{ step: 2, value: 8 }]);
  });

  test('the running mean is the mean of what there is, then of the last few', () => {
    const points = [4, 2, 6, 8].map((value, step) => ({ step, value }));
    expect(runningMean(points, 2).map((point) => point.value)).toEqual([4, 3, 4, 7]);
    expect(runningMean(points, 1)).toEqual(points);
    expect(runningMean([], 3)).toEqual([]);
  });

  test('scaling both losses changes numbers, never the verdict', () => {
    const losses = fc.array(fc.double({ min: 0.01, max: 50, noNaN: true }), { minLength: 3, maxLength: 40 });
    // Powers of two scale without rounding: any other factor may make two different losses equal.
    const factors = fc.integer({ min: -4, max: 4 }).map((exponent) => 2 ** exponent);
    fc.assert(
      fc.property(losses, factors, (valid, factor) => {
        const train = valid.map((_, index) => 10 / (index + 1));
        const scaled = metrics(
          train.map((one) => one * factor),
          valid.map((one) => one * factor),
        );
        const [plain, other] = [judgeCurves(metrics(train, valid)), judgeCurves(scaled)];
        expect([other?.kind, other?.step]).toEqual([plain?.kind, plain?.step]);
      }),
    );
  });
});

test('margins and accuracies of preference training are found under the names they are reported by', () => {
  const point = { step: 1, totalSteps: 1, values: { train_reward_margin: 0.2, 'rewards/accuracies': 0.75 } };
  expect(curveOf([point], 'trainMargin')).toEqual([{ step: 1, value: 0.2 }]);
  expect(curveOf([point], 'trainRewardAccuracy')).toEqual([{ step: 1, value: 0.75 }]);
  expect(curveOf([point], 'validMargin')).toEqual([]);
  expect(curveOf([point], 'trainAccuracy')).toEqual([]);
});
