import { openAsBlob } from 'node:fs';
import type { z } from 'zod';
import { wireInput } from '../../../shared/features/quality/moderation.rules.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { ConnectionKind } from '../../../shared/features/providers/providers.model.ts';
import type {
  ChatRequest,
  CreateJob,
  ModerationRequest,
  RemoteEvent,
  TrainingProvider,
} from '../../core/feature-ports.ts';
import { type Api, createApi, type OpenAiParts, readAnswer } from './openai-client.ts';
import { UnreadableAnswer } from './openai-failures.ts';
import {
  chatAnswer,
  moderationAnswer,
  toProviderModel,
  toRemoteCheckpoint,
  toRemoteEvent,
  toRemoteJob,
  toUploadedFile,
  wireCheckpoint,
  wireEvent,
  wireFile,
  wireJob,
  wireModel,
  wirePage,
} from './openai-wire.ts';

const uploadTimeoutMs = 30 * 60_000;
const chatTimeoutMs = 3 * 60_000;
const pageSize = 100;
const largestUploadBytes = 512 * 1024 * 1024;

/** A provider that speaks the OpenAI REST API, through the official SDK with every convenience of it switched off. */
export function createOpenAiProvider(kind: ConnectionKind, parts: OpenAiParts): TrainingProvider {
  const api = createApi(parts);
  return {
    kind,
    listModels: (signal) => listModels(api, signal),
    uploadFile: (input, signal) => uploadFile(api, input, signal),
    createJob: (job, signal) => createJob(api, job, signal),
    retrieveJob: (jobId, signal) =>
      jobCall(api, { method: 'get', path: jobPath(jobId), purpose: 'watch-job', signal }),
    findJobs: (filter, signal) => findJobs(api, filter, signal),
    cancelJob: (jobId) => steer(api, jobId, 'cancel'),
    pauseJob: (jobId) => steer(api, jobId, 'pause'),
    resumeJob: (jobId) => steer(api, jobId, 'resume'),
    listEvents: (jobId, afterEventId, signal) => listEvents(api, { jobId, afterEventId, signal }),
    listCheckpoints: async (jobId, signal) => {
      const items = await listAll(api, {
        path: `${jobPath(jobId)}/checkpoints`,
        item: wireCheckpoint,
        signal,
      });
      return items.map(toRemoteCheckpoint);
    },
    chat: (request, signal) => chat(api, { kind, request, signal }),
    moderate: (request, signal) => moderate(api, request, signal),
  };
}

const jobPath = (jobId: string): string => `/fine_tuning/jobs/${encodeURIComponent(jobId)}`;

type JobCall = Omit<Parameters<Api>[0], 'parse'>;

function jobCall(api: Api, call: JobCall) {
  return api({ ...call, parse: (answer) => toRemoteJob(readAnswer(wireJob, answer)) });
}

function steer(api: Api, jobId: string, verb: 'cancel' | 'pause' | 'resume') {
  // An empty object, because some servers refuse a POST without a length (HTTP 411).
  return jobCall(api, { method: 'post', path: `${jobPath(jobId)}/${verb}`, purpose: 'steer-job', body: {} });
}

async function listModels(api: Api, signal: AbortSignal | undefined) {
  const page = await api({
    method: 'get',
    path: '/models',
    purpose: 'list-models',
    signal,
    parse: (answer) => readAnswer(wirePage, answer),
  });
  return readItems(page.data, wireModel).map(toProviderModel);
}

function createJob(api: Api, job: CreateJob, signal: AbortSignal | undefined) {
  const { nEpochs, batchSize, learningRateMultiplier, beta = 'auto' } = job.hyperparameters;
  return jobCall(api, {
    method: 'post',
    path: '/fine_tuning/jobs',
    purpose: 'launch-job',
    intentId: job.metadata.intent,
    signal,
    isOnce: true,
    body: {
      model: job.model,
      training_file: job.trainingFileId,
      ...(job.validationFileId ? { validation_file: job.validationFileId } : {}),
      ...(job.suffix ? { suffix: job.suffix } : {}),
      ...(job.seed === null ? {} : { seed: job.seed }),
      method: {
        type: job.method,
        [job.method]: {
          hyperparameters: {
            n_epochs: nEpochs,
            batch_size: batchSize,
            learning_rate_multiplier: learningRateMultiplier,
            ...(job.method === 'dpo' ? { beta } : {}),
          },
        },
      },
      metadata: job.metadata,
    },
  });
}

async function findJobs(api: Api, filter: Record<string, string>, signal: AbortSignal | undefined) {
  const items = await listAll(api, {
    path: '/fine_tuning/jobs',
    item: wireJob,
    query: { metadata: filter },
    signal,
  });
  // Servers that do not know the filter answer with every job; what does not match is never ours.
  const wanted = Object.entries(filter);
  return items.map(toRemoteJob).filter((job) => wanted.every(([key, value]) => job.metadata[key] === value));
}

function readItems<Item>(items: readonly unknown[], schema: z.ZodType<Item>): Item[] {
  return items.flatMap((item) => {
    const parsed = schema.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });
}

type Listing<Item> = {
  path: string;
  item: z.ZodType<Item>;
  query?: Record<string, unknown>;
  signal?: AbortSignal | undefined;
  /** Stops after the page that holds this item. */
  until?: string | null;
};

/** Every item of a paged list; ends also when a server hands out the same page for ever. */
async function listAll<Item extends { id: string }>(api: Api, listing: Listing<Item>): Promise<Item[]> {
  const found = new Map<string, Item>();
  let after: string | undefined;
  for (;;) {
    const query = { ...listing.query, limit: pageSize, ...(after ? { after } : {}) };
    const page = await api({
      method: 'get',
      path: listing.path,
      purpose: 'watch-job',
      query,
      signal: listing.signal,
      parse: (answer) => readAnswer(wirePage, answer),
    });
    const items = readItems(page.data, listing.item);
    const before = found.size;
    for (const item of items) found.set(item.id, item);
    after = items.at(-1)?.id;
    const isEnd = !page.has_more || !after || found.size === before;
    if (isEnd || (listing.until && found.has(listing.until))) return [...found.values()];
  }
}

async function listEvents(
  api: Api,
  ask: { jobId: string; afterEventId: string | null; signal: AbortSignal | undefined },
): Promise<RemoteEvent[]> {
  const path = `${jobPath(ask.jobId)}/events`;
  const items = await listAll(api, { path, item: wireEvent, until: ask.afterEventId, signal: ask.signal });
  const known = ask.afterEventId ? items.findIndex((item) => item.id === ask.afterEventId) : -1;
  const fresh = known === -1 ? items : items.slice(0, known);
  return fresh.map(toRemoteEvent).reverse();
}

/**
 * The multipart body, built by hand: the boundary follows from the content, so the same file gives the same bytes,
 * the ledger can hash them before they leave, and the file stays on disk instead of in memory.
 */
async function uploadFile(
  api: Api,
  input: { path: string; filename: string; sha256: string; intentId: string },
  signal: AbortSignal | undefined,
) {
  const file = await openAsBlob(input.path);
  if (file.size > largestUploadBytes) {
    throw new AppFailure('PROVIDER_REFUSED', {
      what: `The file has ${file.size} bytes; the provider takes at most ${largestUploadBytes}.`,
      where: { file: input.filename },
      todo: 'Train on fewer examples.',
      retry: 'never',
    });
  }
  const boundary = `lapidary-${input.sha256.slice(0, 40)}`;
  const part = (name: string): string => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"`;
  const filename = input.filename.replace(/[^A-Za-z0-9._-]/g, '_');
  const head =
    `${part('purpose')}\r\n\r\nfine-tune\r\n` +
    `${part('file')}; filename="${filename}"\r\nContent-Type: application/jsonl\r\n\r\n`;
  return api({
    method: 'post',
    path: '/files',
    purpose: 'upload-file',
    intentId: input.intentId,
    body: new Blob([head, file, `\r\n--${boundary}--\r\n`]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    timeoutMs: uploadTimeoutMs,
    signal,
    parse: (answer) => toUploadedFile(readAnswer(wireFile, answer)),
  });
}

function chat(
  api: Api,
  ask: { kind: ConnectionKind; request: ChatRequest; signal: AbortSignal | undefined },
) {
  const { model, messages, tools, maxTokens, temperature, seed } = ask.request;
  const limitName = ask.kind === 'openai' ? 'max_completion_tokens' : 'max_tokens';
  return api({
    method: 'post',
    path: '/chat/completions',
    purpose: 'chat',
    timeoutMs: chatTimeoutMs,
    signal: ask.signal,
    body: {
      model,
      // `weight` belongs to training files; the chat endpoint refuses it.
      messages: messages.map(({ weight: _weight, ...message }) => message),
      ...(tools ? { tools } : {}),
      ...(maxTokens === undefined ? {} : { [limitName]: maxTokens }),
      ...(temperature === undefined ? {} : { temperature }),
      ...(seed === undefined ? {} : { seed }),
    },
    parse: (answer) => readAnswer(chatAnswer, answer),
  });
}

function moderate(api: Api, { model, input, intentId }: ModerationRequest, signal: AbortSignal | undefined) {
  return api({
    method: 'post',
    path: '/moderations',
    purpose: 'moderate',
    intentId,
    signal,
    body: { model, input: wireInput(input) },
    parse(answer) {
      const results = readAnswer(moderationAnswer, answer);
      // Fewer answers than texts would flag the wrong rows.
      const wanted = 'picture' in input ? 1 : input.length;
      if (results.length === wanted) return results;
      throw new UnreadableAnswer(`${results.length} results for ${wanted} questions`);
    },
  });
}
