import type { Core } from '../../electron/core/create-core.ts';
import { everything } from '../../shared/features/datasets/filter.model.ts';

export type TunedRun = { datasetId: string; jobId: string; evalId: string; reportId: string };

type Client = Core['client'];

/** Waits, by the core's own change stream, until `look` finds something. */
export async function until<T>(client: Client, look: () => Promise<T | null>): Promise<T> {
  const changes = await client.workspaces.changes();
  const first = await look();
  if (first !== null) return first;
  for await (const _change of changes) {
    const found = await look();
    if (found !== null) return found;
  }
  throw new Error('the stream of changes ended');
}

/** Waits for the end of a task, which must succeed. */
export async function taskSucceeded(client: Client, taskId: string): Promise<void> {
  const task = await until(client, async () => {
    const found = (await client.activity.list()).find((one) => one.id === taskId);
    return found && found.endedAt !== null ? found : null;
  });
  if (task.state !== 'succeeded') throw new Error(`${task.title}: ${task.state} ${task.failure?.what ?? ''}`);
}

/** The main job on the triage demo, from opening the demo project to the written report. */
export async function tuneDemo(client: Client): Promise<TunedRun> {
  const { taskIds } = await client.workspaces.openDemo({ reset: false });
  for (const taskId of taskIds) await taskSucceeded(client, taskId);
  const dataset = (await client.datasets.list()).find((one) => one.sourceName.includes('triage'));
  if (!dataset) throw new Error('the triage demo is missing');
  const { datasetId } = dataset;
  await setAsideErrors(client, datasetId);
  const ratios = { train: 0.7, validation: 0.15, test: 0.15 };
  await client.datasets.split({ datasetId, recipe: { ratios, seed: 7 } });
  return { datasetId, ...(await tune(client, datasetId)) };
}

/** Deletes the planted faults that no provider would take. */
async function setAsideErrors(client: Client, datasetId: string): Promise<void> {
  const filter = { ...everything, severities: ['error' as const] };
  const { viewId } = await client.datasets.openView({
    datasetId,
    filter,
    order: { by: 'position', isDescending: false },
  });
  await client.datasets.deleteExamples({ datasetId, which: { viewId } });
}

async function tune(client: Client, datasetId: string): Promise<Omit<TunedRun, 'datasetId'>> {
  const request = {
    name: 'Triage',
    datasetId,
    connectionId: 'practice',
    model: 'practice-ranker-1',
    suffix: 'triage',
    seed: 7,
    hyperparameters: { nEpochs: 'auto', batchSize: 'auto', learningRateMultiplier: 'auto' },
    useValidation: true,
    capMicroUsd: 0,
  } as const;
  const plan = await client.jobs.plan(request);
  if (!plan.approval) throw new Error(plan.notes.map((note) => note.what).join(' '));
  const { jobId } = await client.jobs.launch({ approvalId: plan.approval.approvalId, request });
  await client.jobs.setPace({ jobId, pace: 'instant' });
  await until(client, async () => ((await client.jobs.get({ jobId })).endedAt === null ? null : true));
  const { approval } = await client.evals.plan({ jobId });
  const start = { jobId, approvalId: approval.approvalId, graders: null, seed: 5 };
  const { evalId, taskId } = await client.evals.start(start);
  await taskSucceeded(client, taskId);
  const report = await client.reports.create({ jobId, evalId });
  return { jobId, evalId, reportId: report.reportId };
}
