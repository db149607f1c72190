import { z } from 'zod';
import { chatMessage } from '../../../shared/features/datasets/datasets.model.ts';
import { type JobMetric, type JobStatus, jobStatus } from '../../../shared/features/jobs/jobs.model.ts';
import type {
  ChatAnswer,
  Moderated,
  ProviderModel,
  RemoteCheckpoint,
  RemoteEvent,
  RemoteJob,
  UploadedFile,
} from '../../core/feature-ports.ts';

/*
 * Reads the API's answers (platform reference 1.1.2–1.4). Tolerant where servers differ, strict about what we rely on.
 */

const text = z.string().nullish();
const seconds = z.number().nullish();
const autoOrNumber = z.union([z.number(), z.string()]).nullish();

const wireHyperparameters = z
  .object({
    n_epochs: autoOrNumber,
    batch_size: autoOrNumber,
    learning_rate_multiplier: autoOrNumber,
    beta: autoOrNumber,
  })
  .partial()
  .nullish();

const wireMethod = z.object({ hyperparameters: wireHyperparameters }).partial().nullish();

const wireError = z.object({ code: text, message: text, param: text }).partial().nullish().catch(null);

export const wireJob = z.object({
  id: z.string().min(1),
  status: z.string().min(1),
  model: z.string(),
  fine_tuned_model: text,
  created_at: z.number(),
  finished_at: seconds,
  estimated_finish: seconds,
  trained_tokens: z.number().nullish(),
  training_file: z.string(),
  error: wireError,
  hyperparameters: wireHyperparameters,
  method: z.object({ type: text, supervised: wireMethod, dpo: wireMethod }).partial().nullish().catch(null),
  metadata: z.record(z.string(), z.string()).nullish().catch(null),
  weights_sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullish()
    .catch(null),
});

/** Pages are looked at item by item, so that one odd item cannot hide the others. */
export const wirePage = z.object({ data: z.array(z.unknown()), has_more: z.boolean().nullish() });

export const wireEvent = z.object({
  id: z.string().min(1),
  created_at: z.number(),
  level: z.string().catch('info'),
  message: z.string().catch(''),
  type: z.string().nullish().catch(null),
  data: z.unknown(),
});

export const wireCheckpoint = z.object({
  id: z.string().min(1),
  fine_tuned_model_checkpoint: z.string(),
  step_number: z.number().int(),
  metrics: z.record(z.string(), z.unknown()).nullish().catch(null),
});

export const wireModel = z.object({
  id: z.string().min(1),
  owned_by: z.string().catch(''),
  created: z.number().catch(0),
  shutdown_date: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}/)
    .nullish()
    .catch(null),
});

export const wireFile = z.object({
  id: z.string().min(1),
  bytes: z.number().catch(0),
  filename: z.string().catch(''),
  status: z.string().catch('uploaded'),
});

export const wireChat = z.object({
  choices: z
    .array(z.object({ message: z.record(z.string(), z.unknown()), finish_reason: z.string().nullish() }))
    .min(1),
  usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }).nullish().catch(null),
});

const ms = (value: number | null | undefined): number | null =>
  typeof value === 'number' ? Math.round(value * 1000) : null;

const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** A status nobody has told us about means "goes on": the platform has added some without notice. */
function toStatus(status: string): JobStatus {
  const known = jobStatus.safeParse(status);
  return known.success ? known.data : 'running';
}

/** `error` comes as null, as `{}` and with every field null; only one with a code or a message is an error. */
function toError(error: z.infer<typeof wireError>): RemoteJob['error'] {
  if (!error?.code && !error?.message) return null;
  return { code: error.code ?? 'error', message: error.message ?? '', param: error.param ?? null };
}

/** The job as the app knows it; times become ms UTC. */
export function toRemoteJob(job: z.infer<typeof wireJob>): RemoteJob {
  const isPreference = job.method?.type === 'dpo';
  const echoed = (isPreference ? job.method?.dpo : job.method?.supervised)?.hyperparameters;
  const resolved = (key: 'n_epochs' | 'batch_size' | 'learning_rate_multiplier' | 'beta'): number | null =>
    numberOrNull(job.hyperparameters?.[key]) ?? numberOrNull(echoed?.[key]);
  return {
    id: job.id,
    status: toStatus(job.status),
    providerStatus: job.status,
    model: job.model,
    fineTunedModel: job.fine_tuned_model ?? null,
    createdAt: ms(job.created_at) ?? 0,
    finishedAt: ms(job.finished_at),
    estimatedFinish: ms(job.estimated_finish),
    trainedTokens: job.trained_tokens ?? null,
    trainingFile: job.training_file,
    error: toError(job.error),
    hyperparameters: {
      nEpochs: resolved('n_epochs'),
      batchSize: resolved('batch_size'),
      learningRateMultiplier: resolved('learning_rate_multiplier'),
      ...(isPreference ? { beta: resolved('beta') } : {}),
    },
    metadata: job.metadata ?? {},
    weightsSha256: job.weights_sha256 ?? null,
  };
}

function numbersOf(data: Record<string, unknown>): Record<string, number> {
  const values: Record<string, number> = {};
  for (const [key, value] of Object.entries(data)) {
    if (typeof value === 'number' && Number.isFinite(value)) values[key] = value;
  }
  return values;
}

/** A curve point out of an event's data, or null when it holds none. Metric names stay the provider's. */
function toMetric(type: string, data: unknown): JobMetric | null {
  if (type !== 'metrics' || typeof data !== 'object' || data === null) return null;
  const { step, total_steps: totalSteps, ...values } = numbersOf(data as Record<string, unknown>);
  if (step === undefined || !Number.isInteger(step)) return null;
  return { step, totalSteps: totalSteps ?? null, values };
}

/** An event as the app knows it. */
export function toRemoteEvent(event: z.infer<typeof wireEvent>): RemoteEvent {
  const type = event.type ?? 'message';
  return {
    id: event.id,
    createdAt: ms(event.created_at) ?? 0,
    level: event.level,
    message: event.message,
    type,
    metric: toMetric(type, event.data),
  };
}

/** A checkpoint as the app knows it. */
export function toRemoteCheckpoint(checkpoint: z.infer<typeof wireCheckpoint>): RemoteCheckpoint {
  return {
    id: checkpoint.id,
    model: checkpoint.fine_tuned_model_checkpoint,
    stepNumber: checkpoint.step_number,
    metrics: numbersOf(checkpoint.metrics ?? {}),
  };
}

/** A model as the app knows it; `created` becomes ms UTC. */
export function toProviderModel(model: z.infer<typeof wireModel>): ProviderModel {
  return {
    id: model.id,
    ownedBy: model.owned_by,
    createdAt: ms(model.created) ?? 0,
    shutdownDate: model.shutdown_date?.slice(0, 10) ?? null,
  };
}

/** An uploaded file as the app knows it. */
export function toUploadedFile(file: z.infer<typeof wireFile>): UploadedFile {
  return { id: file.id, sizeBytes: file.bytes, filename: file.filename, status: file.status };
}

const answeredMessage = chatMessage.pick({ role: true, content: true, tool_calls: true, refusal: true });

/** Parses the first choice of a chat answer; a message of another shape makes it fail. */
export const chatAnswer = wireChat.transform((chat, context): ChatAnswer => {
  const choice = chat.choices[0];
  const { tool_calls, ...rest } = choice?.message ?? {};
  const message = answeredMessage.safeParse({
    ...rest,
    ...(Array.isArray(tool_calls) ? { tool_calls } : {}),
  });
  if (!message.success) {
    context.addIssue({ code: 'custom', message: 'is not a chat message', path: ['choices', 0, 'message'] });
    return z.NEVER;
  }
  return {
    message: message.data,
    finishReason: choice?.finish_reason ?? '',
    inputTokens: chat.usage?.prompt_tokens ?? 0,
    outputTokens: chat.usage?.completion_tokens ?? 0,
  };
});

/** Parses the results of a moderation; flagged without a category, which no server should answer, counts as `other`. */
export const moderationAnswer = z
  .object({
    results: z.array(
      z.object({
        flagged: z.boolean(),
        categories: z.record(z.string(), z.boolean().nullable()),
        category_scores: z.record(z.string(), z.number().nullable()).nullish(),
      }),
    ),
  })
  .transform(({ results }) => results.map(toModerated));

function toModerated(result: {
  flagged: boolean;
  categories: Record<string, boolean | null>;
  category_scores?: Record<string, number | null> | null | undefined;
}): Moderated {
  const found = Object.entries(result.categories)
    .filter(([, isFlagged]) => isFlagged === true)
    .map(([category]) => ({ category, score: result.category_scores?.[category] ?? 1 }));
  return found.length === 0 && result.flagged ? [{ category: 'other', score: 1 }] : found;
}
