import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { everyPair } from '../../../shared/features/preferences/preferences.model.ts';
import { chatLine, importText, taskEnd } from '../../../tests/helpers/datasets.ts';
import { askingFor, startAsking, trainPractice } from '../../../tests/helpers/generation.ts';
import { setSettings } from '../../../tests/helpers/preferences.ts';
import { createTestCore } from '../../../tests/helpers/test-core.ts';

let app: ReturnType<typeof createTestCore>;
beforeEach(async () => {
  app = createTestCore();
  await app.client.workspaces.create({ name: 'Test', folder: join(app.folder, 'ws') });
});
afterEach(() => app.close());

const lines = (count: number): string[] =>
  Array.from({ length: count }, (_, at) =>
    chatLine(`Where is order ${at}?`, `It is on its way, number ${at % 7}.`, 'You answer customers.'),
  );

async function imported(rows: readonly string[]): Promise<string> {
  const content = rows.join('\n');
  const { datasetId } = await importText(app.client, { folder: app.folder, name: 'orders.jsonl', content });
  return datasetId;
}

describe('asking the practice provider', () => {
  test('base and tuned model answer, alike answers are one candidate, and the set is blind', async () => {
    const { client } = app;
    const datasetId = await imported(lines(60));
    await client.datasets.split({
      datasetId,
      recipe: { ratios: { train: 0.8, validation: 0, test: 0.2 }, seed: 3 },
    });
    const tuned = await trainPractice(client, datasetId);
    const request = askingFor(datasetId, {
      source: { datasetId, split: 'test', prompts: 6 },
      models: ['practice-ranker-1', tuned],
    });
    const { plan, setId, taskId } = await startAsking(client, request);
    expect(plan).toMatchObject({
      prompts: 6,
      answersPerPrompt: 6,
      requests: 36,
      staysOnThisMachine: true,
      costMicroUsd: 0,
      block: null,
    });
    expect(plan.samples[0]).toContain('Where is order');
    expect((await taskEnd(client, taskId)).failure).toBeNull();
    const account = await client.generation.ofSet({ setId });
    expect(account).toMatchObject({ state: 'done', answered: 36, failed: 0 });
    // The untrained model has three answers in all, so that some of its samples are alike.
    expect(account?.identical).toBeGreaterThan(0);
    const set = await client.preferences.get({ setId });
    expect(set.prompts + set.quarantined).toBe(6);
    expect(set.pairs).toBeGreaterThan(0);
    const [pair] = await client.preferences.ahead({ setId, reviewer: 'ann', after: 0, limit: 1 });
    expect(pair?.a.source).toBeNull();
    await client.preferences.close({ setId });
    const { rows } = await client.preferences.pairs({
      setId,
      reviewer: 'ann',
      filter: everyPair,
      start: 0,
      limit: 500,
    });
    const sources = new Set<string>();
    for (const { pairId } of rows) {
      const seen = await client.preferences.pair({ setId, pairId, reviewer: 'ann', role: 'reviewer' });
      for (const side of [seen.a, seen.b]) if (side?.source) sources.add(side.source);
    }
    expect([...sources].some((name) => name.startsWith('practice-ranker-1 · sample'))).toBe(true);
    expect([...sources].some((name) => name.startsWith(`${tuned} · sample`))).toBe(true);
    expect([...sources].every((name) => name.includes('t=0.8'))).toBe(true);
    expect((await client.egress.summary()).requests).toBe(0);
    // The same seed draws the same prompts, and the practice models the same answers.
    const again = await startAsking(client, request);
    await taskEnd(client, again.taskId);
    expect((await client.generation.ofSet({ setId: again.setId }))?.identical).toBe(account?.identical);
  });

  test('an approval holds once and for exactly what was planned', async () => {
    const { client } = app;
    const datasetId = await imported(lines(5));
    const request = askingFor(datasetId);
    const { approval } = await client.generation.plan(request);
    const start = (changed: object) =>
      client.generation.start({
        request: { ...request, ...changed },
        approvalId: approval?.approvalId ?? '',
        name: 'Asked',
        kind: 'pairs',
        settings: setSettings,
      });
    await expect(start({ candidatesPerModel: 4 })).rejects.toMatchObject({ code: 'NOT_APPROVED' });
    const { taskId } = await start({});
    await taskEnd(client, taskId);
    await expect(start({})).rejects.toMatchObject({ code: 'NOT_APPROVED' });
  });

  test('says of every request that cannot be what to do instead', async () => {
    const { client } = app;
    const datasetId = await imported(lines(5));
    const plan = (changed: object) => client.generation.plan(askingFor(datasetId, changed));
    await expect(plan({ candidatesPerModel: 1 })).rejects.toMatchObject({ code: 'PREFERENCES_IMPOSSIBLE' });
    await expect(plan({ models: ['a', 'b', 'c'] })).rejects.toMatchObject({ code: 'PREFERENCES_IMPOSSIBLE' });
    await expect(plan({ models: ['a', 'a'], candidatesPerModel: 2 })).rejects.toMatchObject({
      code: 'PREFERENCES_IMPOSSIBLE',
    });
    const empty = await plan({ source: { datasetId, split: 'test', prompts: 5 } });
    expect(empty).toMatchObject({ prompts: 0, block: { code: 'PREFERENCES_IMPOSSIBLE' }, approval: null });
  });

  test('asks the same prompt once, and at most as many as were wanted', async () => {
    const datasetId = await imported([...lines(20), ...lines(20).slice(0, 4)]);
    const all = await app.client.generation.plan(
      askingFor(datasetId, { source: { datasetId, split: null, prompts: 100 } }),
    );
    expect(all).toMatchObject({ prompts: 20, duplicates: 4, skipped: 0 });
    const few = await app.client.generation.plan(askingFor(datasetId));
    expect(few).toMatchObject({ prompts: 6, requests: 18 });
  });
});
