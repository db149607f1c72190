import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { JobFrame, LaunchRequest } from '../../shared/features/jobs/jobs.model.ts';
import { importText, taskEnd } from '../helpers/datasets.ts';
import { createTestCore } from '../helpers/test-core.ts';
import { createTestWorkers } from '../helpers/test-workers.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const demo = new URL('../../resources/demo/support-replies.jsonl', import.meta.url);
const ratios = { train: 0.7, validation: 0.15, test: 0.15 };

/** The demo pairs imported and split, and a launch of them with everything on auto. */
async function openWithPairs() {
  const all = createTestCore({ workers: createTestWorkers() });
  closers.push(() => all.close());
  const { client, folder } = all;
  const { workspace } = await client.workspaces.create({ name: 'Test', folder: null });
  const content = readFileSync(demo, 'utf8');
  const { datasetId } = await importText(client, { folder, name: 'replies.jsonl', content });
  await client.datasets.split({ datasetId, recipe: { ratios, seed: 1 } });
  const request: LaunchRequest = {
    name: 'house style',
    datasetId,
    connectionId: 'practice',
    model: 'practice-ranker-1',
    suffix: null,
    seed: 5,
    method: 'dpo',
    hyperparameters: { nEpochs: 'auto', batchSize: 'auto', learningRateMultiplier: 'auto', beta: 'auto' },
    useValidation: true,
    capMicroUsd: 0,
    pace: 'instant',
  };
  return { client, workspace: workspace.folder, request };
}

test('preference pairs: from an imported file to a better model and a report that names the method', async () => {
  const { client, workspace, request } = await openWithPairs();
  const { datasetId, connectionId, model } = request;
  const planned = await client.jobs.defaults({ datasetId, connectionId, model });
  expect(planned.map(({ key }) => key)).toContain('beta');
  const plan = await client.jobs.plan(request);
  expect(plan.notes).toEqual([]);
  const file = readFileSync(join(workspace, 'blobs', plan.files[0]?.sha256 ?? ''), 'utf8');
  const [first = ''] = file.split('\n');
  expect(Object.keys(JSON.parse(first) as object)).toEqual([
    'input',
    'preferred_output',
    'non_preferred_output',
  ]);

  const { jobId } = await client.jobs.launch({ approvalId: plan.approval?.approvalId ?? '', request });
  const frames: JobFrame[] = [];
  for await (const frame of await client.jobs.watch({ jobId })) frames.push(frame);
  const job = await client.jobs.get({ jobId });
  expect(job).toMatchObject({
    status: 'succeeded',
    method: 'dpo',
    resolved: { nEpochs: 3, batchSize: 1, learningRateMultiplier: 1, beta: 0.1 },
  });
  // The estimate counts the question and both answers, as the provider bills them.
  expect(job.trainedTokens).toBe(job.estimate?.billedTokens);
  const last = frames.flatMap((frame) => frame.metrics).at(-1)?.values;
  expect(last?.full_valid_reward_accuracy).toBeGreaterThan(0.85);
  expect(last?.full_valid_reward_margin).toBeGreaterThan(0.1);

  const asking = await client.evals.plan({ jobId });
  expect(asking).toMatchObject({ itemCount: 24, skippedItems: 0 });
  const approvalId = asking.approval?.approvalId ?? '';
  const { evalId, taskId } = await client.evals.start({ jobId, approvalId, graders: null, seed: 1 });
  await taskEnd(client, taskId);
  const { graders } = await client.evals.get({ evalId });
  // The preferred answers are the reference; what is said comes nearer to them than before.
  for (const { difference } of graders) expect(difference.low).toBeGreaterThan(0);
  expect(graders.length).toBeGreaterThan(0);

  const report = await client.reports.create({ jobId, evalId });
  const html = readFileSync(report.path, 'utf8');
  expect(html).toContain('preferences (DPO), on pairs of answers');
  expect(html).toContain('<h3>Reward accuracy</h3>');
  expect(html).not.toContain('<h3>Token accuracy</h3>');
});

test('pairs asked for as supervised training are not launched', async () => {
  const { client, request } = await openWithPairs();
  const { approval, notes } = await client.jobs.plan({ ...request, method: 'supervised' });
  expect(approval).toBeNull();
  expect(notes).toMatchObject([{ level: 'blocks', code: 'METHOD_MISMATCH' }]);
});
