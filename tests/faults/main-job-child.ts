import { appendFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createNodePorts } from '../../electron/adapters/node-ports.ts';
import { type Core, createCore } from '../../electron/core/create-core.ts';
import type { Dataset } from '../../shared/features/datasets/datasets.model.ts';
import type { Job } from '../../shared/features/jobs/jobs.model.ts';
import { createMemoryLog } from '../helpers/test-kit.ts';
import { createFileSecrets } from './file-secrets.ts';
import type { Acknowledged, MainJobPlan } from './main-job.ts';

/*
 * The program that the kill loop kills: a real core that does the main job over and over (import, split, train,
 * evaluate) and writes down, as a user would remember it, everything the core has acknowledged.
 */

type World = { plan: MainJobPlan; client: Core['client']; acknowledge(fact: Acknowledged): void };

async function until<T>(world: World, look: () => Promise<T | null>): Promise<T> {
  const changes = await world.client.workspaces.changes();
  const first = await look();
  if (first !== null) return first;
  for await (const _change of changes) {
    const found = await look();
    if (found !== null) return found;
  }
  throw new Error('the stream of changes ended');
}

async function taskEnded(world: World, taskId: string): Promise<void> {
  await until(world, async () => {
    const task = (await world.client.activity.list()).find((one) => one.id === taskId);
    if (task?.state === 'failed') throw new Error(`${task.title}: ${task.failure?.what}`);
    return task && task.endedAt !== null ? task : null;
  });
}

async function importOne(world: World): Promise<void> {
  const { client, plan } = world;
  const { file } = await client.files.choosePath({ path: plan.dataFile });
  const { taskId, datasetId } = await client.datasets.importFile({
    fileId: file.fileId,
    name: null,
    again: true,
  });
  await taskEnded(world, taskId);
  const { exampleCount, quarantinedCount } = await client.datasets.get({ datasetId });
  world.acknowledge({ kind: 'imported', datasetId, exampleCount, quarantinedCount });
  const ratios = { train: 0.7, validation: 0.15, test: 0.15 };
  const { counts } = await client.datasets.split({ datasetId, recipe: { ratios, seed: 7 } });
  world.acknowledge({ kind: 'split', datasetId, train: counts.train, test: counts.test });
}

async function trainOne(world: World, dataset: Dataset): Promise<void> {
  const { client } = world;
  const request = {
    name: 'kill loop',
    datasetId: dataset.datasetId,
    connectionId: 'practice',
    model: 'practice-ranker-1',
    suffix: null,
    seed: 11,
    hyperparameters: { nEpochs: 2, batchSize: 8, learningRateMultiplier: 1 },
    useValidation: true,
    capMicroUsd: 0,
  };
  const { approval, notes } = await client.jobs.plan(request);
  if (!approval) throw new Error(`the plan is blocked: ${notes.map((note) => note.what).join(' ')}`);
  const { jobId } = await client.jobs.launch({ approvalId: approval.approvalId, request });
  world.acknowledge({ kind: 'launched', jobId });
  await watchToEnd(world, jobId);
}

async function watchToEnd(world: World, jobId: string): Promise<void> {
  const job = await until<Job>(world, async () => {
    const found = await world.client.jobs.get({ jobId });
    return found.endedAt === null ? null : found;
  });
  world.acknowledge({ kind: 'trained', jobId, status: job.status, weightsSha256: job.weightsSha256 ?? '' });
}

async function evaluateOne(world: World, jobId: string): Promise<void> {
  const { client } = world;
  const { approval } = await client.evals.plan({ jobId });
  if (!approval) throw new Error('the evaluation is blocked');
  const { evalId, taskId } = await client.evals.start({
    jobId,
    approvalId: approval.approvalId,
    graders: null,
    seed: 5,
  });
  world.acknowledge({ kind: 'eval-started', evalId });
  await taskEnded(world, taskId);
  world.acknowledge({ kind: 'evaluated', evalId });
}

/** What the next step is, from the store alone: a restarted program knows nothing else. */
async function oneRound(world: World): Promise<void> {
  const { client } = world;
  for (const task of await client.activity.list()) if (task.endedAt === null) await taskEnded(world, task.id);
  const jobs = await client.jobs.list();
  for (const job of jobs) if (job.endedAt === null) await watchToEnd(world, job.id);
  const evals = await client.evals.list({ jobId: null });
  const unevaluated = jobs.find(
    (job) => job.status === 'succeeded' && !evals.some((one) => one.jobId === job.id),
  );
  if (unevaluated) return evaluateOne(world, unevaluated.id);
  const datasets = await client.datasets.list();
  const untrained = datasets.find(
    (one) => one.splitCounts.train > 0 && !jobs.some((job) => job.datasetId === one.datasetId),
  );
  if (untrained) return trainOne(world, untrained);
  await importOne(world);
}

async function run(plan: MainJobPlan): Promise<void> {
  const ports = createNodePorts({
    appFolder: plan.home,
    secrets: createFileSecrets(join(plan.home, 'keys.json')),
  });
  const core = createCore({ ...ports, log: createMemoryLog() });
  const folder = join(plan.home, 'work');
  if (existsSync(join(folder, 'workspace.db')))
    await core.client.workspaces.open({ folder, recoveryPhrase: null });
  else await core.client.workspaces.create({ name: 'Kill loop', folder });
  const acknowledge = (fact: Acknowledged): void =>
    appendFileSync(plan.factsFile, `${JSON.stringify(fact)}\n`);
  const world = { plan, client: core.client, acknowledge };
  for (let round = 0; round < plan.rounds; round += 1) {
    process.send?.('step');
    await oneRound(world);
  }
  await core.close();
}

// The core waits without keeping the program alive; the line to the parent does, and its end is ours.
process.on('disconnect', () => process.exit(1));
await run(JSON.parse(process.argv[2] ?? '{}') as MainJobPlan);
process.exit(0);
