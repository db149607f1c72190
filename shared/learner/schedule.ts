import { createPrng, shuffledIndexes } from './prng.ts';

/** Hyperparameters with nothing left to decide. */
export type ResolvedHyperparameters = { nEpochs: number; batchSize: number; learningRateMultiplier: number };

/** Where in its run a step stands. */
export type StepPlace = { step: number; totalSteps: number; epoch: number; isEpochEnd: boolean };

/** A step before it is made: its place, which items it learns from, how far it moves, whether it is measured. */
export type PlannedStep = StepPlace & {
  /** Places of the batch's items, in file order: the order within a batch never matters. */
  picked: readonly number[];
  /** Learning rate, before the layers' own factors. */
  rate: number;
  isMeasured: boolean;
};

type Course = { items: number; hyperparameters: ResolvedHyperparameters; seed: number; baseRate: number };

const validationSample = 16;
const validationsPerRun = 100;

/** Steps of a run: epochs × batches, the last batch of an epoch may be small. */
export function countSteps(items: number, hyperparameters: ResolvedHyperparameters): number {
  return hyperparameters.nEpochs * Math.ceil(items / hyperparameters.batchSize);
}

/**
 * The steps after `done` to the end. Whatever order and numbers a step needs come from seed and step number alone, so
 * a run that goes on from a stored state is bit for bit the run that was never stopped.
 */
export function* planSteps(course: Course, done: number): Generator<PlannedStep, void, void> {
  const { nEpochs, batchSize } = course.hyperparameters;
  const totalSteps = countSteps(course.items, course.hyperparameters);
  const perEpoch = totalSteps / nEpochs;
  const interval = Math.max(1, Math.floor(totalSteps / validationsPerRun));
  let order: readonly number[] = [];
  for (let step = done + 1; step <= totalSteps; step += 1) {
    const epoch = Math.ceil(step / perEpoch);
    const index = (step - 1) % perEpoch;
    if (index === 0 || order.length === 0) order = orderOf(course, epoch);
    const isEpochEnd = step % perEpoch === 0;
    yield {
      step,
      totalSteps,
      epoch,
      isEpochEnd,
      picked: order.slice(index * batchSize, (index + 1) * batchSize).sort((a, b) => a - b),
      rate: rateAt(course, step, totalSteps),
      isMeasured: step === 1 || step % interval === 0 || isEpochEnd,
    };
  }
}

/** Falls in a straight line from the full rate to a tenth of it. */
function rateAt(course: Course, step: number, total: number): number {
  const left = total > 1 ? (total - step) / (total - 1) : 1;
  return course.baseRate * course.hyperparameters.learningRateMultiplier * (0.1 + 0.9 * left);
}

function orderOf(course: Course, epoch: number): readonly number[] {
  return shuffledIndexes(course.items, createPrng(course.seed, `order ${epoch}`));
}

/** The validation items a step is measured on: all of a small set, a seeded sample of a large one. */
export function validationSampleOf<Item>(
  items: readonly Item[],
  draw: { seed: number; step: number },
): readonly Item[] {
  if (items.length <= validationSample) return items;
  const prng = createPrng(draw.seed, `validation ${draw.step}`);
  return Array.from({ length: validationSample }, () => items[prng.below(items.length)]).flatMap(
    (item) => item ?? [],
  );
}
