import type { Core } from '../../electron/core/create-core.ts';
import type { GenerationRequest } from '../../shared/features/preferences/generation.model.ts';
import { setSettings } from './preferences.ts';
import { until } from './tuned-run.ts';

type Client = Core['client'];

/** Trains a practice model on a data set that is split and without errors; answers its name. */
export async function trainPractice(client: Client, datasetId: string): Promise<string> {
  const request = {
    name: 'Tone',
    datasetId,
    connectionId: 'practice',
    model: 'practice-ranker-1',
    suffix: 'tone',
    seed: 7,
    hyperparameters: { nEpochs: 'auto', batchSize: 'auto', learningRateMultiplier: 'auto' },
    useValidation: false,
    capMicroUsd: 0,
    pace: 'instant',
  } as const;
  const plan = await client.jobs.plan(request);
  if (!plan.approval) throw new Error(plan.notes.map((note) => note.what).join(' '));
  const { jobId } = await client.jobs.launch({ approvalId: plan.approval.approvalId, request });
  return until(client, async () => {
    const job = await client.jobs.get({ jobId });
    if (job.endedAt !== null && job.fineTunedModel === null)
      throw new Error(job.problem?.message ?? job.status);
    return job.fineTunedModel;
  });
}

/** What tests ask for: three answers each to at most six prompts. */
export function askingFor(datasetId: string, changed: Partial<GenerationRequest> = {}): GenerationRequest {
  return {
    source: { datasetId, split: null, prompts: 6 },
    connectionId: 'practice',
    models: ['practice-ranker-1'],
    candidatesPerModel: 3,
    temperature: 0.8,
    maxTokens: 64,
    seed: 5,
    capMicroUsd: null,
    ...changed,
  };
}

/** Plans, approves and starts. */
export async function startAsking(client: Client, request: GenerationRequest) {
  const plan = await client.generation.plan(request);
  if (!plan.approval) throw new Error(plan.block?.what ?? 'no approval');
  const { approvalId } = plan.approval;
  const begun = await client.generation.start({
    request,
    approvalId,
    name: 'Asked',
    kind: 'pairs',
    settings: setSettings,
  });
  return { plan, ...begun };
}
