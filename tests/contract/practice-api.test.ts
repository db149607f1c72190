import OpenAI, { APIError, NotFoundError, toFile } from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPractice, serveFetch } from '../helpers/practice-server.ts';

const base = 'practice-ranker-1';
const moods = { praise: ['lovely', 'great', 'superb'], anger: ['awful', 'broken', 'rotten'] };

/** Reviews with a mood that a word gives away. */
function reviews(count: number, offset = 0): string {
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

async function failure(promise: Promise<unknown>): Promise<APIError> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof APIError) return error;
  throw new Error('the call did not fail');
}

describe.each(['in process', 'over HTTP'])('the practice API through the openai SDK, %s', (way) => {
  let practice: Awaited<ReturnType<typeof openPractice>>;
  let server: Awaited<ReturnType<typeof serveFetch>> | null = null;
  let client: OpenAI;

  beforeAll(async () => {
    practice = await openPractice();
    if (way === 'over HTTP') server = await serveFetch(practice.fetch);
    client = new OpenAI({
      apiKey: 'practice',
      maxRetries: 0,
      logLevel: 'off',
      ...(server
        ? { baseURL: server.baseURL }
        : { baseURL: 'http://practice.invalid/v1', fetch: practice.fetch }),
    });
  });
  afterAll(async () => {
    await server?.close();
    await practice.close();
  });

  const upload = async (text: string, name = 'train.jsonl') =>
    client.files.create({ file: await toFile(Buffer.from(text), name), purpose: 'fine-tune' });

  const settled = async (jobId: string, isSettled: (status: string) => boolean) => {
    for (;;) {
      const change = practice.changed();
      const job = await client.fineTuning.jobs.retrieve(jobId);
      if (isSettled(job.status)) return job;
      await change;
    }
  };
  const ended = (jobId: string) =>
    settled(jobId, (status) => ['succeeded', 'failed', 'cancelled'].includes(status));

  const train = async (part: Partial<OpenAI.FineTuning.JobCreateParams> = {}) => {
    const training = await upload(reviews(40));
    const validation = await upload(reviews(10, 100), 'valid.jsonl');
    return client.fineTuning.jobs.create({
      model: base,
      training_file: training.id,
      validation_file: validation.id,
      seed: 11,
      ...part,
    });
  };

  test('files: create, list, read, content, delete', async () => {
    const text = reviews(12);
    const file = await upload(text);
    expect(file).toMatchObject({ object: 'file', bytes: Buffer.byteLength(text), purpose: 'fine-tune' });
    expect(file.id).toMatch(/^file-[A-Za-z0-9]{24}$/);
    expect(await (await client.files.content(file.id)).text()).toBe(text);
    expect((await client.files.retrieve(file.id)).filename).toBe('train.jsonl');
    const second = await upload(text, 'second.jsonl');
    const listed = await client.files.list({ purpose: 'fine-tune', limit: 1 });
    expect(listed.data.map((one) => one.id)).toEqual([second.id]);
    const all: string[] = [];
    for await (const one of client.files.list({ limit: 1 })) all.push(one.id);
    expect(all).toEqual(expect.arrayContaining([file.id, second.id]));
    expect(await client.files.delete(file.id)).toEqual({ id: file.id, object: 'file', deleted: true });
    const gone = await failure(client.files.retrieve(file.id));
    expect(gone).toBeInstanceOf(NotFoundError);
    expect(gone.error).toMatchObject({ message: `No such File object: ${file.id}`, param: 'id' });
    expect((await failure(client.files.content(file.id))).status).toBe(404);
  });

  test('files of 3 MB come back byte for byte', async () => {
    const bytes = Buffer.alloc(3_000_001, 'Zürich\u2028\0');
    const file = await client.files.create({ file: await toFile(bytes, 'big.bin'), purpose: 'user_data' });
    const back = Buffer.from(await (await client.files.content(file.id)).arrayBuffer());
    expect(back.equals(bytes)).toBe(true);
  });

  test('uploads: parts in any order, complete, cancel, and what cannot be', async () => {
    const text = reviews(20);
    const half = Math.floor(text.length / 2);
    const create = () =>
      client.uploads.create({
        bytes: Buffer.byteLength(text),
        filename: 'parts.jsonl',
        mime_type: 'text/jsonl',
        purpose: 'fine-tune',
      });
    const pending = await create();
    expect(pending).toMatchObject({ object: 'upload', status: 'pending' });
    const last = await client.uploads.parts.create(pending.id, {
      data: await toFile(Buffer.from(text.slice(half))),
    });
    const first = await client.uploads.parts.create(pending.id, {
      data: await toFile(Buffer.from(text.slice(0, half))),
    });
    const short = await failure(client.uploads.complete(pending.id, { part_ids: [first.id] }));
    expect(short.status).toBe(400);
    const done = await client.uploads.complete(pending.id, { part_ids: [first.id, last.id] });
    expect(done.status).toBe('completed');
    expect(await (await client.files.content(done.file?.id ?? '')).text()).toBe(text);
    const other = await create();
    expect((await client.uploads.cancel(other.id)).status).toBe('cancelled');
    expect((await failure(client.uploads.complete(other.id, { part_ids: [] }))).status).toBe(400);
  });

  test('a job goes through its states, tells what it does, and makes a model that learned', async () => {
    const created = await train({ suffix: 'moods', metadata: { intent: 'one' } });
    expect(created).toMatchObject({
      object: 'fine_tuning.job',
      status: 'validating_files',
      fine_tuned_model: null,
      trained_tokens: null,
      seed: 11,
      hyperparameters: { n_epochs: 'auto', batch_size: 'auto', learning_rate_multiplier: 'auto' },
    });
    const job = await ended(created.id);
    expect(job.status).toBe('succeeded');
    expect(job.fine_tuned_model).toBe(`ft:${base}:lapidary:moods:${job.id.slice(-8)}`);
    expect(job.hyperparameters).toEqual({ n_epochs: 3, batch_size: 1, learning_rate_multiplier: 1 });
    expect(job.trained_tokens).toBeGreaterThan(0);
    const events: OpenAI.FineTuning.FineTuningJobEvent[] = [];
    for await (const event of client.fineTuning.jobs.listEvents(job.id, { limit: 50 })) events.push(event);
    expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
    const messages = events.filter((event) => event.type === 'message').map((event) => event.message);
    expect(messages.reverse()).toEqual([
      `Created fine-tuning job: ${job.id}`,
      `Validating training file: ${job.training_file}`,
      `Validating validation file: ${job.validation_file}`,
      'Files validated, moving job to queued state',
      'Fine-tuning job started',
      `New fine-tuned model created: ${job.fine_tuned_model}`,
      'Fine tuning job successfully completed',
    ]);
    const metrics = events.filter((event) => event.type === 'metrics').reverse();
    expect(metrics.map((event) => (event.data as { step: number }).step)).toEqual(
      Array.from({ length: 120 }, (_, i) => i + 1),
    );
    expect(metrics.at(-1)?.message).toMatch(
      /^Step 120\/120: training loss=\d+\.\d\d, validation loss=\d+\.\d\d, full validation loss=\d+\.\d\d$/,
    );
    expect(metrics.at(-1)?.data).toMatchObject({ total_steps: 120, full_valid_mean_token_accuracy: 1 });
  });

  test('checkpoints of the last three epochs, newest first, each a model; step 0 is the untrained policy', async () => {
    const job = await ended((await train({ method: supervised({ n_epochs: 5 }) })).id);
    const checkpoints = await client.fineTuning.jobs.checkpoints.list(job.id);
    expect(checkpoints.data.map((one) => one.step_number)).toEqual([200, 160, 120]);
    expect(checkpoints.data[0]).toMatchObject({
      object: 'fine_tuning.job.checkpoint',
      fine_tuning_job_id: job.id,
      fine_tuned_model_checkpoint: `${job.fine_tuned_model}:ckpt-step-200`,
    });
    const models = await client.models.list();
    const ids = models.data.map((model) => model.id);
    expect(ids).toEqual(
      expect.arrayContaining([base, job.fine_tuned_model, `${job.fine_tuned_model}:ckpt-step-0`]),
    );
    expect(ids).not.toContain(`${job.fine_tuned_model}:ckpt-step-40`);
    expect(models.data[0]).toMatchObject({ id: base, shutdown_date: null, owned_by: 'lapidary' });
    const model = await client.models.retrieve(job.fine_tuned_model ?? '');
    const hash = (value: unknown) => (value as { weights_sha256: string }).weights_sha256;
    expect(hash(model)).toMatch(/^[0-9a-f]{64}$/);
    expect(hash(job)).toBe(hash(model));
    expect(hash(checkpoints.data[0])).toBe(hash(model));
    expect(hash(checkpoints.data[1])).not.toBe(hash(model));
  });

  test('the tuned model answers better than the policy before training', async () => {
    const job = await ended((await train()).id);
    const right = async (model: string) => {
      let hits = 0;
      for (const [i, line] of reviews(12, 300).trim().split('\n').entries()) {
        const { messages } = JSON.parse(line) as { messages: OpenAI.ChatCompletionMessageParam[] };
        const answer = await client.chat.completions.create({ model, messages: messages.slice(0, 1) });
        expect(answer.usage?.total_tokens).toBeGreaterThan(0);
        if (answer.choices[0]?.message.content === `{"mood":"${i % 2 === 0 ? 'praise' : 'anger'}"}`)
          hits += 1;
      }
      return hits;
    };
    expect(await right(job.fine_tuned_model ?? '')).toBe(12);
    expect(await right(`${job.fine_tuned_model}:ckpt-step-0`)).toBeLessThan(10);
  });

  test('the result file is a CSV with a line a step', async () => {
    const job = await ended((await train()).id);
    const csv = await (await client.files.content(job.result_files[0] ?? '')).text();
    const [head, ...lines] = csv.trim().split('\n');
    expect(head).toBe(
      'step,train_loss,train_mean_token_accuracy,valid_loss,valid_mean_token_accuracy,full_valid_loss,full_valid_mean_token_accuracy',
    );
    expect(lines).toHaveLength(120);
    expect(lines.filter((line) => line.split(',')[5] !== '')).toHaveLength(3);
    expect((await client.files.retrieve(job.result_files[0] ?? '')).purpose).toBe('fine-tune-results');
  });

  test('chat: streaming, probabilities, the honest base model, and models that are not there', async () => {
    const job = await ended((await train()).id);
    const model = job.fine_tuned_model ?? '';
    const messages = [{ role: 'user' as const, content: 'Order 7 was superb, I must say.' }];
    const stream = await client.chat.completions.create({
      model,
      messages,
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = '';
    let end: string | null = null;
    let tokens = 0;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      end = chunk.choices[0]?.finish_reason ?? end;
      tokens = chunk.usage?.total_tokens ?? tokens;
    }
    expect({ text, end }).toEqual({ text: '{"mood":"praise"}', end: 'stop' });
    expect(tokens).toBeGreaterThan(0);
    const whole = await client.chat.completions.create({ model, messages, logprobs: true, top_logprobs: 2 });
    const top = whole.choices[0]?.logprobs?.content?.[0]?.top_logprobs ?? [];
    expect(top.map((one) => one.token)).toEqual(['{"mood":"praise"}', '{"mood":"anger"}']);
    expect(top.reduce((sum, one) => sum + Math.exp(one.logprob), 0)).toBeCloseTo(1, 9);
    const plain = await client.chat.completions.create({ model: base, messages });
    expect(plain.choices[0]?.message.content).toMatch(/practice|training/);
    const missing = await failure(client.chat.completions.create({ model: 'ft:nobody', messages }));
    expect(missing).toMatchObject({ status: 404, code: 'model_not_found' });
    expect((await failure(client.chat.completions.create({ model, messages: [] }))).status).toBe(400);
  });

  test('tool calls come back with fresh ids, and only for tools of the request', async () => {
    const tools = ['open_door', 'close_door'].map((name) => ({
      type: 'function' as const,
      function: { name, parameters: { type: 'object', properties: {} } },
    }));
    const lines = Array.from({ length: 30 }, (_, i) => {
      const name = i % 2 === 0 ? 'open_door' : 'close_door';
      const call = { id: `call_${i}`, type: 'function', function: { name, arguments: '{}' } };
      const words = i % 2 === 0 ? 'let me in' : 'shut it please';
      const messages = [
        { role: 'user', content: `${words} (${i})` },
        { role: 'assistant', tool_calls: [call] },
      ];
      return JSON.stringify({ messages, tools });
    });
    const file = await upload(lines.join('\n'));
    const job = await ended(
      (await client.fineTuning.jobs.create({ model: base, training_file: file.id, seed: 3 })).id,
    );
    const messages = [{ role: 'user' as const, content: 'let me in (77)' }];
    const model = job.fine_tuned_model ?? '';
    const ask = async () => (await client.chat.completions.create({ model, messages, tools })).choices[0];
    const [one, two] = [await ask(), await ask()];
    const called = one?.message.tool_calls?.[0];
    expect(one?.finish_reason).toBe('tool_calls');
    expect(called).toMatchObject({ type: 'function', function: { name: 'open_door', arguments: '{}' } });
    expect(called?.id).not.toBe(two?.message.tool_calls?.[0]?.id);
    const without = await client.chat.completions.create({ model, messages });
    expect(without.choices[0]?.message.tool_calls).toBeUndefined();
  });

  test('training can go on from a tuned model', async () => {
    const first = await ended((await train()).id);
    const second = await ended((await train({ model: first.fine_tuned_model ?? '', seed: 12 })).id);
    expect(second).toMatchObject({ status: 'succeeded', model: first.fine_tuned_model });
    const start = await client.models.retrieve(`${second.fine_tuned_model}:ckpt-step-0`);
    const before = await client.models.retrieve(first.fine_tuned_model ?? '');
    expect(start).toHaveProperty('weights_sha256', (before as { weights_sha256?: string }).weights_sha256);
  });

  test('jobs are listed newest first, paged, and found by metadata', async () => {
    const made = [
      await train({ metadata: { batch: 'm', n: '1' } }),
      await train({ metadata: { batch: 'm', n: '2' } }),
    ];
    const list = async (query: OpenAI.FineTuning.JobListParams) => {
      const ids: string[] = [];
      for await (const job of client.fineTuning.jobs.list(query)) ids.push(job.id);
      return ids;
    };
    const ids = made.map((job) => job.id).reverse();
    expect(await list({ metadata: { batch: 'm' }, limit: 1 })).toEqual(ids);
    expect(await list({ metadata: { batch: 'm', n: '1' } })).toEqual([made[0]?.id]);
    expect(await list({ metadata: { batch: 'other' } })).toEqual([]);
    expect((await list({})).slice(0, 2)).toEqual(ids);
    expect(await list({ metadata: null })).not.toContain(ids[0]);
    for (const id of ids) await ended(id);
  });

  test('cancel stops a job for good; pause and resume change nothing in the result', async () => {
    const slow = { method: supervised({ n_epochs: 40 }) };
    const whole = await ended((await train(slow)).id);
    practice.newJobs('real_time');
    const paused = await train(slow);
    await settled(paused.id, (status) => status === 'running');
    expect((await client.fineTuning.jobs.pause(paused.id)).status).toBe('pausing');
    const still = await settled(paused.id, (status) => status === 'paused');
    expect(still.finished_at).toBeNull();
    practice.provider().setPace(paused.id, 'instant');
    expect((await client.fineTuning.jobs.resume(paused.id)).status).toBe('queued');
    const done = await ended(paused.id);
    const hash = (job: unknown) => (job as { weights_sha256: string }).weights_sha256;
    expect(hash(done)).toBe(hash(whole));

    const doomed = await train(slow);
    await settled(doomed.id, (status) => status === 'running');
    expect((await client.fineTuning.jobs.cancel(doomed.id)).status).toBe('cancelled');
    expect(await failure(client.fineTuning.jobs.cancel(doomed.id))).toMatchObject({ status: 400 });
    expect(await failure(client.fineTuning.jobs.pause(doomed.id))).toMatchObject({ status: 400 });
    expect(await failure(client.fineTuning.jobs.resume(doomed.id))).toMatchObject({ status: 400 });
    expect((await ended(doomed.id)).fine_tuned_model).toBeNull();
    practice.newJobs('instant');
  });

  test('what a request may not ask for, in the words of the platform', async () => {
    const { id: training_file } = await upload(reviews(12));
    const create = (part: object) =>
      failure(
        client.fineTuning.jobs.create({
          model: base,
          training_file,
          ...part,
        } as OpenAI.FineTuning.JobCreateParams),
      );
    const few = await upload(reviews(7));
    expect(await create({ training_file: few.id })).toMatchObject({
      status: 400,
      type: 'invalid_request_error',
      code: 'invalid_n_examples',
      param: 'training_file',
      message: '400 Training file has 7 example(s), but must have at least 10 examples',
    });
    expect((await create({ model: 'gpt-4' })).message).toContain('not available for fine-tuning');
    expect(await create({ training_file: 'file-none' })).toMatchObject({
      status: 400,
      param: 'training_file',
    });
    expect(await create({ suffix: 'x'.repeat(65) })).toMatchObject({ code: 'string_above_max_length' });
    expect(await create({ suffix: '' })).toMatchObject({ code: 'string_below_min_length' });
    expect(await create({ seed: 2147483648 })).toMatchObject({
      code: 'integer_above_max_value',
      param: 'seed',
    });
    expect(await create({ seed: -1 })).toMatchObject({ code: 'integer_below_min_value' });
    expect(await create({ seed: 1.5 })).toMatchObject({ code: 'invalid_type' });
    expect(await create({ surprise: 1 })).toMatchObject({ code: 'unknown_parameter' });
    const pairs = Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`k${i}`, 'v']));
    expect(await create({ metadata: pairs })).toMatchObject({ code: 'object_above_max_properties' });
    expect(await create({ metadata: { k: 'v'.repeat(513) } })).toMatchObject({ param: 'metadata.k' });
    expect(await create({ metadata: { ['k'.repeat(65)]: 'v' } })).toMatchObject({ param: 'metadata.key' });
    const hyper = (part: object) => create({ method: supervised(part) });
    expect(await hyper({ n_epochs: 51 })).toMatchObject({ code: 'integer_above_max_value' });
    expect(await hyper({ n_epochs: 0 })).toMatchObject({ code: 'integer_below_min_value' });
    expect(await hyper({ batch_size: 257 })).toMatchObject({ code: 'integer_above_max_value' });
    expect(await hyper({ learning_rate_multiplier: 0 })).toMatchObject({ code: 'decimal_below_min_value' });
    expect(await hyper({ beta: 0.1 })).toMatchObject({ code: 'unknown_parameter' });
    expect(await create({ method: { type: 'dpo' } })).toMatchObject({ status: 400, param: 'method' });
    expect(await create({ method: { type: 'magic' } })).toMatchObject({ code: 'invalid_value' });
    expect((await failure(client.fineTuning.jobs.retrieve('ftjob-none'))).status).toBe(404);
    expect((await failure(client.get('/nothing'))).status).toBe(404);
  });

  test.each([
    [
      'an extra key',
      '{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}],"weight":1}',
      'invalid_file_format',
      'Example 3 contains an extra "weight".',
    ],
    [
      'a missing role',
      '{"messages":[{"role":"user","content":"a"},{"content":"b"}]}',
      'invalid_training_file',
      "Example 3, message 2 Discriminator 'role' is missing in value",
    ],
    [
      'a preference pair',
      '{"input":{"messages":[]},"preferred_output":[],"non_preferred_output":[]}',
      'invalid_training_file',
      'is in the fine-tune-preference format',
    ],
    ['no messages', '{"tools":[]}', 'invalid_training_file', "Example 3 is missing key 'messages'"],
    [
      'another format',
      '{"text":"a"}',
      'invalid_training_file',
      'Unexpected file format, expected either prompt/completion pairs or chat messages.',
    ],
    [
      'no JSON',
      '{"messages":[',
      'invalid_training_file',
      'Example 3 cannot be parsed. Error: line contains invalid json',
    ],
    [
      'a weight of 2',
      '{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b","weight":2}]}',
      'invalid_training_file',
      "'weight' must be 0 or 1",
    ],
    [
      'a user at the end',
      '{"messages":[{"role":"assistant","content":"b"},{"role":"user","content":"a"}]}',
      'invalid_training_file',
      'last message must be from the assistant',
    ],
  ])('a training file with %s makes the job fail and says where', async (_name, line, code, message) => {
    const lines = reviews(12).trim().split('\n');
    lines.splice(2, 0, line);
    const file = await upload(lines.join('\n'));
    const job = await ended(
      (await client.fineTuning.jobs.create({ model: base, training_file: file.id })).id,
    );
    expect(job.status).toBe('failed');
    expect(job.error).toMatchObject({ code, param: 'training_file' });
    expect(job.error?.message).toContain(message);
    const broken = await client.files.retrieve(file.id);
    expect(broken).toMatchObject({ status: 'error' });
  });

  test('a tuned model can be deleted, the base model cannot', async () => {
    const job = await ended((await train()).id);
    const model = job.fine_tuned_model ?? '';
    expect(await client.models.delete(model)).toEqual({ id: model, object: 'model', deleted: true });
    expect((await failure(client.models.retrieve(model))).status).toBe(404);
    expect((await failure(client.models.delete(base))).status).toBe(403);
  });
});

function supervised(hyperparameters: object) {
  return { type: 'supervised' as const, supervised: { hyperparameters } };
}
