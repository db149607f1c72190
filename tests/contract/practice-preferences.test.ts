import type OpenAI from 'openai';
import { expect, test } from 'vitest';
import { base, describePractice, failure, hashOf, reviews, supervised } from '../helpers/practice-client.ts';

const things = ['kettle', 'lamp', 'chair', 'printer', 'tent', 'bicycle', 'radio', 'boot'];
const asks = [
  'Where is my',
  'Can I return the',
  'How do I clean the',
  'What does it cost to mend the',
  'Who made the',
];

type Pair = { input: { messages: object[] }; preferred_output: object[]; non_preferred_output: object[] };

/** Plain answers are preferred to gushing ones. */
function pair(place: number): Pair {
  const thing = things[place % things.length] ?? '';
  const ask = asks[Math.floor(place / things.length) % asks.length] ?? '';
  const say = (content: string) => [{ role: 'assistant', content }];
  return {
    input: { messages: [{ role: 'user', content: `${ask} ${thing}?` }] },
    preferred_output: say(`About the ${thing}: one step at a time, in two lines (${ask}).`),
    non_preferred_output: say(`Wow, what a wonderful ${thing}! We are so thrilled (${ask})!`),
  };
}

const lines = (pairs: readonly unknown[]): string => pairs.map((one) => `${JSON.stringify(one)}\n`).join('');
const pairs = (from: number, count: number) => Array.from({ length: count }, (_, i) => pair(from + i));

describePractice('preference tuning (DPO) through the openai SDK', (api) => {
  const dpo = (hyperparameters: OpenAI.FineTuning.DpoHyperparameters = {}) => ({
    type: 'dpo' as const,
    dpo: { hyperparameters },
  });

  async function train(part: Partial<OpenAI.FineTuning.JobCreateParams> = {}) {
    const training = await api().upload(lines(pairs(0, 30)), 'pairs.jsonl');
    const validation = await api().upload(lines(pairs(30, 10)), 'valid.jsonl');
    const files = { training_file: training.id, validation_file: validation.id };
    return api().client.fineTuning.jobs.create({ model: base, ...files, seed: 11, method: dpo(), ...part });
  }

  async function metricsOf(jobId: string) {
    const all: Record<string, number>[] = [];
    for await (const event of api().client.fineTuning.jobs.listEvents(jobId, { limit: 100 })) {
      if (event.type === 'metrics') all.push(event.data as Record<string, number>);
    }
    return all.reverse();
  }

  /** Natural logarithm of how likely each answer is, as the model tells. */
  async function ask(model: string, one: Pair) {
    const answer = await api().client.chat.completions.create({
      model,
      messages: one.input.messages as OpenAI.ChatCompletionMessageParam[],
      logprobs: true,
      top_logprobs: 20,
    });
    return answer.choices[0];
  }

  test('a job tells loss, margin and accuracy, and its model answers as the reviewer preferred', async () => {
    const created = await train({ suffix: 'plain' });
    expect(created).toMatchObject({
      status: 'validating_files',
      hyperparameters: null,
      method: {
        type: 'dpo',
        dpo: {
          hyperparameters: {
            n_epochs: 'auto',
            batch_size: 'auto',
            learning_rate_multiplier: 'auto',
            beta: 'auto',
          },
        },
      },
    });
    const job = await api().ended(created.id);
    expect(job.status).toBe('succeeded');
    expect(job.method?.dpo?.hyperparameters).toEqual({
      n_epochs: 3,
      batch_size: 1,
      learning_rate_multiplier: 1,
      beta: 0.1,
    });
    expect(job.fine_tuned_model).toBe(`ft:${base}:lapidary:plain:${job.id.slice(-8)}`);
    expect(job.trained_tokens).toBeGreaterThan(0);
    const metrics = await metricsOf(job.id);
    expect(metrics).toHaveLength(90);
    expect(metrics[0]).toMatchObject({ step: 1, train_reward_margin: 0, train_reward_accuracy: 0 });
    expect(metrics[0]?.train_loss).toBeCloseTo(Math.log(2), 12);
    expect(metrics.at(-1)).toMatchObject({ total_steps: 90, full_valid_reward_accuracy: 1 });
    expect(metrics.at(-1)?.full_valid_reward_margin).toBeGreaterThan(0.1);
    expect(metrics.at(-1)?.full_valid_loss).toBeLessThan(Math.log(2));
    // Every one of the ten likeliest answers to an unseen question is of the preferred kind.
    const choice = await ask(job.fine_tuned_model ?? '', pair(33));
    const top = choice?.logprobs?.content?.[0]?.top_logprobs ?? [];
    expect(top).toHaveLength(20);
    expect(top.slice(0, 10).every(({ token }) => token.includes('in two lines'))).toBe(true);
    const before = await ask(`${job.fine_tuned_model}:ckpt-step-0`, pair(33));
    const untrained = before?.logprobs?.content?.[0]?.top_logprobs.slice(0, 10) ?? [];
    expect(untrained.every(({ token }) => token.includes('in two lines'))).toBe(false);
  });

  test('the result file has the columns of preference training', async () => {
    const job = await api().ended((await train()).id);
    const csv = await (await api().client.files.content(job.result_files[0] ?? '')).text();
    const [head, ...rows] = csv.trim().split('\n');
    expect(head).toBe(
      'step,train_loss,train_reward_margin,train_reward_accuracy,valid_loss,valid_reward_margin,valid_reward_accuracy,full_valid_loss,full_valid_reward_margin,full_valid_reward_accuracy',
    );
    expect(rows).toHaveLength(90);
    expect(rows.filter((row) => row.split(',')[7] !== '')).toHaveLength(3);
    const checkpoints = await api().client.fineTuning.jobs.checkpoints.list(job.id);
    expect(checkpoints.data.map((one) => one.step_number)).toEqual([90, 60, 30]);
    expect(checkpoints.data[0]?.metrics).toHaveProperty('full_valid_reward_margin');
  });

  test('paused and resumed, stopped with the provider: the weights are those of the run in one piece', async () => {
    const slow = { method: dpo({ n_epochs: 15, beta: 0.3 }) };
    const whole = await api().ended((await train(slow)).id);
    api().practice.newJobs('real_time');
    const paused = await train(slow);
    await api().settled(paused.id, 'running');
    await api().client.fineTuning.jobs.pause(paused.id);
    await api().settled(paused.id, 'paused');
    api().practice.provider().setPace(paused.id, 'instant');
    await api().client.fineTuning.jobs.resume(paused.id);
    expect(hashOf(await api().ended(paused.id))).toBe(hashOf(whole));
    api().practice.newJobs('ten_times');
    const stopped = await train(slow);
    await api().settled(stopped.id, 'running');
    await api().practice.restart();
    api().practice.provider().setPace(stopped.id, 'instant');
    expect(hashOf(await api().ended(stopped.id))).toBe(hashOf(whole));
    const doomed = await train(slow);
    await api().settled(doomed.id, 'running');
    expect((await api().client.fineTuning.jobs.cancel(doomed.id)).status).toBe('cancelled');
    expect((await api().ended(doomed.id)).fine_tuned_model).toBeNull();
    api().practice.newJobs('instant');
  });

  test('first supervised, then preferences: it starts from what was learned, and keeps it', async () => {
    const chats = pairs(0, 30).map(({ input, preferred_output }) => ({
      messages: [...input.messages, ...preferred_output],
    }));
    const training = await api().upload(lines(chats), 'chats.jsonl');
    const created = await api().client.fineTuning.jobs.create({
      model: base,
      training_file: training.id,
      seed: 11,
      method: supervised({ n_epochs: 12 }),
    });
    const model = (await api().ended(created.id)).fine_tuned_model ?? '';
    // A small rate, as for any model that is to keep what it knows.
    const gentle = { method: dpo({ learning_rate_multiplier: 0.3 }) };
    const stacked = await api().ended((await train({ model, ...gentle })).id);
    expect(stacked).toMatchObject({ status: 'succeeded', model });
    // The reference is the tuned model: at first nothing tells the two apart.
    const [start] = await metricsOf(stacked.id);
    expect(start?.train_loss).toBeCloseTo(Math.log(2), 12);
    const alone = await api().ended((await train(gentle)).id);
    const right = async (tuned: string): Promise<number> => {
      let hits = 0;
      for (const one of pairs(0, 30)) {
        const said = (await ask(tuned, one))?.message.content;
        if (said === (one.preferred_output[0] as { content: string }).content) hits += 1;
      }
      return hits;
    };
    expect(await right(stacked.fine_tuned_model ?? '')).toBeGreaterThan(
      2 * (await right(alone.fine_tuned_model ?? '')),
    );
    const third = await api().ended((await train({ model: stacked.fine_tuned_model ?? '' })).id);
    expect(third.status).toBe('succeeded');
  });

  test('what a request may not ask for', async () => {
    const file = await api().upload(lines(pairs(0, 12)));
    const create = (method: object) =>
      failure(
        api().client.fineTuning.jobs.create({
          model: base,
          training_file: file.id,
          method,
        } as OpenAI.FineTuning.JobCreateParams),
      );
    expect(await create(dpo({ beta: 0 }))).toMatchObject({
      code: 'decimal_below_min_value',
      param: 'method.dpo.hyperparameters.beta',
    });
    expect(await create(dpo({ beta: 2.01 }))).toMatchObject({ code: 'decimal_above_max_value' });
    expect(await create(dpo({ n_epochs: 51 }))).toMatchObject({ code: 'integer_above_max_value' });
    expect(await create({ type: 'dpo', dpo: { hyperparameters: { gamma: 1 } } })).toMatchObject({
      code: 'unknown_parameter',
    });
    expect(await create({ type: 'dpo', supervised: {} })).toMatchObject({ param: 'method.supervised' });
    expect(await create({ type: 'reinforcement' })).toMatchObject({ code: 'model_not_available' });
  });

  const image = { type: 'image_url', image_url: { url: 'https://pictures.example/a.png' } };
  const good = pair(0);
  test.each<[string, unknown, { code?: string; message: string }]>([
    [
      'a chat example',
      JSON.parse(reviews(1)) as unknown,
      {
        message:
          "is in the fine-tune-chat format, but the specified fine-tuning job is not using 'supervised'",
      },
    ],
    ['no input', { ...good, input: undefined }, { message: "Example 3 is missing key 'input'" }],
    [
      'one side',
      { ...good, non_preferred_output: undefined },
      { message: "Example 3 is missing key 'non_preferred_output'" },
    ],
    [
      'keys of a blog',
      { prompt: 'a', chosen: 'b', rejected: 'c' },
      { message: "Example 3 is missing key 'input'" },
    ],
    [
      'an extra key',
      { ...good, strength: 3 },
      { code: 'invalid_file_format', message: 'Example 3 contains an extra "strength".' },
    ],
    [
      'an extra key in the input',
      { ...good, input: { ...good.input, n: 1 } },
      { code: 'invalid_file_format', message: 'key \'input\' contains an extra "n".' },
    ],
    ['no messages', { ...good, input: { messages: [] } }, { message: 'at least one message' }],
    [
      'a message without a role',
      { ...good, input: { messages: [{ content: 'a' }] } },
      { message: "Example 3, message 1 Discriminator 'role' is missing in value" },
    ],
    [
      'an answer at the end of the input',
      { ...good, input: { messages: [{ role: 'assistant', content: 'a' }] } },
      { message: "last message of 'input' must not be from the assistant" },
    ],
    [
      'a side that is no list',
      { ...good, preferred_output: 'a' },
      { message: "key 'preferred_output' must be a list with exactly one message" },
    ],
    [
      'two answers on a side',
      { ...good, preferred_output: [...good.preferred_output, ...good.preferred_output] },
      { message: 'exactly one message' },
    ],
    [
      'a side from the user',
      { ...good, preferred_output: [{ role: 'user', content: 'a' }] },
      { message: 'must be from the assistant' },
    ],
    [
      'an empty side',
      { ...good, non_preferred_output: [{ role: 'assistant', content: '' }] },
      { message: 'is empty' },
    ],
    [
      'a picture',
      { ...good, input: { messages: [{ role: 'user', content: [image] }] } },
      { message: 'must hold text only' },
    ],
    ['a list', [good], { message: 'Example 3 is not an object' }],
  ])('a preference file with %s makes the job fail and says where', async (_name, row, expected) => {
    const rows: unknown[] = pairs(0, 12);
    rows.splice(2, 0, row);
    const file = await api().upload(lines(rows));
    const { id } = await api().client.fineTuning.jobs.create({
      model: base,
      training_file: file.id,
      method: dpo(),
    });
    const job = await api().ended(id);
    expect(job).toMatchObject({ status: 'failed', error: { param: 'training_file' } });
    expect(job.error?.code).toBe(expected.code ?? 'invalid_training_file');
    expect(job.error?.message).toContain(expected.message);
  });
});
