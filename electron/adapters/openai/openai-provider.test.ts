import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import {
  type Answer,
  type Arrived,
  apiError,
  createScriptedServer,
  resetConnection,
  sendText,
} from '../../../tests/helpers/scripted-server.ts';
import { createTempFolder } from '../../../tests/helpers/test-kit.ts';
import { AppFailure } from '../../../shared/failures.ts';
import { type CreateJob, UnknownOutcome } from '../../core/feature-ports.ts';
import { createOpenAiProvider } from './openai-provider.ts';

const apiKey = 'sk-test-abcdefghijklmnop';
const wire = {
  id: 'ftjob-1',
  status: 'queued',
  model: 'm',
  created_at: 1_760_000_000,
  training_file: 'file-1',
  error: {},
  hyperparameters: { n_epochs: 'auto', batch_size: 4, learning_rate_multiplier: 'auto' },
};
const create: CreateJob = {
  model: 'm',
  trainingFileId: 'file-1',
  validationFileId: null,
  suffix: null,
  seed: 7,
  method: 'supervised',
  hyperparameters: { nEpochs: 3, batchSize: 'auto', learningRateMultiplier: 'auto' },
  metadata: { intent: 'i-1' },
};

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function serve(answer: (request: Arrived) => Answer) {
  const server = await createScriptedServer(answer);
  closers.push(() => server.close());
  const provider = createOpenAiProvider('compatible', {
    baseUrl: server.baseUrl,
    organization: 'org-1',
    project: null,
    apiKey: async () => apiKey,
    fetchFor: () => fetch,
  });
  return { server, provider };
}

async function failureOf(promise: Promise<unknown>): Promise<AppFailure> {
  const error: unknown = await promise.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppFailure)) throw error;
  return error;
}

describe('what is sent', () => {
  test('never what the environment says', async () => {
    process.env.OPENAI_CUSTOM_HEADERS = 'x-injected: yes';
    process.env.OPENAI_BASE_URL = 'http://127.0.0.1:9/v1';
    process.env.OPENAI_PROJECT_ID = 'proj-env';
    const { server, provider } = await serve(() => ({ data: [] }));
    await provider.listModels();
    const headers = server.arrived[0]?.headers ?? {};
    expect(headers['x-injected']).toBeUndefined();
    expect(headers['openai-project']).toBeUndefined();
    expect(headers['openai-organization']).toBe('org-1');
    expect(headers.authorization).toBe(`Bearer ${apiKey}`);
  });

  test('a training file byte for byte, with a boundary that follows from its content', async () => {
    const temp = createTempFolder();
    closers.push(() => temp.remove());
    const content = '{"messages":[]}\n{"ü":"\u2028"}\n';
    writeFileSync(join(temp.folder, 'f'), content);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const { server, provider } = await serve(() => ({ id: 'file-9', bytes: 1, status: 'processed' }));
    const input = { path: join(temp.folder, 'f'), filename: 'train "1".jsonl', sha256, intentId: 'i' };
    await provider.uploadFile(input);
    await provider.uploadFile(input);
    const [first, second] = server.arrived;
    expect(first?.body).toBe(second?.body);
    const form = await new Response(first?.body ?? '', {
      headers: { 'content-type': first?.headers['content-type'] ?? '' },
    }).formData();
    expect(form.get('purpose')).toBe('fine-tune');
    const file = form.get('file') as File;
    expect(await file.text()).toBe(content);
    expect(file.name).toBe('train__1_.jsonl');
    expect(first?.headers['content-length']).toBe(String(Buffer.byteLength(first?.body ?? '')));
  });

  test('the metadata filter, and only matching jobs come back from a server that ignores it', async () => {
    const { server, provider } = await serve(() => ({
      data: [
        { ...wire, metadata: { intent: 'i-1' } },
        { ...wire, id: 'ftjob-2', metadata: { intent: 'other' } },
        { ...wire, id: 'ftjob-3', metadata: null },
      ],
      has_more: false,
    }));
    const found = await provider.findJobs({ intent: 'i-1' });
    expect(found.map((job) => job.id)).toEqual(['ftjob-1']);
    expect(decodeURIComponent(server.arrived[0]?.path ?? '')).toContain('metadata[intent]=i-1');
  });

  test('chat messages without training weights', async () => {
    const { server, provider } = await serve(() => ({
      choices: [{ message: { role: 'assistant', content: 'hi', tool_calls: null }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 3, completion_tokens: 1 },
    }));
    const messages = [{ role: 'user' as const, content: 'a', weight: 1 as const }];
    const answer = await provider.chat({ model: 'm', messages, maxTokens: 5 });
    expect(answer.message).toEqual({ role: 'assistant', content: 'hi' });
    const sent = JSON.parse(server.arrived[0]?.body ?? '') as Record<string, unknown>;
    expect(sent).toEqual({ model: 'm', messages: [{ role: 'user', content: 'a' }], max_tokens: 5 });
  });
});

describe('a job is created at most once', () => {
  const cases: [string, Answer, string][] = [
    ['reset', resetConnection, 'unknown'],
    ['500', apiError(500, {}), 'unknown'],
    ['503 with a wish to retry', apiError(503, {}, { 'x-should-retry': 'true' }), 'unknown'],
    ['408', apiError(408, {}), 'unknown'],
    ['a captive portal', sendText('text/html', '<html>log in</html>'), 'unknown'],
    ['half an answer', sendText('application/json', '{"id":"ftj'), 'unknown'],
    ['an answer without a job', { ok: true }, 'unknown'],
    ['400', apiError(400, { message: 'bad seed', param: 'seed' }), 'PROVIDER_REFUSED'],
    ['401', apiError(401, { message: `Incorrect API key provided: ${apiKey}` }), 'KEY_REJECTED'],
    ['403', apiError(403, { code: 'training_not_available' }), 'TRAINING_NOT_AVAILABLE'],
    ['403 of another kind', apiError(403, { code: 'unsupported_country' }), 'PROVIDER_REFUSED'],
    ['429', apiError(429, {}, { 'retry-after': '7' }), 'RATE_LIMITED'],
    ['no credit', apiError(429, { code: 'insufficient_quota' }), 'QUOTA_EXHAUSTED'],
  ];
  test.each(cases)('%s', async (_name, answer, expected) => {
    const { server, provider } = await serve(() => answer);
    const promise = provider.createJob(create);
    if (expected === 'unknown') await expect(promise).rejects.toBeInstanceOf(UnknownOutcome);
    else expect((await failureOf(promise)).code).toBe(expected);
    expect(server.arrived).toHaveLength(1);
  });

  test('a refused connection is known not to have created one', async () => {
    const { server, provider } = await serve(() => ({}));
    await server.close();
    expect((await failureOf(provider.createJob(create))).code).toBe('PROVIDER_UNREACHABLE');
  });

  test('a redirect is refused and its target hears nothing', async () => {
    const evil = await createScriptedServer(() => wire);
    closers.push(() => evil.close());
    const { provider } = await serve(() => (r: ServerResponse) => {
      r.writeHead(307, { location: `${evil.baseUrl}/fine_tuning/jobs` }).end();
    });
    const failure = await failureOf(provider.createJob(create));
    expect(failure.code).toBe('PROVIDER_REFUSED');
    expect(failure.message).toContain('another address');
    expect(evil.arrived).toEqual([]);
  });
});

describe('what comes back', () => {
  test('waits of any length are kept', async () => {
    const { provider } = await serve(() => apiError(429, {}, { 'retry-after': '86400' }));
    expect((await failureOf(provider.listModels())).data.retryAfterMs).toBe(86_400_000);
  });

  test('a date to wait for becomes milliseconds', async () => {
    const when = new Date(Date.now() + 3_600_000).toUTCString();
    const { provider } = await serve(() => apiError(429, {}, { 'retry-after': when }));
    const wait = (await failureOf(provider.listModels())).data.retryAfterMs ?? 0;
    expect(wait).toBeGreaterThan(3_590_000);
    expect(wait).toBeLessThanOrEqual(3_600_000);
  });

  test('no secret survives in a failure', async () => {
    const { provider } = await serve(() =>
      apiError(401, { message: `Incorrect key ${apiKey} or sk-other-1234567` }),
    );
    const failure = await failureOf(provider.listModels());
    expect(JSON.stringify(failure.data)).not.toMatch(/abcdefghij|1234567/);
    expect(failure.message).toContain('Incorrect key [key]');
  });

  test('a captive portal is no empty list of models', async () => {
    const { provider } = await serve(() => sendText('text/html', '<!doctype html>'));
    const failure = await failureOf(provider.listModels());
    expect(failure.code).toBe('PROVIDER_REFUSED');
    expect(failure.message).toContain('a web page');
  });

  test.each([
    [null, null],
    [{}, null],
    [{ code: null, message: null, param: null }, null],
    [
      { code: 'invalid_n_examples', message: 'has 7' },
      { code: 'invalid_n_examples', message: 'has 7', param: null },
    ],
  ])('error %j', async (error, expected) => {
    const { provider } = await serve(() => ({ ...wire, error }));
    expect((await provider.retrieveJob('ftjob-1')).error).toEqual(expected);
  });

  test('an unknown status goes on, under its own name; hyperparameters null or echoed in method', async () => {
    const method = { type: 'supervised', supervised: { hyperparameters: { n_epochs: 4 } } };
    const { provider } = await serve(() => ({
      ...wire,
      status: 'warming_up',
      hyperparameters: null,
      method,
    }));
    const job = await provider.retrieveJob('ftjob-1');
    expect(job).toMatchObject({ status: 'running', providerStatus: 'warming_up' });
    expect(job.hyperparameters).toEqual({ nEpochs: 4, batchSize: null, learningRateMultiplier: null });
    expect(job.createdAt).toBe(1_760_000_000_000);
  });

  test('events page by page, oldest first, only new ones, metrics with the provider’s names', async () => {
    const all = Array.from({ length: 250 }, (_, index) => ({
      id: `ev-${249 - index}`,
      created_at: 1000 + (249 - index),
      level: 'info',
      message: '',
      type: 'metrics',
      data: { step: 249 - index, total_steps: 250, train_loss: 0.5, full_valid_loss: null, nested: {} },
    }));
    const { provider, server } = await serve(({ path }) => {
      const after = new URL(path, 'http://x').searchParams.get('after');
      const start = after ? all.findIndex((one) => one.id === after) + 1 : 0;
      return { data: all.slice(start, start + 100), has_more: start + 100 < 250 };
    });
    const everything = await provider.listEvents('ftjob-1', null);
    expect(everything.map((event) => event.metric?.step)).toEqual(Array.from({ length: 250 }, (_, i) => i));
    expect(everything[3]?.metric).toEqual({ step: 3, totalSteps: 250, values: { train_loss: 0.5 } });
    server.arrived.length = 0;
    const fresh = await provider.listEvents('ftjob-1', 'ev-180');
    expect(fresh.map((event) => event.id)).toEqual(Array.from({ length: 69 }, (_, i) => `ev-${181 + i}`));
    expect(server.arrived).toHaveLength(1);
  });

  test('a server that hands out one page for ever does not hold us', async () => {
    const { provider, server } = await serve(() => ({
      data: [{ ...wire, metadata: { intent: 'i' } }],
      has_more: true,
    }));
    expect(await provider.findJobs({ intent: 'i' })).toHaveLength(1);
    expect(server.arrived).toHaveLength(2);
  });

  test('giving up is CANCELLED', async () => {
    const { provider } = await serve(() => () => undefined);
    const controller = new AbortController();
    const promise = failureOf(provider.listModels(controller.signal));
    controller.abort();
    expect((await promise).code).toBe('CANCELLED');
  });

  test('shutdown dates are read, odd ones dropped', async () => {
    const { provider } = await serve(({ path }) => {
      if (!path.endsWith('/models')) return apiError(404, {});
      return {
        data: [
          { id: 'a', owned_by: 'openai', created: 1, shutdown_date: '2027-01-14' },
          { id: 'b', shutdown_date: 'soon' },
          { nonsense: true },
        ],
      };
    });
    expect(await provider.listModels()).toEqual([
      { id: 'a', ownedBy: 'openai', createdAt: 1000, shutdownDate: '2027-01-14' },
      { id: 'b', ownedBy: '', createdAt: 0, shutdownDate: null },
    ]);
  });
});
