import { useEffect, useState } from 'react';
import { z } from 'zod';
import type { PricedModel } from '../../../shared/features/costs/costs.model.ts';
import type { Dataset } from '../../../shared/features/datasets/datasets.model.ts';
import {
  type JobMethod,
  type LaunchRequest,
  practicePace,
} from '../../../shared/features/jobs/jobs.model.ts';
import { jobMethodOf } from '../../../shared/features/jobs/jobs.rules.ts';
import type { Connection, ConnectionModel } from '../../../shared/features/providers/providers.model.ts';

const numberOr0 = (max: number) => z.coerce.number().min(0).max(max).catch(0).default(0);

/** What the Launch page remembers in its address. For hyperparameters 0 means auto; an empty text, the default. */
export const recipeState = z.object({
  dataset: z.string().catch('').default(''),
  connection: z.string().catch('').default(''),
  model: z.string().catch('').default(''),
  name: z.coerce.string().max(80).catch('').default(''),
  suffix: z.coerce.string().max(64).catch('').default(''),
  seed: z.coerce.number().int().min(0).max(2147483647).catch(42).default(42),
  epochs: numberOr0(50),
  batch: numberOr0(256),
  rate: numberOr0(1000),
  beta: numberOr0(2),
  validation: z.boolean().catch(true).default(true),
  capUsd: z.coerce.number().min(0).max(1_000_000).catch(20).default(20),
  pace: practicePace.catch('ten_times').default('ten_times'),
});
export type Recipe = z.output<typeof recipeState>;
export type ChangeRecipe = (patch: Partial<Recipe>) => void;

/** The recipe with everything that exists filled in; null while there is no data set. */
export type Settled = {
  recipe: Recipe;
  dataset: Dataset;
  connection: Connection;
  /** What the data set is made for; null when no job trains on such data. */
  method: JobMethod | null;
};

/** Fills the gaps of a recipe: the newest data set, the practice connection. */
export function settle(
  recipe: Recipe,
  known: { datasets: readonly Dataset[]; connections: readonly Connection[] },
): Settled | null {
  const dataset = known.datasets.find((one) => one.datasetId === recipe.dataset) ?? known.datasets[0];
  const connection = known.connections.find((one) => one.id === recipe.connection) ?? known.connections[0];
  return dataset && connection ? { recipe, dataset, connection, method: jobMethodOf(dataset.method) } : null;
}

const priceOf = (model: PricedModel): number =>
  model.trainingPrice?.microUsdPerUnit ?? Number.MAX_SAFE_INTEGER;

/** A model to choose, with what one should know of it. */
export type ModelChoice = { id: string; name: string; daysLeft: number | null };

/**
 * Models to train at a connection. At OpenAI only some of the models listed can be trained, so those come from the
 * catalogue, with earlier fine-tunes, which can be trained further; any other server is trusted with its own list.
 */
export function modelChoices(
  { connection, method }: Pick<Settled, 'connection' | 'method'>,
  known: { listed: readonly ConnectionModel[]; catalogue: readonly PricedModel[] },
): ModelChoice[] {
  const listed = known.listed.map(({ id, daysLeft }) => ({ id, name: id, daysLeft }));
  if (connection.kind !== 'openai') return listed;
  const trainable = known.catalogue
    .filter((one) => one.provider === 'openai' && one.methods.includes(method ?? 'supervised'))
    .filter((one) => (one.trainingDaysLeft ?? 0) >= 0)
    // The cheapest first, because the first is the default.
    .toSorted((a, b) => priceOf(a) - priceOf(b))
    .map((one) => ({
      id: one.id,
      name: one.name,
      daysLeft: known.listed.find(({ id }) => id === one.id)?.daysLeft ?? one.daysLeft,
    }));
  const tuned = known.listed.filter((one) => one.isFineTuned);
  return [...trainable, ...listed.filter((one) => tuned.some(({ id }) => id === one.id))];
}

const valueOrAuto = (value: number): number | 'auto' => (value > 0 ? value : 'auto');

/** The launch as the core is asked for it; null while something is missing or cannot be. */
export function requestOf(settled: Settled, model: string | undefined): LaunchRequest | null {
  const { recipe, dataset, connection } = settled;
  const method = settled.method ?? 'supervised';
  const name = recipe.name.trim() || dataset.name;
  const suffix = recipe.suffix.trim() || null;
  if (!model || (suffix !== null && !isSuffix(suffix))) return null;
  return {
    name: name.slice(0, 80),
    datasetId: dataset.datasetId,
    connectionId: connection.id,
    model,
    suffix,
    seed: recipe.seed,
    method,
    hyperparameters: {
      nEpochs: valueOrAuto(Math.round(recipe.epochs)),
      batchSize: valueOrAuto(Math.round(recipe.batch)),
      learningRateMultiplier: valueOrAuto(recipe.rate),
      ...(method === 'dpo' ? { beta: valueOrAuto(recipe.beta) } : {}),
    },
    useValidation: recipe.validation,
    capMicroUsd: Math.round(recipe.capUsd * 1_000_000),
    pace: recipe.pace,
  };
}

/** Letters, digits, `-` and `_`, as a part of a model's name may be. */
export function isSuffix(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(text);
}

/** A value that follows another only after it has rested, so that typing does not make a plan per letter. */
export function useRested<Value>(value: Value, restMs: number): Value {
  const text = JSON.stringify(value);
  const [rested, setRested] = useState({ value, text });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `text` stands for `value`
  useEffect(() => {
    const timer = setTimeout(() => setRested({ value, text }), restMs);
    return () => clearTimeout(timer);
  }, [text, restMs]);
  return rested.value;
}
