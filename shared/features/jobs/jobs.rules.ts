import { autoEpochs } from '../costs/costs.rules.ts';
import type { ConnectionKind } from '../providers/providers.model.ts';
import type { CatalogueModel } from '../costs/costs.model.ts';
import type { Method } from '../datasets/datasets.model.ts';
import type { Hyperparameters, JobMethod, PlannedValue } from './jobs.model.ts';

/** Fewest examples a provider trains on (platform reference 2). */
export const fewestExamples = 10;

/** Largest training file of the Files API in bytes (platform reference 1.2). */
export const largestFileBytes = 512 * 1024 * 1024;

/** How a data set of this kind is trained; null when no job does it. */
export function jobMethodOf(method: Method): JobMethod | null {
  if (method === 'rft') return null;
  return method === 'dpo' ? 'dpo' : 'supervised';
}

/** What people call the ways to train. */
export const methodWords: Readonly<Record<JobMethod, string>> = {
  supervised: 'supervised training on chat examples',
  dpo: 'preference training (DPO)',
};

/**
 * Whether any model of a provider is trained this way, by the catalogue; null for a server nothing is on file about.
 */
export function offersMethod(
  kind: ConnectionKind,
  method: JobMethod,
  catalogue: readonly Pick<CatalogueModel, 'provider' | 'methods'>[],
): boolean | null {
  if (kind === 'compatible') return null;
  return catalogue.some((one) => one.provider === kind && one.methods.includes(method));
}

type Subject = { kind: ConnectionKind; model: string; examples: number; method: JobMethod };

/** What each hyperparameter was asked to be and what to expect of it, with the reason. */
export function plannedValues(requested: Hyperparameters, subject: Subject): PlannedValue[] {
  const chosen = 'Chosen by you.';
  const auto = autoValues(subject);
  const keys = ['nEpochs', 'batchSize', 'learningRateMultiplier'] as const;
  return [...keys, ...(subject.method === 'dpo' ? (['beta'] as const) : [])].map((key) => {
    const value = requested[key] ?? 'auto';
    return value === 'auto'
      ? { key, requested: value, ...auto[key] }
      : { key, requested: value, expected: value, reason: chosen };
  });
}

const betaWords = 'A higher beta keeps the model closer to the one it starts from.';

type Auto = { expected: number | null; reason: string };

/** What "auto" means: measured or published where it is (platform reference 5.5), "the provider decides" where it is not. */
function autoValues(subject: Subject): Record<PlannedValue['key'], Auto> {
  const epochs = autoEpochs(subject.examples);
  const rule = `Auto is ${epochs.reason}.`;
  const batch = Math.max(1, Math.min(256, Math.floor(subject.examples * 0.002)));
  if (subject.kind === 'practice') {
    return {
      nEpochs: { expected: epochs.epochs, reason: rule },
      batchSize: { expected: batch, reason: 'Auto is 0.2 % of the examples, between 1 and 256.' },
      learningRateMultiplier: { expected: 1, reason: 'Auto leaves the learning rate as it is.' },
      beta: { expected: 0.1, reason: `Auto is 0.1. ${betaWords}` },
    };
  }
  return {
    nEpochs: {
      expected: epochs.epochs,
      reason: `${rule} This is OpenAI’s published rule; the provider may differ.`,
    },
    batchSize: {
      expected: null,
      reason: 'The provider decides when the job starts; it is not published how.',
    },
    learningRateMultiplier: autoRate(subject.model),
    beta: { expected: null, reason: `The provider decides when the job starts. ${betaWords}` },
  };
}

function autoRate(model: string): Auto {
  const seen = (rate: number): Auto => ({
    expected: rate,
    reason: `Auto was ${rate} in jobs seen with this model; the provider may differ.`,
  });
  if (model.includes('gpt-4o-mini')) return seen(1.8);
  if (model.includes('gpt-4.1-nano')) return seen(1);
  return { expected: null, reason: 'The provider decides when the job starts; it depends on the model.' };
}

/** When a run should end if it goes on at the pace so far; null when that cannot be said. */
export function estimateEnd(
  pace: { fromStep: number; fromAt: number; toStep: number; toAt: number; totalSteps: number | null } | null,
): number | null {
  if (!pace?.totalSteps || pace.totalSteps <= pace.toStep) return null;
  const perStep = (pace.toAt - pace.fromAt) / (pace.toStep - pace.fromStep);
  return Math.round(pace.toAt + perStep * (pace.totalSteps - pace.toStep));
}
