import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { usualPolicy } from '../../../shared/features/preferences/outcome.model.ts';
import { noVerdict } from '../../../shared/features/preferences/verdict.rules.ts';
import { chatLine, importText, taskEnd } from '../../../tests/helpers/datasets.ts';
import {
  choosing,
  createPreferenceApp,
  pairLine,
  type PreferenceApp,
  setSettings,
} from '../../../tests/helpers/preferences.ts';

let app: PreferenceApp;
beforeAll(async () => {
  app = await createPreferenceApp();
});
afterAll(() => app.close());

/** Judges the whole set: the answer that begins with “good” is better, the pair of question 2 is a tie. */
async function judgeAll(setId: string, reviewer = 'ann'): Promise<void> {
  for (;;) {
    const [pair] = await app.client.preferences.ahead({ setId, reviewer, after: 0, limit: 1 });
    if (!pair) return;
    const isTie = JSON.stringify(pair.prompt).includes('Question 2:');
    const isGood = JSON.stringify(pair.a.message.content).startsWith('"good');
    await app.decide({ ...pair, setId }, choosing(isTie ? 'tie' : isGood ? 'a' : 'b'), reviewer);
  }
}

async function exportedRows(datasetId: string, target: 'openai-dpo' | 'openai-sft'): Promise<unknown[]> {
  const { client, folder } = app;
  const path = join(folder, `${datasetId}.jsonl`);
  const { destination } = await client.files.destinationPath({ path });
  const { taskId } = await client.exports.start({
    datasetId,
    target,
    which: { kind: 'all' },
    perSplit: false,
    destinationId: destination.destinationId,
  });
  expect((await taskEnd(client, taskId)).state).toBe('succeeded');
  return readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}

test('verdicts become a data set of pairs that the checker accepts, with its lineage', async () => {
  const { client, folder } = app;
  const setId = await app.makeSet(
    [1, 2, 3, 4].map((n) => pairLine(n)),
    { repeatShare: 0.5 },
  );
  await judgeAll(setId);
  const counts = await client.outcome.preview({ setId, policy: usualPolicy });
  expect(counts).toMatchObject({ pairs: 4, rows: 3, prompts: 3, leftOut: [{ why: 'tie', pairs: 1 }] });

  const made = await client.outcome.makeDataset({ setId, policy: usualPolicy, name: 'House style' });
  expect((await taskEnd(client, made.taskId)).state).toBe('succeeded');
  const dataset = await client.datasets.get({ datasetId: made.datasetId });
  expect(dataset).toMatchObject({ name: 'House style', method: 'dpo', exampleCount: 3 });
  expect(dataset.findingCounts.error).toBe(0);
  expect(await exportedRows(made.datasetId, 'openai-dpo')).toEqual(
    [1, 3, 4].map((n) => JSON.parse(pairLine(n)) as unknown),
  );
  expect(await client.outcome.made({ setId })).toMatchObject([{ datasetId: made.datasetId, rows: 3 }]);

  const lineage = async (withNames: boolean) => {
    const path = join(folder, `lineage-${withNames}.jsonl`);
    const { destination } = await client.files.destinationPath({ path });
    const { destinationId } = destination;
    const { taskId } = await client.outcome.exportLineage({
      setId,
      datasetId: made.datasetId,
      withNames,
      destinationId,
    });
    expect((await taskEnd(client, taskId)).state).toBe('succeeded');
    return readFileSync(path, 'utf8');
  };
  const named = await lineage(true);
  expect(named).toContain('"reviewer":"ann"');
  expect(named).toContain('"repeat":true');
  const nameless = await lineage(false);
  expect(nameless).not.toContain('ann');
  expect(nameless).not.toContain('good 1');
  expect(JSON.parse(nameless.split('\n')[0] ?? '')).toMatchObject({
    line: 1,
    preferred: { source: 'preferred', edited_from_sha256: null },
    rejected: { source: 'rejected' },
    verdicts: [{ reviewer: 'reviewer 1', role: 'reviewer', blind: true }],
  });
});

test('an ideal answer takes the place of the winner; chats hold the preferred answer alone', async () => {
  const { client } = app;
  const setId = await app.makeSet([pairLine(1)]);
  const pair = await app.next(setId);
  const ideal = { role: 'assistant' as const, content: 'the very best' };
  await app.decide(pair, { ...choosing('a'), ideal });
  const policy = { ...usualPolicy, method: 'sft' as const };
  expect(await client.outcome.preview({ setId, policy })).toMatchObject({ rows: 1, edited: 1 });
  const made = await client.outcome.makeDataset({ setId, policy, name: 'Chats' });
  await taskEnd(client, made.taskId);
  expect(await exportedRows(made.datasetId, 'openai-sft')).toEqual([
    { messages: [{ role: 'user', content: 'Question 1: what is 1 plus 1?' }, ideal] },
  ]);
});

test('a policy that leaves nothing makes no data set and says so', async () => {
  const { client } = app;
  const setId = await app.makeSet([pairLine(1)]);
  const made = await client.outcome.makeDataset({ setId, policy: usualPolicy, name: 'None' });
  const task = await taskEnd(client, made.taskId);
  expect(task.failure).toMatchObject({ code: 'PREFERENCES_IMPOSSIBLE', what: 'The policy leaves no row.' });
  expect(await client.outcome.made({ setId })).toEqual([]);
  await expect(client.datasets.get({ datasetId: made.datasetId })).rejects.toMatchObject({
    code: 'DATASET_NOT_FOUND',
  });
});

test('an answer that was rated and rewritten makes a pair of the two', async () => {
  const { client, folder } = app;
  const { datasetId } = await importText(client, {
    folder,
    name: 'chats.jsonl',
    content: `${chatLine('Where is it?', 'No idea.')}\n${chatLine('When?', 'Tomorrow.')}\n`,
  });
  const source = { kind: 'dataset' as const, datasetId };
  const { taskId, setId } = await client.preferences.create({
    name: 'Stars',
    kind: 'ratings',
    source,
    settings: setSettings,
  });
  expect((await taskEnd(client, taskId)).state).toBe('succeeded');
  for (let at = 0; at < 2; at += 1) {
    const pair = await app.next(setId);
    const isBad = JSON.stringify(pair.a.message).includes('No idea');
    const ideal = isBad ? { role: 'assistant' as const, content: 'On the shelf.' } : null;
    await app.decide(pair, { ...noVerdict, rating: isBad ? 1 : 5, ideal });
  }
  const chats = await client.outcome.preview({ setId, policy: { ...usualPolicy, method: 'sft' } });
  expect(chats).toMatchObject({ pairs: 2, rows: 2, edited: 1, leftOut: [] });
  const made = await client.outcome.makeDataset({ setId, policy: usualPolicy, name: 'Rewritten' });
  await taskEnd(client, made.taskId);
  expect(await exportedRows(made.datasetId, 'openai-dpo')).toEqual([
    {
      input: { messages: [{ role: 'user', content: 'Where is it?' }] },
      preferred_output: [{ role: 'assistant', content: 'On the shelf.' }],
      non_preferred_output: [{ role: 'assistant', content: 'No idea.' }],
    },
  ]);
});
