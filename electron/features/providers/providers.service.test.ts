import { afterEach, expect, test } from 'vitest';
import { createMemorySecrets } from '../../../tests/helpers/memory-secrets.ts';
import { type Answer, apiError, createScriptedServer } from '../../../tests/helpers/scripted-server.ts';
import { createTestKit } from '../../../tests/helpers/test-kit.ts';
import { AppFailure } from '../../../shared/failures.ts';
import { createOpenAiProvider } from '../../adapters/openai/openai-provider.ts';
import type { CreateJob, EgressGate, PracticeHost } from '../../core/feature-ports.ts';
import { createProvidersService } from './providers.service.ts';

const apiKey = 'sk-live-0123456789abcdef';
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const practice: PracticeHost = {
  baseUrl: 'http://practice.invalid/v1',
  fetch: async () => Response.json({ data: [{ id: 'practice-small', created: 1, owned_by: 'practice' }] }),
  setPace: () => {},
  pace: () => null,
  onChange: () => () => {},
};

async function opened(answer: () => Answer = () => ({ data: [] })) {
  const server = await createScriptedServer(answer);
  closers.push(() => server.close());
  const secrets = createMemorySecrets();
  const now = Date.parse('2027-01-04T12:00:00Z');
  const test = createTestKit({ secrets, clock: { now: () => now } });
  const gate: EgressGate = { isOpen: () => true, fetchFor: () => fetch };
  const state = { isInUse: false };
  const providers = createProvidersService(test.kit, {
    gate,
    practice,
    createProvider: createOpenAiProvider,
    isInUse: () => state.isInUse,
  });
  await test.open();
  closers.push(test.close);
  const input = {
    kind: 'compatible' as const,
    name: 'Local',
    baseUrl: server.baseUrl,
    apiKey,
    organization: null,
    project: null,
    isAddressConfirmed: false,
  };
  return { ...test, ...providers, server, secrets, state, input };
}

async function failureOf(promise: unknown): Promise<AppFailure> {
  const error: unknown = await Promise.resolve(promise).catch((reason: unknown) => reason);
  if (!(error instanceof AppFailure)) throw new Error(`not a failure: ${JSON.stringify(error)}`);
  return error;
}

test('practice is always there and lists its models without gate or network', async () => {
  const { handlers, server } = await opened();
  const all = await handlers.list({}, {});
  expect(all.map((one) => [one.id, one.staysOnThisMachine, one.access])).toEqual([['practice', true, null]]);
  const { models } = await handlers.models({ connectionId: 'practice', refresh: false }, {});
  expect(models.map((model) => model.id)).toEqual(['practice-small']);
  expect(server.arrived).toEqual([]);
});

test('connecting sends nothing and keeps the key out of the store, the log, the history and every answer', async () => {
  const { handlers, server, secrets, input, kit, log } = await opened();
  const made = await handlers.connect(input, {});
  expect(made).toMatchObject({
    access: { last4: 'cdef', stored: 'memory', isPresent: true },
    isUnencrypted: true,
  });
  expect(server.arrived).toEqual([]);
  expect([...secrets.kept.values()]).toEqual([apiKey]);
  const { db } = kit.workspace.require();
  const dump = ['connections', 'connection_facts', 'events', 'tasks'].map((table) =>
    db.prepare(`SELECT * FROM ${table}`).all(),
  );
  const seen = JSON.stringify([made, await handlers.list({}, {}), dump, log.lines]);
  expect(seen).not.toContain('0123456789');
  await handlers.remove({ connectionId: made.id }, {});
  expect([...secrets.kept.keys()]).toEqual([]);
  expect(await handlers.list({}, {})).toHaveLength(1);
});

test('the stored key is what authenticates; a key lost with the last session is said so', async () => {
  const { handlers, server, secrets, input } = await opened();
  const { id } = await handlers.connect(input, {});
  expect(await handlers.test({ connectionId: id }, {})).toMatchObject({ isOk: true, modelCount: 0 });
  expect(server.arrived[0]?.headers.authorization).toBe(`Bearer ${apiKey}`);
  secrets.kept.clear();
  const [, connection] = await handlers.list({}, {});
  expect(connection?.access?.isPresent).toBe(false);
  const result = await handlers.test({ connectionId: id }, {});
  expect(result).toMatchObject({ isOk: false });
  expect(result.what).toContain('memory only');
  const mended = await handlers.replaceKey({ connectionId: id, apiKey: 'sk-new-key-99887766' }, {});
  expect(mended.access).toMatchObject({ last4: '7766', isPresent: true });
});

test.each([
  ['name', { name: 'Practice' }],
  ['baseUrl', { baseUrl: 'http://api.example.com/v1' }],
  ['baseUrl', { baseUrl: 'https://10.0.0.1/v1' }],
  ['apiKey', { apiKey: 'two words' }],
  ['apiKey', { apiKey: 'ключ' }],
])('a wrong %s is named and leaves no key behind', async (field, change) => {
  const { handlers, secrets, input } = await opened();
  const failure = await failureOf(handlers.connect({ ...input, ...change }, {}));
  expect(failure.data.where).toEqual({ field });
  expect(secrets.kept.size).toBe(0);
});

test('names are unique; renaming can be undone', async () => {
  const { handlers, input, kit } = await opened();
  const { id } = await handlers.connect(input, {});
  expect((await failureOf(handlers.connect(input, {}))).data.where).toEqual({ field: 'name' });
  await handlers.rename({ connectionId: id, name: 'Rack 2' }, {});
  const name = async (): Promise<string | undefined> => (await handlers.list({}, {}))[1]?.name;
  expect(await name()).toBe('Rack 2');
  await kit.workspace.require().write((db) => kit.events.undo(db));
  expect(await name()).toBe('Local');
});

test('models keep their shutdown date with the days that are left', async () => {
  const { handlers, input } = await opened(() => ({
    data: [
      { id: 'gpt-4.1-mini-2025-04-14', created: 1, shutdown_date: '2027-01-14' },
      { id: 'ft:gpt-4.1-mini-2025-04-14:acme::x1', created: 1, shutdown_date: '2027-01-04' },
    ],
  }));
  const { id } = await handlers.connect(input, {});
  expect(await handlers.models({ connectionId: id, refresh: false }, {})).toEqual({
    readAt: null,
    models: [],
  });
  const { models } = await handlers.models({ connectionId: id, refresh: true }, {});
  expect(models.map((model) => [model.daysLeft, model.isFineTuned])).toEqual([
    [10, false],
    [0, true],
  ]);
  expect((await handlers.models({ connectionId: id, refresh: false }, {})).models).toEqual(models);
});

test('"may not train" is kept on the connection, from the first time on, until a launch works again', async () => {
  const blocked = { value: true };
  const { handlers, registry, input } = await opened(() =>
    blocked.value
      ? apiError(403, {
          code: 'training_not_available',
          message: 'OpenAI is winding down the fine-tuning platform.',
        })
      : { id: 'ftjob-1', status: 'queued', model: 'm', created_at: 1, training_file: 'f' },
  );
  const { id } = await handlers.connect(input, {});
  const { provider } = registry.require(id);
  const job: CreateJob = {
    model: 'm',
    trainingFileId: 'f',
    validationFileId: null,
    suffix: null,
    seed: 1,
    method: 'supervised' as const,
    hyperparameters: { nEpochs: 1, batchSize: 1, learningRateMultiplier: 1 },
    metadata: {},
  };
  expect((await failureOf(provider.createJob(job))).code).toBe('TRAINING_NOT_AVAILABLE');
  const block = async () => (await handlers.list({}, {}))[1]?.trainingBlock;
  expect(await block()).toEqual({
    since: Date.parse('2027-01-04T12:00:00Z'),
    message: 'OpenAI is winding down the fine-tuning platform.',
  });
  blocked.value = false;
  await provider.createJob(job);
  expect(await block()).toBeNull();
});

test('a connection in use stays', async () => {
  const { handlers, input, state } = await opened();
  const { id } = await handlers.connect(input, {});
  state.isInUse = true;
  expect((await failureOf(handlers.remove({ connectionId: id }, {}))).code).toBe('JOB_STATE');
});
