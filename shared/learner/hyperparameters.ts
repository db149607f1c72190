import type { ResolvedPreferenceHyperparameters } from './preference-trainer.ts';
import type { ResolvedHyperparameters } from './schedule.ts';

type Wished<Values> = { [Name in keyof Values]: number | 'auto' };

/** What "auto" becomes of `beta`, as at Azure (platform reference 5.5); elsewhere it is not published. */
export const autoBeta = 0.1;

/**
 * What "auto" becomes for `examples` rows: about three passes, more for small sets and fewer for huge ones (platform
 * reference 5.5), batches of 0.2 % of the rows, and the rate as it is.
 */
export function resolveHyperparameters(
  examples: number,
  wished: Wished<ResolvedHyperparameters>,
): ResolvedHyperparameters {
  const batch = Math.max(1, Math.min(256, Math.floor(examples * 0.002)));
  return {
    nEpochs: wished.nEpochs === 'auto' ? autoEpochs(examples) : wished.nEpochs,
    batchSize: wished.batchSize === 'auto' ? batch : wished.batchSize,
    learningRateMultiplier: wished.learningRateMultiplier === 'auto' ? 1 : wished.learningRateMultiplier,
  };
}

/** The same for `pairs` preference pairs, with `beta`. */
export function resolvePreferenceHyperparameters(
  pairs: number,
  wished: Wished<ResolvedPreferenceHyperparameters>,
): ResolvedPreferenceHyperparameters {
  return {
    ...resolveHyperparameters(pairs, wished),
    beta: wished.beta === 'auto' ? autoBeta : wished.beta,
  };
}

/** Epochs when left to the provider: 3, at least 100 seen examples (25 passes at most), at most 25,000. */
export function autoEpochs(examples: number): number {
  if (examples * 3 < 100) return Math.max(1, Math.min(25, Math.floor(100 / Math.max(1, examples))));
  if (examples * 3 > 25_000) return Math.max(1, Math.floor(25_000 / examples));
  return 3;
}
