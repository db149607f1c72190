import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Contract } from '../../shared/contract.ts';
import { failureCodes, failureData } from '../../shared/failures.ts';
import type { Ports } from '../../electron/core/ports.ts';
import { describeContract, simplestValue } from '../helpers/contract-walk.ts';
import { createTestCore } from '../helpers/test-core.ts';

type AnyCall = (input: unknown, options?: { signal?: AbortSignal }) => Promise<unknown>;

const noDialogs: Ports['dialogs'] = {
  openFile: async () => null,
  openFolder: async () => null,
  saveFile: async () => null,
};

/** The core at one end of a message channel, a window's client at the other. */
function connect(overrides: Partial<Ports> = {}) {
  const test_ = createTestCore({
    dialogs: noDialogs,
    network: () => Promise.reject(new Error('no test may use the network')),
    ...overrides,
  });
  const { port1, port2 } = new MessageChannel();
  test_.core.connect(port1);
  port1.start();
  const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ port: port2 }));
  port2.start();
  const close = async (): Promise<void> => {
    port1.close();
    port2.close();
    await test_.close();
  };
  return { ...test_, client, windowPort: port2, close };
}

/** The procedure at a dotted path. */
function callAt(client: unknown, path: string): AnyCall {
  return path.split('.').reduce((part, key) => (part as Record<string, unknown>)[key], client) as AnyCall;
}

describe('over a message channel', () => {
  let window: ReturnType<typeof connect>;
  beforeEach(() => {
    window = connect();
  });
  afterEach(() => window.close());

  /** Calls a procedure and answers the code of its failure, `ok` otherwise; streams are opened and let go. */
  const outcome = async (path: string, input: unknown): Promise<string> => {
    const controller = new AbortController();
    try {
      const answer = await callAt(window.client, path)(input, { signal: controller.signal });
      if (typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer) controller.abort();
      return 'ok';
    } catch (error) {
      if (!(error instanceof ORPCError)) throw error;
      if (error.code !== 'BAD_REQUEST' && error.code !== 'INTERNAL_SERVER_ERROR')
        failureData.parse(error.data);
      return error.code;
    }
  };

  test.each(describeContract())('$path answers, or fails as declared', async ({ path, input, errors }) => {
    const declared = ['ok', ...errors];
    const simplest = input ? simplestValue(input) : undefined;
    expect([...declared, 'BAD_REQUEST'], 'without a workspace').toContain(await outcome(path, simplest));
    await window.client.workspaces.create({ name: 'Test', folder: null });
    expect([...declared, 'BAD_REQUEST'], 'in an empty workspace').toContain(await outcome(path, simplest));
    if (input?.required?.length) expect(await outcome(path, {})).toBe('BAD_REQUEST');
    expect(window.log.lines.filter((line) => line.includes('undeclared failure'))).toEqual([]);
  });

  test('a declared failure crosses whole: code, words and advice', async () => {
    const failure = await window.client.workspaces.undo().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'NO_WORKSPACE', defined: true });
    expect(failureCodes).toContain((failure as ORPCError<string, unknown>).code);
    expect(failureData.parse((failure as ORPCError<string, unknown>).data)).toMatchObject({ retry: 'never' });
  });

  test('input that does not fit names the field and never reaches the handler', async () => {
    const wrong = { name: '', folder: 7 } as unknown as { name: string; folder: null };
    const failure = await window.client.workspaces.create(wrong).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'BAD_REQUEST',
      data: { fields: [/name/, /folder/].map((field) => expect.stringMatching(field)) },
    });
    expect((await window.client.workspaces.status()).recent).toEqual([]);
  });

  test('a stream brings what changes and ends at both ends when the window lets go', async () => {
    const messages = countMessages(window.windowPort);
    const controller = new AbortController();
    const changes = await window.client.workspaces.changes(undefined, { signal: controller.signal });
    const first = changes.next();
    await window.client.settings.update({ theme: 'dark' });
    expect(await first).toEqual({ done: false, value: { feature: 'settings' } });
    const waiting = changes.next();
    controller.abort();
    await expect(waiting).rejects.toThrow();
    // One call and its answer: a stream that were still open would send a second message.
    await window.client.settings.get();
    const before = messages();
    await window.client.settings.update({ theme: 'light' });
    await window.client.settings.get();
    expect(messages() - before).toBe(2);
  });
});

describe('an undeclared failure', () => {
  test('crosses as a trace id only; its text is in the log, without secrets', async () => {
    const secrets = {
      probe: () => Promise.reject(new Error('inner detail sk-abcdefghijklmnop')),
      get: async () => null,
      set: async () => {},
      delete: async () => false,
    };
    const window = connect({ secrets });
    const failure = await window.client.settings.about().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', data: { traceId: expect.any(String) } });
    expect(JSON.stringify(failure)).not.toMatch(/inner detail|sk-|node-ports|\.ts/);
    const { traceId } = (failure as ORPCError<string, { traceId: string }>).data;
    expect(window.log.lines.find((line) => line.includes(traceId))).toContain('inner detail');
    await window.close();
  });
});

function countMessages(port: MessagePort): () => number {
  let n = 0;
  port.on('message', () => {
    n += 1;
  });
  return () => n;
}
