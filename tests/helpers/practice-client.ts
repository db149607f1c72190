import OpenAI, { APIError, toFile } from 'openai';
import { afterAll, beforeAll, describe } from 'vitest';
import { openPractice, serveFetch } from './practice-server.ts';

/** The practice provider's base model. */
export const base = 'practice-ranker-1';
const moods = { praise: ['lovely', 'great', 'superb'], anger: ['awful', 'broken', 'rotten'] };

/** Reviews with a mood that a word gives away, as a training file. */
export function reviews(count: number, offset = 0): string {
  const lines = Array.from({ length: count }, (_, i) => {
    const mood = i % 2 === 0 ? 'praise' : 'anger';
    const word = moods[mood][(i + offset) % 3];
    const messages = [
      { role: 'user', content: `Order ${i + offset} was ${word}, I must say.` },
      { role: 'assistant', content: JSON.stringify({ mood }) },
    ];
    return JSON.stringify({ messages });
  });
  return `${lines.join('\n')}\n`;
}

/** The SDK's error of a call that must fail. */
export async function failure(promise: Promise<unknown>): Promise<APIError> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof APIError) return error;
  throw new Error('the call did not fail');
}

/** The `method` of a supervised job. */
export function supervised(hyperparameters: object) {
  return { type: 'supervised' as const, supervised: { hyperparameters } };
}

/** A job's or model's own field for the hash of its weights. */
export function hashOf(value: unknown): string {
  return (value as { weights_sha256: string }).weights_sha256;
}

type Practice = Awaited<ReturnType<typeof openPractice>>;

/** The SDK's client on a practice provider of its own, with what most tests do first. */
export class PracticeApi {
  readonly #practice: Practice;
  readonly client: OpenAI;

  constructor(practice: Practice, baseURL: string | null) {
    this.#practice = practice;
    const connection = baseURL
      ? { baseURL }
      : { baseURL: 'http://practice.invalid/v1', fetch: practice.fetch };
    this.client = new OpenAI({ apiKey: 'practice', maxRetries: 0, logLevel: 'off', ...connection });
  }

  get practice(): Practice {
    return this.#practice;
  }

  async upload(text: string, name = 'train.jsonl') {
    return this.client.files.create({ file: await toFile(Buffer.from(text), name), purpose: 'fine-tune' });
  }

  async train(part: Partial<OpenAI.FineTuning.JobCreateParams> = {}) {
    const training = await this.upload(reviews(40));
    const validation = await this.upload(reviews(10, 100), 'valid.jsonl');
    const files = { training_file: training.id, validation_file: validation.id };
    return this.client.fineTuning.jobs.create({ model: base, ...files, seed: 11, ...part });
  }

  /** The job as soon as its status is one of these. */
  async settled(jobId: string, ...statuses: readonly string[]) {
    for (;;) {
      const change = this.#practice.changed();
      const job = await this.client.fineTuning.jobs.retrieve(jobId);
      if (statuses.includes(job.status)) return job;
      await change;
    }
  }

  ended(jobId: string) {
    return this.settled(jobId, 'succeeded', 'failed', 'cancelled');
  }
}

/** Runs a suite twice: through the SDK's `fetch`, and over real HTTP on loopback. */
export function describePractice(name: string, suite: (api: () => PracticeApi) => void): void {
  describe.each(['in process', 'over HTTP'])(`${name}, %s`, (way) => {
    let api: PracticeApi | null = null;
    let server: Awaited<ReturnType<typeof serveFetch>> | null = null;
    beforeAll(async () => {
      const practice = await openPractice();
      if (way === 'over HTTP') server = await serveFetch(practice.fetch);
      api = new PracticeApi(practice, server?.baseURL ?? null);
    });
    afterAll(async () => {
      await server?.close();
      await api?.practice.close();
    });
    suite(() => {
      if (!api) throw new Error('not open yet');
      return api;
    });
  });
}
