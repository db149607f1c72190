import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { createScriptedServer, resetConnection } from '../../../tests/helpers/scripted-server.ts';
import { createTestKit } from '../../../tests/helpers/test-kit.ts';
import type { SendPurpose } from '../../../shared/features/egress/egress.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import { createEgressService } from './egress.service.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const send: { purpose: SendPurpose; intentId: string | null } = { purpose: 'launch-job', intentId: 'i-1' };
const everything = { beforeSeq: null, limit: 200, purpose: null };

async function opened(network: typeof fetch = fetch) {
  const calls: string[] = [];
  const test = createTestKit({
    network: async (input, init) => {
      calls.push(JSON.stringify(input));
      return network(input, init);
    },
  });
  const egress = createEgressService(test.kit);
  await test.open();
  closers.push(test.close);
  const server = await createScriptedServer(({ path }) =>
    path === '/reset' ? resetConnection : { ok: true },
  );
  closers.push(() => server.close());
  const connection = { connectionId: 'c', host: server.host };
  const out = egress.gate.fetchFor(connection, send);
  return { ...test, ...egress, server, calls, connection, out };
}

async function failureOf(promise: Promise<unknown>): Promise<AppFailure> {
  const error: unknown = await promise.catch((reason: unknown) => reason);
  if (!(error instanceof AppFailure)) throw new Error(`not a failure: ${String(error)}`);
  return error;
}

describe('the gate', () => {
  test('is closed from the start: nothing reaches the network or the ledger, and the failure says how to open it', async () => {
    const { out, server, calls, handlers } = await opened();
    const failure = await failureOf(out(`http://${server.host}/x`, { method: 'POST', body: 'data' }));
    expect(failure.code).toBe('OFFLINE');
    expect(failure.data.todo).toContain('Open the gate');
    expect(calls).toEqual([]);
    expect(server.arrived).toEqual([]);
    expect(await handlers.ledger(everything, {})).toEqual({ entries: [], total: 0 });
  });

  test('records a request before its socket opens and completes it afterwards', async () => {
    const { kit, out, server, handlers } = await opened(async (input, init) => {
      const before = await handlers.ledger(everything, {});
      expect(before.entries).toHaveLength(1);
      expect(before.entries[0]?.outcome).toBe('open');
      return fetch(input, init);
    });
    await handlers.setGate({ position: 'online' }, {});
    await out(`http://${server.host}/v1/fine_tuning/jobs?x=1`, { method: 'post', body: '{"ü":1}' });
    const { entries } = await handlers.ledger(everything, {});
    expect(entries[0]).toMatchObject({
      host: server.host,
      connectionId: 'c',
      purpose: 'launch-job',
      method: 'POST',
      path: '/v1/fine_tuning/jobs?x=1',
      bytesOut: 8,
      bodySha256: createHash('sha256').update('{"ü":1}').digest('hex'),
      intentId: 'i-1',
      outcome: 'answered',
      status: 200,
    });
    expect(await handlers.verify({}, {})).toMatchObject({ isIntact: true, entries: 3 });
    expect(kit.events.labels(kit.workspace.require().db).undoLabel, 'undo never moves the gate').toBeNull();
  });

  test('a body from disk is counted and sent whole', async () => {
    const { out, server, handlers } = await opened();
    await handlers.setGate({ position: 'online' }, {});
    await out(`http://${server.host}/f`, { method: 'POST', body: new Blob(['ab', 'cd']) });
    const { entries } = await handlers.ledger(everything, {});
    expect(entries[0]).toMatchObject({
      bytesOut: 4,
      bodySha256: createHash('sha256').update('abcd').digest('hex'),
    });
    expect(server.arrived[0]?.body).toBe('abcd');
  });

  test('stops a request to another host, also one dressed up', async () => {
    const { out, server, handlers, calls } = await opened();
    await handlers.setGate({ position: 'online' }, {});
    const port = server.host.split(':')[1];
    for (const url of [
      'https://evil.example/v1',
      `http://localhost:${port}/x`,
      `http://${server.host}@evil.example/`,
      `http://user@${server.host}/`,
      'http://127.0.0.1:1/',
    ]) {
      expect((await failureOf(out(url))).code, url).toBe('NOT_APPROVED');
    }
    expect(calls).toEqual([]);
  });

  test('does not follow a redirect', async () => {
    const { kit, handlers, gate } = await opened();
    const evil = await createScriptedServer(() => ({}));
    const turn = await createScriptedServer(
      () => (r) => void r.writeHead(307, { location: evil.baseUrl }).end(),
    );
    closers.push(
      () => evil.close(),
      () => turn.close(),
    );
    void kit;
    await handlers.setGate({ position: 'online' }, {});
    const out = gate.fetchFor({ connectionId: 'c', host: turn.host }, send);
    await expect(out(turn.baseUrl, { method: 'POST', body: 'secret', redirect: 'follow' })).rejects.toThrow();
    expect(evil.arrived).toEqual([]);
    expect((await handlers.ledger(everything, {})).entries[0]).toMatchObject({ outcome: 'failed' });
  });

  test('a reset is recorded as failed', async () => {
    const { out, server, handlers } = await opened();
    await handlers.setGate({ position: 'online' }, {});
    await expect(out(`http://${server.host}/reset`)).rejects.toThrow();
    const [entry] = (await handlers.ledger(everything, {})).entries;
    expect(entry).toMatchObject({ outcome: 'failed', status: null });
    expect(entry?.detail).toMatch(/ECONNRESET|UND_ERR/);
  });

  test('closing it cuts what is under way, and not in a way that looks like "never sent"', async () => {
    const hangs = new Promise<Response>(() => {});
    const started = Promise.withResolvers<void>();
    const { out, server, handlers } = await opened((_input, init) => {
      started.resolve();
      return Promise.race([
        hangs,
        new Promise<Response>((_resolve, reject) =>
          init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error)),
        ),
      ]);
    });
    await handlers.setGate({ position: 'online' }, {});
    const promise = out(`http://${server.host}/x`).catch((error: unknown) => error);
    await started.promise;
    await handlers.setGate({ position: 'offline' }, {});
    const error = await promise;
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(AppFailure);
  });
});

describe('the ledger', () => {
  test('pages backwards, counts by purpose, sums by host', async () => {
    const { gate, connection, server, handlers } = await opened();
    await handlers.setGate({ position: 'online' }, {});
    for (let index = 0; index < 5; index += 1) {
      const purpose = index % 2 === 0 ? 'chat' : 'watch-job';
      await gate.fetchFor(connection, { purpose, intentId: null })(`http://${server.host}/${index}`);
    }
    const first = await handlers.ledger({ beforeSeq: null, limit: 2, purpose: 'chat' }, {});
    expect(first.total).toBe(3);
    expect(first.entries.map((entry) => entry.path)).toEqual(['/4', '/2']);
    const rest = await handlers.ledger(
      { beforeSeq: first.entries[1]?.seq ?? 0, limit: 9, purpose: 'chat' },
      {},
    );
    expect(rest.entries.map((entry) => entry.path)).toEqual(['/0']);
    const summary = await handlers.summary({}, {});
    expect(summary).toMatchObject({ position: 'online', requests: 5, bytesOut: 0 });
    expect(summary.hosts).toHaveLength(1);
    expect(summary.lastSentAt).not.toBeNull();
  });

  test('a changed, a removed and an added line are found', async () => {
    const { kit, out, server, handlers } = await opened();
    await handlers.setGate({ position: 'online' }, {});
    await out(`http://${server.host}/a`);
    await out(`http://${server.host}/b`);
    const { db } = kit.workspace.require();
    db.exec('DROP TRIGGER egress_is_append_only_update; DROP TRIGGER egress_is_append_only_delete');
    const tampered = (sql: string): Promise<unknown> => {
      let result: Promise<unknown> = Promise.resolve();
      expect(() =>
        db.transaction(() => {
          db.exec(sql);
          result = Promise.resolve(handlers.verify({}, {}));
          throw new Error('roll back');
        }),
      ).toThrow('roll back');
      return result;
    };
    expect(await tampered('UPDATE egress_ledger SET bytes_out = 1 WHERE seq = 2')).toMatchObject({
      isIntact: false,
      brokenAtSeq: 2,
    });
    expect(await tampered('DELETE FROM egress_ledger WHERE seq = 3')).toMatchObject({
      isIntact: false,
      brokenAtSeq: 4,
    });
    expect(await tampered("UPDATE egress_ledger SET host = 'x' WHERE seq = 4")).toMatchObject({
      isIntact: false,
      brokenAtSeq: 4,
    });
    expect(await handlers.verify({}, {})).toMatchObject({ isIntact: true, entries: 5 });
  });

  test('what the end of the program left open is closed as unknown at the next start', async () => {
    const test = createTestKit();
    const { handlers, gate } = createEgressService({
      ...test.kit,
      network: () => new Promise(() => {}),
    });
    await test.open();
    closers.push(test.close);
    await handlers.setGate({ position: 'online' }, {});
    const recorded = test.kit.changes.watch(undefined);
    void gate
      .fetchFor(
        { connectionId: 'c', host: 'a.example' },
        send,
      )('https://a.example/x')
      .catch(() => {});
    await recorded.next();
    const session = test.kit.workspace.require();
    await test.switch.opened(session);
    const [entry] = (await handlers.ledger(everything, {})).entries;
    expect(entry).toMatchObject({ outcome: 'failed', detail: expect.stringContaining('ended') as string });
    expect(await handlers.verify({}, {})).toMatchObject({ isIntact: true });
  });
});

describe('approvals', () => {
  const subject = { model: 'm', sha256: 'abc', cap: 5 };

  test('hold once, for their subject, for half an hour', async () => {
    let now = 1_000_000;
    const { kit, open, close } = createTestKit({ clock: { now: () => now } });
    const { approvals } = createEgressService(kit);
    await open();
    closers.push(close);
    const session = kit.workspace.require();
    const use = (id: string, what: unknown): Promise<string> =>
      session
        .write((db) => approvals.consume(db, id, what))
        .then(
          () => 'used',
          (error: unknown) => (error instanceof AppFailure ? error.code : 'broken'),
        );
    const { approvalId } = await approvals.mint(subject);
    expect(await use('made-up', subject)).toBe('NOT_APPROVED');
    expect(await use(approvalId, { ...subject, cap: 6 })).toBe('NOT_APPROVED');
    expect(await use(approvalId, { cap: 5, sha256: 'abc', model: 'm' })).toBe('used');
    expect(await use(approvalId, subject)).toBe('NOT_APPROVED');
    const late = await approvals.mint(subject);
    now = late.expiresAt + 1;
    expect(await use(late.approvalId, subject)).toBe('NOT_APPROVED');
    const stored = JSON.stringify(session.db.prepare('SELECT * FROM egress_approvals').all());
    expect(stored).not.toContain(late.approvalId);
  });
});
