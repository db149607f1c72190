import type { GenerationRequest } from '../../../shared/features/preferences/generation.model.ts';
import { mostModels } from '../../../shared/features/preferences/generation.model.ts';
import { mostCandidates } from '../../../shared/features/preferences/candidate-rows.rules.ts';
import { practiceConnectionId } from '../../../shared/features/providers/providers.model.ts';

/** What is to be asked, while it is written. */
export type GenerationDraft = {
  readonly datasetId: string;
  readonly split: 'all' | 'train' | 'validation' | 'test';
  readonly prompts: number;
  readonly connectionId: string;
  readonly models: readonly string[];
  readonly candidatesPerModel: number;
  readonly temperature: number;
  readonly maxTokens: number;
  readonly seed: number;
  readonly capDollars: number;
};

/** What a new asking begins with: a small one, on this machine. */
export function firstGeneration(datasetId: string): GenerationDraft {
  return {
    datasetId,
    split: 'all',
    prompts: 20,
    connectionId: practiceConnectionId,
    models: [],
    candidatesPerModel: 2,
    temperature: 0.8,
    maxTokens: 256,
    seed: 1,
    capDollars: 1,
  };
}

/** The most answers each of so many models can be asked for. */
export function mostPerModel(models: number): number {
  return Math.floor(mostCandidates / Math.max(1, models));
}

/** The fewest answers each of so many models must be asked for, so that there are two to compare. */
export function fewestPerModel(models: number): number {
  return models > 1 ? 1 : 2;
}

/** The draft as the core takes it, brought into its bounds; null while no data set or no model is chosen. */
export function requestOfDraft(draft: GenerationDraft): GenerationRequest | null {
  const models = draft.models.slice(0, mostModels);
  if (draft.datasetId === '' || models.length === 0) return null;
  const whole = (value: number, low: number, high: number): number =>
    Number.isFinite(value) ? Math.round(Math.min(high, Math.max(low, value))) : low;
  return {
    source: {
      datasetId: draft.datasetId,
      split: draft.split === 'all' ? null : draft.split,
      prompts: whole(draft.prompts, 1, 10_000),
    },
    connectionId: draft.connectionId,
    models,
    candidatesPerModel: whole(
      draft.candidatesPerModel,
      fewestPerModel(models.length),
      mostPerModel(models.length),
    ),
    temperature: draft.temperature,
    maxTokens: whole(draft.maxTokens, 1, 32_768),
    seed: whole(draft.seed, 0, 2_147_483_000),
    capMicroUsd:
      draft.connectionId === practiceConnectionId ? null : whole(draft.capDollars * 1_000_000, 0, 1e12),
  };
}
