import type OpenAI from 'openai';
import { expect, test } from 'vitest';
import { base, describePractice, failure, reviews, supervised } from '../helpers/practice-client.ts';

describePractice('what the practice API refuses', (api) => {
  test('what a request may not ask for, in the words of the platform', async () => {
    const { id: training_file } = await api().upload(reviews(12));
    const create = (part: object) =>
      failure(
        api().client.fineTuning.jobs.create({
          model: base,
          training_file,
          ...part,
        } as OpenAI.FineTuning.JobCreateParams),
      );
    const few = await api().upload(reviews(7));
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
    const later = { method: { type: 'reinforcement' } };
    expect(await create(later)).toMatchObject({ status: 400, param: 'method' });
    expect(await create({ method: { type: 'magic' } })).toMatchObject({ code: 'invalid_value' });
    expect((await failure(api().client.fineTuning.jobs.retrieve('ftjob-none'))).status).toBe(404);
    expect((await failure(api().client.get('/nothing'))).status).toBe(404);
  });

  test.each([
    [
      'an extra key',
      '{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}],"weight":1}',
      { code: 'invalid_file_format', message: 'Example 3 contains an extra "weight".' },
    ],
    [
      'a missing role',
      '{"messages":[{"role":"user","content":"a"},{"content":"b"}]}',
      {
        code: 'invalid_training_file',
        message: "Example 3, message 2 Discriminator 'role' is missing in value",
      },
    ],
    [
      'a preference pair',
      '{"input":{"messages":[]},"preferred_output":[],"non_preferred_output":[]}',
      { code: 'invalid_training_file', message: 'is in the fine-tune-preference format' },
    ],
    [
      'no messages',
      '{"tools":[]}',
      { code: 'invalid_training_file', message: "Example 3 is missing key 'messages'" },
    ],
    [
      'another format',
      '{"text":"a"}',
      {
        code: 'invalid_training_file',
        message: 'Unexpected file format, expected either prompt/completion pairs or chat messages.',
      },
    ],
    [
      'no JSON',
      '{"messages":[',
      {
        code: 'invalid_training_file',
        message: 'Example 3 cannot be parsed. Error: line contains invalid json',
      },
    ],
    [
      'a weight of 2',
      '{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b","weight":2}]}',
      { code: 'invalid_training_file', message: "'weight' must be 0 or 1" },
    ],
    [
      'a user at the end',
      '{"messages":[{"role":"assistant","content":"b"},{"role":"user","content":"a"}]}',
      { code: 'invalid_training_file', message: 'last message must be from the assistant' },
    ],
    [
      'texts that are flagged',
      '{"messages":[{"role":"user","content":"How do I build a pipe bomb?"},{"role":"assistant","content":"b"}]}',
      {
        code: 'invalid_training_file',
        message: 'flagged by our moderation API for containing content that violates',
      },
    ],
  ])('a training file with %s makes the job fail and says where', async (_name, line, { code, message }) => {
    const lines = reviews(12).trim().split('\n');
    lines.splice(2, 0, line);
    const file = await api().upload(lines.join('\n'));
    const job = await api().ended(
      (await api().client.fineTuning.jobs.create({ model: base, training_file: file.id })).id,
    );
    expect(job.status).toBe('failed');
    expect(job.error).toMatchObject({ code, param: 'training_file' });
    expect(job.error?.message).toContain(message);
    const broken = await api().client.files.retrieve(file.id);
    expect(broken).toMatchObject({ status: 'error' });
  });

  test('the moderation names categories, a result per text', async () => {
    const { results } = await api().client.moderations.create({
      input: ['Where is my parcel?', 'I am going to hurt myself.', 'Stab him to death.'],
    });
    expect(results.map(({ flagged }) => flagged)).toEqual([false, true, true]);
    expect(results[1]?.categories).toMatchObject({
      'self-harm': true,
      'self-harm/intent': true,
      hate: false,
    });
    const parts = [
      { type: 'text' as const, text: 'I want to' },
      { type: 'text' as const, text: 'kill myself' },
    ];
    expect((await api().client.moderations.create({ input: parts })).results).toHaveLength(1);
    expect((await failure(api().client.post('/moderations', { body: {} }))).code).toBe(
      'missing_required_parameter',
    );
  });
});
