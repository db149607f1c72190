import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { everything } from '../../../shared/features/datasets/filter.model.ts';
import { chatLine, importText, taskEnd } from '../../../tests/helpers/datasets.ts';
import {
  type Answer,
  apiError,
  type Arrived,
  createScriptedServer,
} from '../../../tests/helpers/scripted-server.ts';
import { createTestCore } from '../../../tests/helpers/test-core.ts';

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

const system = 'You answer customers of a shop.';
const rows = (count: number): string[] =>
  Array.from({ length: count }, (_, at) =>
    chatLine(
      at % 20 === 3 ? `I will hurt you, order ${at}` : `Where is order ${at}?`,
      `It is on its way, ${at}.`,
      system,
    ),
  );

async function imported(lines: readonly string[]): Promise<string> {
  const { datasetId } = await importText(app.client, {
    folder: app.folder,
    name: `set${lines.length}.jsonl`,
    content: lines.join('\n'),
  });
  return datasetId;
}

/** The API's answer to a request: what speaks of hurting is harassment. */
function judge({ body }: Arrived): Answer {
  const { input } = JSON.parse(body) as { input: string[] };
  return {
    results: input.map((text) => {
      const isBad = text.includes('hurt');
      return {
        flagged: isBad,
        categories: { harassment: isBad, hate: false },
        category_scores: { harassment: isBad ? 0.97 : 0.01, hate: 0.01 },
      };
    }),
  };
}

/** A connection to a server on this machine that speaks the API. */
async function connected(answer: (request: Arrived) => Answer = judge) {
  const server = await createScriptedServer((request) =>
    request.path.endsWith('/moderations') ? answer(request) : { data: [] },
  );
  closers.push(() => server.close());
  const { id: connectionId } = await app.client.providers.connect({
    kind: 'compatible',
    name: 'Loopback',
    baseUrl: server.baseUrl,
    apiKey: 'sk-test-abcdefghijklmnop',
    organization: null,
    project: null,
    isAddressConfirmed: true,
  });
  const moderations = (): Arrived[] => server.arrived.filter(({ path }) => path.endsWith('/moderations'));
  return { server, connectionId, moderations };
}

async function approved(datasetId: string, connectionId: string) {
  const plan = await app.client.moderation.plan({ datasetId, connectionId });
  const { approvalId } = plan.approval ?? { approvalId: '' };
  return { plan, input: { datasetId, connectionId, approvalId } };
}

async function checked(datasetId: string, connectionId: string) {
  const { plan, input } = await approved(datasetId, connectionId);
  const { taskId } = await app.client.moderation.start(input);
  return { plan, task: await taskEnd(app.client, taskId) };
}

const flaggedRows = async (datasetId: string, code = 'moderation_harassment'): Promise<number[]> => {
  const { viewId } = await app.client.datasets.openView({
    datasetId,
    filter: { ...everything, codes: [code] },
    order: { by: 'position', isDescending: false },
  });
  const page = await app.client.datasets.viewPage({ viewId, start: 0, limit: 500 });
  return page.rows.map(({ position }) => position);
};
const open = () => app.client.egress.setGate({ position: 'online' });

describe('with practice', () => {
  test('nothing leaves; flagged rows are named, and what was judged is not asked again', async () => {
    const datasetId = await imported(rows(45));
    const { plan, task } = await checked(datasetId, 'practice');
    expect(task).toMatchObject({ state: 'succeeded', failure: null, done: 45 });
    expect(plan).toMatchObject({ examples: 45, priceMicroUsd: 0, staysOnThisMachine: true });
    expect(await flaggedRows(datasetId)).toEqual([4, 24, 44]);
    expect(await flaggedRows(datasetId, 'moderation_harassment_threatening')).toEqual([4, 24, 44]);
    expect(await app.client.moderation.last({ datasetId })).toMatchObject({ examples: 45, flagged: 3 });
    const card = await app.client.readiness.get({ datasetId, provider: 'openai' });
    expect(card.lines.find(({ id }) => id === 'moderation_harassment')).toMatchObject({
      level: 'advisable',
      count: 3,
      detail: expect.stringContaining('flagged by our moderation API'),
    });
    const again = await app.client.moderation.plan({ datasetId, connectionId: 'practice' });
    expect(again).toMatchObject({ examples: 0, checkedBefore: 45, bytes: 0, approval: null });
    expect((await app.client.egress.summary()).requests).toBe(0);
  });
});

describe('with a provider', () => {
  test('sends the very bytes of the plan, each request in the ledger', async () => {
    const datasetId = await imported(rows(45));
    const { connectionId, moderations } = await connected();
    await open();
    const { plan, task } = await checked(datasetId, connectionId);
    expect(task).toMatchObject({ state: 'succeeded', failure: null });
    expect(await flaggedRows(datasetId)).toEqual([4, 24, 44]);
    const ledger = await app.client.egress.ledger({ beforeSeq: null, limit: 200, purpose: 'moderate' });
    expect(ledger.total).toBe(plan.requests);
    expect(moderations()).toHaveLength(plan.requests);
    expect(ledger.entries.reduce((sum, one) => sum + one.bytesOut, 0)).toBe(plan.bytes);
    expect(new Set(ledger.entries.map(({ intentId }) => intentId)).size).toBe(1);
    const sent = moderations().flatMap(({ body }) => (JSON.parse(body) as { input: string[] }).input);
    expect(sent).toHaveLength(plan.texts);
    expect(sent.filter((text) => text === system).length, 'a shared text once a batch').toBe(plan.requests);
    expect((await app.client.egress.verify()).isIntact).toBe(true);
  });

  test('nothing without an approval, with a used one, with one for other data or another connection', async () => {
    const datasetId = await imported(rows(12));
    const other = await imported(rows(13));
    const { connectionId, moderations } = await connected();
    await open();
    const refused = { code: 'NOT_APPROVED' };
    const { start } = app.client.moderation;
    await expect(start({ datasetId, connectionId, approvalId: 'made-up' })).rejects.toMatchObject(refused);
    const { input } = await approved(datasetId, connectionId);
    await expect(start({ ...input, datasetId: other })).rejects.toMatchObject(refused);
    await expect(start({ ...input, connectionId: 'practice' })).rejects.toMatchObject(refused);
    const [first] = (
      await app.client.datasets.viewPage({
        viewId: (
          await app.client.datasets.openView({
            datasetId,
            filter: everything,
            order: { by: 'position', isDescending: false },
          })
        ).viewId,
        start: 0,
        limit: 1,
      })
    ).rows;
    await app.client.datasets.deleteExamples({ datasetId, which: { exampleIds: [first?.exampleId ?? 0] } });
    await expect(start(input), 'the data set has changed').rejects.toMatchObject(refused);
    expect(moderations()).toEqual([]);
    const fresh = await approved(datasetId, connectionId);
    await taskEnd(app.client, (await start(fresh.input)).taskId);
    const sent = moderations().length;
    await expect(start(fresh.input)).rejects.toMatchObject(refused);
    expect(moderations()).toHaveLength(sent);
  });

  test('a closed gate and unresolved personal data stop it before anything is sent', async () => {
    const datasetId = await imported([...rows(12), chatLine('Write to jane.doe@acme-mail.com', 'Done.')]);
    const { connectionId, moderations } = await connected();
    const plan = () => app.client.moderation.plan({ datasetId, connectionId });
    await taskEnd(app.client, (await app.client.privacy.scan({ datasetId })).taskId);
    await app.client.privacy.changeGate({
      isOn: true,
      minGravity: 'info',
      minConfidence: 'low',
      mustBeScanned: true,
    });
    await expect(plan()).rejects.toMatchObject({ code: 'PERSONAL_DATA_UNRESOLVED' });
    await app.client.privacy.changeGate({
      isOn: false,
      minGravity: 'error',
      minConfidence: 'high',
      mustBeScanned: false,
    });
    const { input } = await approved(datasetId, connectionId);
    await expect(app.client.moderation.start(input)).rejects.toMatchObject({ code: 'OFFLINE' });
    expect(moderations()).toEqual([]);
    await open();
    await taskEnd(app.client, (await app.client.moderation.start(input)).taskId);
    expect(moderations().length, 'the approval was not used up by the refusal').toBeGreaterThan(0);
  });

  test('waits when it is told to, stops at a refusal, and goes on with what has no answer', async () => {
    let asked = 0;
    const { connectionId, moderations } = await connected((request) => {
      asked += 1;
      if (asked === 1) return apiError(429, {}, { 'retry-after-ms': '0' });
      if (asked > 3) return apiError(400, { message: 'enough' });
      return judge(request);
    });
    const datasetId = await imported(rows(120));
    await open();
    const first = await checked(datasetId, connectionId);
    expect(first.task).toMatchObject({ state: 'failed', failure: { code: 'PROVIDER_REFUSED' } });
    expect(await flaggedRows(datasetId)).toEqual([]);
    asked = -1000;
    const second = await checked(datasetId, connectionId);
    expect(second.plan.checkedBefore).toBeGreaterThan(0);
    expect(second.plan.examples + second.plan.checkedBefore).toBe(120);
    expect(second.task).toMatchObject({ state: 'succeeded', done: second.plan.examples });
    expect(await flaggedRows(datasetId)).toEqual([4, 24, 44, 64, 84, 104]);
    expect(moderations().length).toBeGreaterThan(first.plan.requests);
  });

  test('fewer results than texts flag nothing', async () => {
    const { connectionId } = await connected(() => ({ results: [] }));
    const datasetId = await imported(rows(12));
    await open();
    const { task } = await checked(datasetId, connectionId);
    expect(task.failure).toMatchObject({
      code: 'PROVIDER_REFUSED',
      what: expect.stringContaining('0 results for'),
    });
  });

  test('cancelled, it ends and leaves nothing half said', async () => {
    const { connectionId, moderations } = await connected(() => () => undefined);
    const datasetId = await imported(rows(40));
    await open();
    const { input } = await approved(datasetId, connectionId);
    const { taskId } = await app.client.moderation.start(input);
    await expect(app.client.moderation.start(input), 'one at a time').rejects.toMatchObject({
      code: 'NOT_APPROVED',
    });
    await expect.poll(() => moderations().length).toBeGreaterThan(0);
    await app.client.activity.cancel({ taskId });
    expect(await taskEnd(app.client, taskId)).toMatchObject({ state: 'cancelled' });
    expect(await app.client.moderation.last({ datasetId })).toBeNull();
  });
});

test('practice looks into the file of a picture and names it; each picture is a request of its own', async () => {
  const png = (words: string): string =>
    `data:image/png;base64,${Buffer.from(`\u0089PNG ${words}`, 'latin1').toString('base64')}`;
  const row = (url: string, at: number): string =>
    JSON.stringify({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: `What is on picture ${at}?` },
            { type: 'image_url', image_url: { url } },
          ],
        },
        { role: 'assistant', content: 'A parcel.' },
      ],
    });
  const urls = [png('a parcel'), png('I will hurt you'), png('a parcel')];
  const datasetId = await imported(urls.map(row));
  const { plan, task } = await checked(datasetId, 'practice');
  expect(plan).toMatchObject({ examples: 3, texts: 4, pictures: 2, requests: 3 });
  expect(task).toMatchObject({ state: 'succeeded', failure: null });
  expect(await app.client.moderation.last({ datasetId })).toMatchObject({ examples: 3, flagged: 1 });
  expect(await flaggedRows(datasetId, 'moderation_harassment_threatening')).toEqual([2]);
});
