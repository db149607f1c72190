import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chatLine, importText, taskEnd } from '../../../tests/helpers/datasets.ts';
import { askingFor, startAsking } from '../../../tests/helpers/generation.ts';
import { setSettings } from '../../../tests/helpers/preferences.ts';
import {
  type Answer,
  apiError,
  type Arrived,
  createScriptedServer,
} from '../../../tests/helpers/scripted-server.ts';
import { createTestCore } from '../../../tests/helpers/test-core.ts';
import { until } from '../../../tests/helpers/tuned-run.ts';

let app: ReturnType<typeof createTestCore>;
const closers: (() => Promise<void>)[] = [];
beforeEach(async () => {
  app = createTestCore();
  await app.client.workspaces.create({ name: 'Test', folder: join(app.folder, 'ws') });
});
afterEach(async () => {
  await app.close();
  for (const close of closers.splice(0)) await close();
});

const lines = (count: number): string[] =>
  Array.from({ length: count }, (_, at) =>
    chatLine(`Where is order ${at}?`, `It is on its way, number ${at % 7}.`, 'You answer customers.'),
  );

async function imported(rows: readonly string[]): Promise<string> {
  const content = rows.join('\n');
  const { datasetId } = await importText(app.client, { folder: app.folder, name: 'orders.jsonl', content });
  return datasetId;
}

type Asked = {
  model: string;
  seed: number;
  temperature: number;
  max_tokens: number;
  messages: { content: string }[];
};
const readAsked = ({ body }: Arrived): Asked => JSON.parse(body) as Asked;
const keyOf = ({ model, seed, messages }: Asked): string => `${model} ${seed} ${messages.at(-1)?.content}`;

const says = (content: string): Answer => ({
  id: 'c',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 11, completion_tokens: 5, total_tokens: 16 },
});

/** A server on this machine that speaks the API; the gate is open. */
async function connected(answer: (asked: Asked) => Answer) {
  const server = await createScriptedServer((request) =>
    request.path.endsWith('/chat/completions') ? answer(readAsked(request)) : { data: [] },
  );
  closers.push(() => server.close());
  const { id } = await app.client.providers.connect({
    kind: 'compatible',
    name: 'Loopback',
    baseUrl: server.baseUrl,
    apiKey: 'sk-test-abcdefghijklmnop',
    organization: null,
    project: null,
    isAddressConfirmed: true,
  });
  await app.client.egress.setGate({ position: 'online' });
  const chats = (): Asked[] =>
    server.arrived.filter(({ path }) => path.endsWith('/chat/completions')).map(readAsked);
  return { connectionId: id, chats, server };
}

const answerOf = (asked: Asked): Answer => says(`${asked.model} says ${asked.seed}`);

describe('asking a server', () => {
  test('sends exactly what was planned, each request with a line in the ledger', async () => {
    const { client } = app;
    const { connectionId, chats } = await connected(answerOf);
    const datasetId = await imported(lines(10));
    const request = askingFor(datasetId, { connectionId, models: ['one', 'two'], candidatesPerModel: 2 });
    const { plan, setId, taskId } = await startAsking(client, request);
    expect(plan).toMatchObject({ requests: 24, costMicroUsd: null, staysOnThisMachine: false });
    expect(plan.costNote).toContain('No price is on file');
    await taskEnd(client, taskId);
    expect(chats()).toHaveLength(24);
    expect(new Set(chats().map(keyOf)).size).toBe(24);
    expect(chats()[0]).toMatchObject({ temperature: 0.8, max_tokens: 64 });
    expect(new Set(chats().map(({ seed }) => seed))).toEqual(new Set([5, 6]));
    const { requests } = await client.egress.summary();
    expect(requests).toBe(24);
    const set = await client.preferences.get({ setId });
    expect(set).toMatchObject({ prompts: 6, pairs: 36, quarantined: 0 });
    expect(await client.generation.ofSet({ setId })).toMatchObject({
      inputTokens: 24 * 11,
      outputTokens: 24 * 5,
    });
  });

  test('a closed gate and unresolved personal data block the plan and the start; nothing is sent', async () => {
    const { client } = app;
    const { connectionId, chats } = await connected(answerOf);
    const datasetId = await imported([...lines(4), chatLine('Write to jane.doe@acme-mail.com', 'Done.')]);
    const request = askingFor(datasetId, { connectionId });
    const { approval } = await client.generation.plan(request);
    const start = {
      request,
      approvalId: approval?.approvalId ?? '',
      name: 'x',
      kind: 'pairs' as const,
      settings: setSettings,
    };
    await taskEnd(client, (await client.privacy.scan({ datasetId })).taskId);
    await client.privacy.changeGate({
      isOn: true,
      minGravity: 'info',
      minConfidence: 'low',
      mustBeScanned: true,
    });
    const blocked = await client.generation.plan(request);
    expect(blocked).toMatchObject({ block: { code: 'PERSONAL_DATA_UNRESOLVED' }, approval: null });
    await expect(client.generation.start(start)).rejects.toMatchObject({ code: 'PERSONAL_DATA_UNRESOLVED' });
    await client.privacy.changeGate({
      isOn: false,
      minGravity: 'error',
      minConfidence: 'high',
      mustBeScanned: false,
    });
    await client.egress.setGate({ position: 'offline' });
    expect((await client.generation.plan(request)).block?.code).toBe('OFFLINE');
    await expect(client.generation.start(start)).rejects.toMatchObject({ code: 'OFFLINE' });
    expect(chats()).toHaveLength(0);
    expect(await client.generation.list()).toEqual([]);
  });

  test('what one model refuses is kept with its words, and a prompt with one answer is set aside', async () => {
    const { client } = app;
    const { connectionId } = await connected((asked) =>
      asked.seed === 6 && asked.messages.at(-1)?.content.includes('order 3')
        ? apiError(400, { message: 'This prompt was flagged.', code: 'invalid_prompt' })
        : answerOf(asked),
    );
    const datasetId = await imported(lines(5));
    const { setId, taskId } = await startAsking(
      client,
      askingFor(datasetId, { connectionId, models: ['one'], candidatesPerModel: 2 }),
    );
    await taskEnd(client, taskId);
    expect(await client.preferences.get({ setId })).toMatchObject({ prompts: 4, quarantined: 1 });
    const { rows } = await client.preferences.quarantined({ setId, start: 0, limit: 5 });
    expect(rows[0]?.message).toContain('flagged');
    const account = await client.generation.ofSet({ setId });
    expect(account).toMatchObject({ answered: 9, failed: 1, comparable: 4 });
    expect(account?.failures).toHaveLength(1);
  });

  test.each([
    ['KEY_REJECTED', apiError(401, { message: 'Incorrect API key', code: 'invalid_api_key' })],
    ['QUOTA_EXHAUSTED', apiError(429, { message: 'quota', code: 'insufficient_quota' })],
    ['PROVIDER_REFUSED', apiError(404, { message: 'no such model', code: 'model_not_found' })],
  ])('%s stops it, keeps what was answered, and going on asks only the rest', async (code, failure) => {
    const { client } = app;
    let left = 7;
    const { connectionId, chats } = await connected((asked) => {
      if (code === 'PROVIDER_REFUSED') return left > 0 ? failure : answerOf(asked);
      left -= 1;
      return left >= 0 ? answerOf(asked) : failure;
    });
    const datasetId = await imported(lines(6));
    const { setId, taskId, generationId } = await startAsking(client, askingFor(datasetId, { connectionId }));
    expect(await taskEnd(client, taskId)).toMatchObject({ state: 'failed', failure: { code } });
    const stopped = await client.generation.ofSet({ setId });
    expect(stopped).toMatchObject({ state: 'stopped', failed: 0, failure: { code } });
    expect(stopped?.answered).toBe(code === 'PROVIDER_REFUSED' ? 0 : 7);
    await expect(client.preferences.get({ setId })).rejects.toMatchObject({ code: 'PREFERENCES_NOT_FOUND' });
    const before = chats().length;
    left = code === 'PROVIDER_REFUSED' ? 0 : 1000;
    const resumed = await client.generation.resume({ generationId });
    expect((await taskEnd(client, resumed.taskId)).state).toBe('succeeded');
    expect(chats()).toHaveLength(before + 18 - (stopped?.answered ?? 0));
    await expect(client.generation.resume({ generationId })).rejects.toMatchObject({
      code: 'PREFERENCES_IMPOSSIBLE',
    });
  });

  test('waits as long as a rate limit says, then goes on by itself', async () => {
    let isLimited = true;
    const { connectionId, chats } = await connected((asked) => {
      if (!isLimited) return answerOf(asked);
      isLimited = false;
      return apiError(429, { message: 'Too fast', code: 'rate_limit_exceeded' }, { 'retry-after': '0' });
    });
    const datasetId = await imported(lines(3));
    const { taskId } = await startAsking(app.client, askingFor(datasetId, { connectionId }));
    expect((await taskEnd(app.client, taskId)).failure).toBeNull();
    expect(chats()).toHaveLength(10);
  });

  test('after the end of the program it goes on, and nothing that was answered is asked twice', async () => {
    let isHeld = true;
    const reached = Promise.withResolvers<void>();
    const { connectionId, chats } = await connected((asked) => {
      if (!isHeld || chats().length <= 8) return answerOf(asked);
      reached.resolve();
      return () => {};
    });
    const datasetId = await imported(lines(6));
    const { setId } = await startAsking(app.client, askingFor(datasetId, { connectionId }));
    await reached.promise;
    await until(app.client, async () =>
      (await app.client.generation.ofSet({ setId }))?.answered === 8 ? true : null,
    );
    const folder = join(app.folder, 'ws');
    await app.client.workspaces.close();
    const before = chats().map(keyOf);
    isHeld = false;
    await app.client.workspaces.open({ folder, recoveryPhrase: null });
    const [task] = await app.client.activity.list();
    expect((await taskEnd(app.client, task?.id ?? '')).state).toBe('succeeded');
    const asked = chats().map(keyOf);
    const answered = new Set(before.slice(0, 8));
    expect(asked.slice(before.length).filter((key) => answered.has(key))).toEqual([]);
    expect(asked.slice(before.length)).toHaveLength(10);
    expect(await app.client.preferences.get({ setId })).toMatchObject({ prompts: 6 });
  });

  test('cancelling keeps the answers, and a set can be made of those that are there', async () => {
    const { client } = app;
    const reached = Promise.withResolvers<void>();
    const { connectionId, chats } = await connected((asked) => {
      if (chats().length <= 9) return answerOf(asked);
      reached.resolve();
      return () => {};
    });
    const datasetId = await imported(lines(6));
    const { setId, taskId, generationId } = await startAsking(client, askingFor(datasetId, { connectionId }));
    await reached.promise;
    await until(client, async () =>
      (await client.generation.ofSet({ setId }))?.answered === 9 ? true : null,
    );
    await client.activity.cancel({ taskId });
    expect((await taskEnd(client, taskId)).state).toBe('cancelled');
    expect(await client.generation.ofSet({ setId })).toMatchObject({ state: 'cancelled', answered: 9 });
    const source = { kind: 'generated' as const, generationId };
    expect(await client.preferences.preview({ source, kind: 'pairs' })).toMatchObject({
      prompts: 3,
      quarantined: 3,
    });
    const made = await client.preferences.create({
      name: 'Half',
      kind: 'pairs',
      source,
      settings: setSettings,
    });
    await taskEnd(client, made.taskId);
    expect(await client.preferences.get({ setId: made.setId })).toMatchObject({ prompts: 3, quarantined: 3 });
    expect((await client.generation.ofSet({ setId: made.setId }))?.generationId).toBe(generationId);
  });
});
