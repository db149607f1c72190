import type OpenAI from 'openai';
import { expect, test } from 'vitest';
import { base, describePractice, failure, reviews } from '../helpers/practice-client.ts';

describePractice('models and chat through the openai SDK', (api) => {
  test('the tuned model answers better than the policy before training', async () => {
    const job = await api().ended((await api().train()).id);
    const right = async (model: string) => {
      let hits = 0;
      for (const [i, line] of reviews(12, 300).trim().split('\n').entries()) {
        const { messages } = JSON.parse(line) as { messages: OpenAI.ChatCompletionMessageParam[] };
        const answer = await api().client.chat.completions.create({ model, messages: messages.slice(0, 1) });
        expect(answer.usage?.total_tokens).toBeGreaterThan(0);
        if (answer.choices[0]?.message.content === `{"mood":"${i % 2 === 0 ? 'praise' : 'anger'}"}`)
          hits += 1;
      }
      return hits;
    };
    expect(await right(job.fine_tuned_model ?? '')).toBe(12);
    expect(await right(`${job.fine_tuned_model}:ckpt-step-0`)).toBeLessThan(10);
  });

  test('chat: streaming, probabilities, the honest base model, and models that are not there', async () => {
    const job = await api().ended((await api().train()).id);
    const model = job.fine_tuned_model ?? '';
    const messages = [{ role: 'user' as const, content: 'Order 7 was superb, I must say.' }];
    const stream = await api().client.chat.completions.create({
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
    const whole = await api().client.chat.completions.create({
      model,
      messages,
      logprobs: true,
      top_logprobs: 2,
    });
    const top = whole.choices[0]?.logprobs?.content?.[0]?.top_logprobs ?? [];
    expect(top.map((one) => one.token)).toEqual(['{"mood":"praise"}', '{"mood":"anger"}']);
    expect(top.reduce((sum, one) => sum + Math.exp(one.logprob), 0)).toBeCloseTo(1, 9);
    const plain = await api().client.chat.completions.create({ model: base, messages });
    expect(plain.choices[0]?.message.content).toMatch(/practice|training/);
    const missing = await failure(api().client.chat.completions.create({ model: 'ft:nobody', messages }));
    expect(missing).toMatchObject({ status: 404, code: 'model_not_found' });
    expect((await failure(api().client.chat.completions.create({ model, messages: [] }))).status).toBe(400);
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
    const file = await api().upload(lines.join('\n'));
    const job = await api().ended(
      (await api().client.fineTuning.jobs.create({ model: base, training_file: file.id, seed: 3 })).id,
    );
    const messages = [{ role: 'user' as const, content: 'let me in (77)' }];
    const model = job.fine_tuned_model ?? '';
    const ask = async () =>
      (await api().client.chat.completions.create({ model, messages, tools })).choices[0];
    const [one, two] = [await ask(), await ask()];
    const called = one?.message.tool_calls?.[0];
    expect(one?.finish_reason).toBe('tool_calls');
    expect(called).toMatchObject({ type: 'function', function: { name: 'open_door', arguments: '{}' } });
    expect(called?.id).not.toBe(two?.message.tool_calls?.[0]?.id);
    const without = await api().client.chat.completions.create({ model, messages });
    expect(without.choices[0]?.message.tool_calls).toBeUndefined();
  });

  test('training can go on from a tuned model', async () => {
    const first = await api().ended((await api().train()).id);
    const second = await api().ended(
      (await api().train({ model: first.fine_tuned_model ?? '', seed: 12 })).id,
    );
    expect(second).toMatchObject({ status: 'succeeded', model: first.fine_tuned_model });
    const start = await api().client.models.retrieve(`${second.fine_tuned_model}:ckpt-step-0`);
    const before = await api().client.models.retrieve(first.fine_tuned_model ?? '');
    expect(start).toHaveProperty('weights_sha256', (before as { weights_sha256?: string }).weights_sha256);
  });

  test('a tuned model can be deleted, the base model cannot', async () => {
    const job = await api().ended((await api().train()).id);
    const model = job.fine_tuned_model ?? '';
    expect(await api().client.models.delete(model)).toEqual({ id: model, object: 'model', deleted: true });
    expect((await failure(api().client.models.retrieve(model))).status).toBe(404);
    expect((await failure(api().client.models.delete(base))).status).toBe(403);
  });
});
