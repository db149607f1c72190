import { z } from 'zod';
import { splitName } from '../datasets/datasets.model.ts';
import { connectionKind } from '../providers/providers.model.ts';
import { preferenceKind, preferenceSettings } from './preferences.model.ts';

/** Most models that are asked at once. */
export const mostModels = 4;

/** What models are asked for: so many answers each to prompts of a data set. */
export const generationRequest = z.object({
  source: z.object({
    datasetId: z.string(),
    /** Only prompts of this split; null takes all. */
    split: splitName.nullable(),
    /** At most so many prompts, drawn by the seed where there are more. */
    prompts: z.number().int().min(1).max(10_000),
  }),
  connectionId: z.string(),
  models: z.array(z.string().trim().min(1).max(200)).min(1).max(mostModels),
  /** With several models fewer: a prompt has two to eight answers in all. */
  candidatesPerModel: z.number().int().min(1).max(8),
  temperature: z.number().min(0).max(2),
  /** The most tokens one answer may take. */
  maxTokens: z.number().int().min(1).max(32_768),
  /** Draws the prompts; sample n of a prompt is asked with `seed + n − 1`. */
  seed: z.number().int().min(0).max(2_147_483_000),
  /** The most it may cost in micro-USD; null for no cap. */
  capMicroUsd: z.number().int().nonnegative().nullable(),
});
export type GenerationRequest = z.infer<typeof generationRequest>;

/** Why nothing can be asked as things are. */
export const generationBlock = z.object({
  code: z.enum(['PERSONAL_DATA_UNRESOLVED', 'OVER_BUDGET', 'OFFLINE', 'PREFERENCES_IMPOSSIBLE']),
  what: z.string(),
  todo: z.string(),
});
export type GenerationBlock = z.infer<typeof generationBlock>;

/** What asking would do, before it does it. */
export const generationPlan = z.object({
  datasetName: z.string(),
  connectionName: z.string(),
  providerKind: connectionKind,
  host: z.string(),
  staysOnThisMachine: z.boolean(),
  /** Prompts that will be asked. */
  prompts: z.number().int(),
  /** Examples that were looked at and hold no question. */
  skipped: z.number().int(),
  /** Examples that were looked at and ask what another one asks already. */
  duplicates: z.number().int(),
  answersPerPrompt: z.number().int(),
  requests: z.number().int(),
  /** Tokens of all requests together, as estimated here. */
  promptTokens: z.number().int(),
  /** The most tokens that all answers together can take. */
  answerTokens: z.number().int(),
  /** SHA-256 of everything that would be sent, in order. */
  sha256: z.string(),
  /** The beginning of the first prompts, as they would be sent. */
  samples: z.array(z.string()),
  /** The most it can cost; null when no price is known. */
  costMicroUsd: z.number().int().nullable(),
  costNote: z.string(),
  notes: z.array(z.string()),
  block: generationBlock.nullable(),
  /** Good for one start of exactly this plan; null while something blocks it. */
  approval: z.object({ approvalId: z.string(), expiresAt: z.number().int() }).nullable(),
});
export type GenerationPlan = z.infer<typeof generationPlan>;

export const generationState = z.enum(['asking', 'done', 'stopped', 'cancelled']);

/** Answers that were asked for, and the set that is made of them. */
export const generation = z.object({
  generationId: z.string(),
  taskId: z.string().nullable(),
  setId: z.string(),
  name: z.string(),
  kind: preferenceKind,
  settings: preferenceSettings,
  request: generationRequest,
  datasetName: z.string(),
  connectionName: z.string(),
  providerKind: connectionKind,
  host: z.string(),
  state: generationState,
  prompts: z.number().int(),
  requests: z.number().int(),
  /** Requests with an answer. */
  answered: z.number().int(),
  /** Requests that the provider refused. */
  failed: z.number().int(),
  failure: z.object({ code: z.string(), what: z.string(), todo: z.string() }).nullable(),
  createdAt: z.number().int(),
  endedAt: z.number().int().nullable(),
});
export type Generation = z.infer<typeof generation>;

/** A generation with what can be said of all its answers. */
export const generationAccount = generation.extend({
  /** Answers that say the same as another one of their prompt; together they are one candidate. */
  identical: z.number().int(),
  /** Prompts with at least two different answers. */
  comparable: z.number().int(),
  inputTokens: z.number().int(),
  outputTokens: z.number().int(),
  /** What the provider said of refused requests, most frequent first. */
  failures: z.array(z.object({ what: z.string(), count: z.number().int() })),
});
export type GenerationAccount = z.infer<typeof generationAccount>;
