import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { JobFrame, LaunchRequest } from '../../shared/features/jobs/jobs.model.ts';
import { serveFetch } from '../helpers/practice-server.ts';
import { importReviews } from '../helpers/reviews.ts';
import { createTestCore } from '../helpers/test-core.ts';
import { createTestWorkers } from '../helpers/test-workers.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function openWithData() {
  const all = createTestCore({ workers: createTestWorkers() });
  closers.push(() => all.close());
  const { client, folder } = all;
  const { workspace } = await client.workspaces.create({ name: 'Test', folder: null });
  const datasetId = await importReviews(client, { folder, count: 60 });
  const request: LaunchRequest = {
    name: 'moods',
    datasetId,
    connectionId: 'practice',
    model: 'practice-ranker-1',
    suffix: 'moods',
    seed: 5,
    method: 'supervised',
    hyperparameters: { nEpochs: 4, batchSize: 4, learningRateMultiplier: 'auto' },
    useValidation: true,
    capMicroUsd: 0,
    pace: 'instant',
  };
  return { ...all, workspace: workspace.folder, datasetId, request };
}

type Opened = Awaited<ReturnType<typeof openWithData>>;

async function train({ client, workspace }: Opened, request: LaunchRequest) {
  const plan = await client.jobs.plan(request);
  if (!plan.approval) throw new Error(`blocked: ${JSON.stringify(plan.notes)}`);
  const sent = plan.files.map((file) => readFileSync(join(workspace, 'blobs', file.sha256)));
  const { jobId } = await client.jobs.launch({ approvalId: plan.approval.approvalId, request });
  const frames: JobFrame[] = [];
  for await (const frame of await client.jobs.watch({ jobId })) frames.push(frame);
  return { plan, sent, jobId, frames, job: await client.jobs.get({ jobId }) };
}

test('practice: from data set to tuned model without a request leaving, the same again for the same seed', async () => {
  const opened = await openWithData();
  const { client, workspace, request } = opened;
  const first = await train(opened, request);
  expect(first.plan.destination.staysOnThisMachine).toBe(true);
  expect(first.plan.estimate?.totalMicroUsd).toBe(0);
  expect(first.job).toMatchObject({ status: 'succeeded', problem: null, actualMicroUsd: 0 });
  expect(first.job.weightsSha256).toMatch(/^[0-9a-f]{64}$/);

  const [training] = first.job.files;
  const bytes = first.sent[0] ?? Buffer.alloc(0);
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(training?.sha256);
  expect(bytes.toString('utf8').trimEnd().split('\n')).toHaveLength(training?.examples ?? 0);

  expect(readdirSync(join(workspace, 'blobs')), 'an encrypted workspace keeps no readable copy').toEqual([]);

  const metrics = first.frames.flatMap((frame) => frame.metrics);
  const steps = metrics.map((metric) => metric.step);
  expect(steps).toEqual([...new Set(steps)].toSorted((a, b) => a - b));
  expect(steps.at(-1)).toBe(metrics.at(-1)?.totalSteps);
  expect(metrics.at(-1)?.values.train_loss).toBeLessThan(metrics[0]?.values.train_loss ?? 0);
  expect(metrics.some((metric) => 'full_valid_loss' in metric.values)).toBe(true);
  expect(first.frames.at(-1)?.checkpoints.length).toBeGreaterThan(0);

  const second = await train(opened, request);
  expect(second.job.weightsSha256).toBe(first.job.weightsSha256);
  const other = await train(opened, { ...request, seed: 6 });
  expect(other.job.weightsSha256).not.toBe(first.job.weightsSha256);
  expect(await client.egress.summary()).toMatchObject({ position: 'offline', requests: 0, hosts: [] });
});

test('the same over real HTTP as a provider of its own: same weights, every request in the ledger', async () => {
  const opened = await openWithData();
  const { client, core, request } = opened;
  const here = await train(opened, request);
  const server = await serveFetch(core.practice.fetch);
  closers.push(() => server.close());
  const connection = await client.providers.connect({
    kind: 'compatible',
    name: 'loopback',
    baseUrl: server.baseURL,
    apiKey: 'practice-key-000111',
    organization: null,
    project: null,
    isAddressConfirmed: false,
  });
  expect(connection.isUnencrypted).toBe(true);
  await expect(client.providers.models({ connectionId: connection.id, refresh: true })).rejects.toMatchObject(
    {
      code: 'OFFLINE',
    },
  );
  await client.egress.setGate({ position: 'online' });
  expect(await client.providers.test({ connectionId: connection.id })).toMatchObject({ isOk: true });
  const there = await train(opened, { ...request, connectionId: connection.id });
  expect(there.job).toMatchObject({ status: 'succeeded', providerKind: 'compatible', estimate: null });
  expect(there.job.weightsSha256).toBe(here.job.weightsSha256);
  expect(there.frames.flatMap((frame) => frame.metrics)).toEqual(
    here.frames.flatMap((frame) => frame.metrics),
  );
  const { entries } = await client.egress.ledger({ beforeSeq: null, limit: 200, purpose: 'upload-file' });
  expect(entries.map((entry) => [entry.status, entry.intentId])).toEqual([
    [200, there.job.intentId],
    [200, there.job.intentId],
  ]);
  expect(await client.egress.verify()).toMatchObject({ isIntact: true, brokenAtSeq: null });
});

test('closing the program while it trains and opening it again loses nothing', async () => {
  const opened = await openWithData();
  const { client, workspace, request } = opened;
  const slow = {
    ...request,
    pace: 'real_time' as const,
    hyperparameters: { ...request.hyperparameters, nEpochs: 8 },
  };
  const { approval } = await client.jobs.plan(slow);
  const { jobId } = await client.jobs.launch({ approvalId: approval?.approvalId ?? '', request: slow });
  for await (const frame of await client.jobs.watch({ jobId })) {
    if ((frame.job.progress?.step ?? 0) >= 2) break;
  }
  await client.workspaces.close();
  await client.workspaces.open({ folder: workspace, recoveryPhrase: null });
  await client.jobs.setPace({ jobId, pace: 'instant' });
  const steps: number[] = [];
  for await (const frame of await client.jobs.watch({ jobId }))
    steps.push(...frame.metrics.map((one) => one.step));
  const job = await client.jobs.get({ jobId });
  expect(job.status).toBe('succeeded');
  expect([...new Set(steps)]).toEqual(
    Array.from({ length: job.progress?.totalSteps ?? 0 }, (_, index) => index + 1),
  );
  expect(await client.jobs.list()).toHaveLength(1);
});
