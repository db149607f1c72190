import OpenAI from 'openai';
import { expect, test } from 'vitest';
import { createTestCore } from '../helpers/test-core.ts';

const ask = {
  model: 'practice-ranker-1',
  messages: [{ role: 'user' as const, content: 'tiktoken is great!' }],
};

test('the host serves the open workspace, counts off the main thread, and refuses without a workspace', async () => {
  const opened = createTestCore();
  const { client, core } = opened;
  const { practice } = core;
  const openai = new OpenAI({ apiKey: 'x', baseURL: practice.baseUrl, fetch: practice.fetch, maxRetries: 0 });
  await expect(openai.models.list()).rejects.toThrow();
  await client.workspaces.create({ name: 'One', folder: null });
  expect((await openai.models.list()).data.map((model) => model.id)).toEqual(['practice-ranker-1']);

  const answers = await Promise.all([1, 2, 3].map(() => openai.chat.completions.create(ask)));
  // 3 for the conversation, 3 for the message, 1 for "user", 6 for the text (platform reference 5.2).
  expect(answers.map((answer) => answer.usage?.prompt_tokens)).toEqual([13, 13, 13]);
  expect(answers[0]?.usage?.completion_tokens).toBeGreaterThan(10);

  await client.workspaces.close();
  await expect(openai.models.list()).rejects.toThrow();
  await opened.close();
});
